// Opening a run whose beginning takes long: in slices, with pictures of the way, and with a way back. And opening right
// after one event: the picture is that event's.
import { describe, expect, it, onTestFinished } from "vitest";
import { present } from "../../src/base/assert.ts";
import { clientIds, replicaId } from "../../src/base/ids.ts";
import { micros, seconds } from "../../src/base/units.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import { defaultInputs, OPENING } from "../../src/host/firstRun.ts";
import { InlineHost } from "../../src/host/inlineHost.ts";
import { HostedSession } from "../../src/host/session.ts";
import { replay } from "../../src/model/cluster/replay.ts";
import type { TimedCommand } from "../../src/model/protocol/commands.ts";
import { defaultRun, MODEL_VERSION } from "../../src/model/protocol/config.ts";
import type { RunInputs } from "../../src/model/protocol/session.ts";
import { pullUntil } from "./session.contract.ts";

const FAR = seconds(100_000);

async function aSession() {
  const session = new HostedSession({ host: new InlineHost(), datasetByName });
  onTestFinished(() => session.close());
  await session.pause();
  await session.open(defaultInputs(), OPENING);
  return session;
}

const busy: RunInputs = { modelVersion: MODEL_VERSION, config: defaultRun(3), commands: [] };

describe("a long opening", () => {
  it("says in every picture how far it is, while the open run stands still", async () => {
    const session = await aSession();
    await session.play();
    const opened = session.open(busy, FAR);
    const first = await session.pull();
    expect(first.opening).toMatchObject({ end: FAR });
    const second = await pullUntil(session, ({ opening }) => (opening?.reached ?? 0) > (first.opening?.reached ?? 0));
    expect(second).toMatchObject({ runId: first.runId, virtualNow: first.virtualNow, playing: false });
    await session.cancelOpening();
    expect(await opened).toBe(false);
  });

  it("is cancelled without a trace: the open run goes on", async () => {
    const session = await aSession();
    const before = await session.hashNow();
    const opened = session.open(busy, FAR);
    expect((await session.pull()).opening).toBeDefined();
    expect(await session.command({ kind: "crash", replicaId: replicaId(1) })).toMatchObject({ taken: false });
    await session.cancelOpening();
    expect(await opened).toBe(false);
    expect(await session.pull()).toMatchObject({ opening: undefined, failure: undefined });
    expect(await session.hashNow()).toEqual(before);
    expect(await session.command({ kind: "crash", replicaId: replicaId(1) })).toMatchObject({ taken: true });
  });

  it("gives way to the next one", async () => {
    const session = await aSession();
    const first = session.open(busy, FAR);
    const second = session.open(busy, seconds(7));
    expect(await second).toBe(true);
    expect(await first).toBe(false);
    expect(await session.pull()).toMatchObject({ virtualNow: seconds(7), opening: undefined });
  });

  it("ends in the same history as in one go", async () => {
    const session = await aSession();
    const at = seconds(900);
    expect(await session.open(busy, at)).toBe(true);
    const { runHash } = await session.hashNow();
    expect(runHash).toBe(replay(busy, datasetByName("products"), at).hash());
  });
});

describe("a run opened right after one event", () => {
  const config = { ...defaultRun(1), cluster: { ...defaultRun(1).cluster, mode: "asynchronous" as const } };
  const at = (second: number, command: TimedCommand["command"]): TimedCommand => ({ at: seconds(second), command });
  const commands: readonly TimedCommand[] = [
    at(5, { kind: "promote", replicaId: replicaId(1) }),
    at(6, {
      kind: "partition",
      groups: [
        [replicaId(1), ...clientIds(3)],
        [replicaId(2), replicaId(3)],
      ],
    }),
    at(8, { kind: "heal" }),
  ];
  const inputs: RunInputs = { modelVersion: MODEL_VERSION, config, commands };

  it("stands there, is a prefix of the whole run, and keeps what was still to come", async () => {
    const session = await aSession();
    await session.open(inputs, seconds(12));
    const live = await session.pull();
    const liveHash = await session.hashNow();
    const verdict = present(
      live.verdicts.find(({ count }) => count > 0),
      "a verdict that broke",
    );
    const moment = { at: present(verdict.at, "when"), sequence: present(verdict.sequence, "which fact") };
    expect(await session.open(inputs, moment)).toBe(true);
    const shown = await session.pull();
    expect(shown).toMatchObject({ virtualNow: verdict.at, playing: false });
    expect(shown.runHash).toBe(replay(inputs, datasetByName("products"), moment).hash());
    expect(shown.verdicts.find(({ name }) => name === verdict.name)).toMatchObject({ at: verdict.at, count: 1 });
    expect((await session.inputs()).inputs).toEqual(inputs);
    await session.runTo(seconds(12));
    expect(await session.hashNow()).toEqual(liveHash);
    expect(micros(liveHash.at)).toBe(seconds(12));
  });
});
