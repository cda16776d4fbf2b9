// Looking back at the run that is open: what happened and why, also while it goes on, and nothing of it changes.
import { describe, expect, it, onTestFinished } from "vitest";
import { present } from "../../src/base/assert.ts";
import { replicaId } from "../../src/base/ids.ts";
import { micros, millis, seconds, ZERO } from "../../src/base/units.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import { defaultInputs, OPENING } from "../../src/host/firstRun.ts";
import { InlineHost } from "../../src/host/inlineHost.ts";
import { HostedSession } from "../../src/host/session.ts";
import { replay } from "../../src/model/cluster/replay.ts";
import type { ClusterEvent } from "../../src/model/protocol/events.ts";

const LIMIT = 100_000;

async function opened(): Promise<HostedSession> {
  const session = new HostedSession({ host: new InlineHost(), datasetByName });
  onTestFinished(() => session.close());
  await session.open(defaultInputs(), OPENING);
  await session.pause();
  return session;
}

describe("a session's chronicle", () => {
  it("tells what happened as far as the run has been, and why, and leaves the run as it was", async () => {
    const session = await opened();
    const { replicas } = await session.pull();
    const leader = present(
      replicas.find(({ status }) => status.role === "leader"),
      "a leader",
    ).replicaId;
    await session.runTo(seconds(6));
    await session.command({ kind: "crash", replicaId: leader });
    await session.runTo(seconds(8));
    const { events, to, runId } = await session.chronicle({ from: seconds(5), to: seconds(60), limit: LIMIT });
    expect(to).toBe(micros(seconds(8) + 1));
    expect(runId).toBe(1);
    const elected = present(
      events.find(({ facts }) => facts.some(({ fact }) => fact.kind === "becameLeader")),
      "another leader",
    );
    const why = present(await session.why({ kind: "event", at: elected.at, event: elected.id }), "its reasons");
    const told = why.events.flatMap(({ facts }) => facts.map(({ fact }) => fact.kind));
    expect(told).toContain("commandDone");
    expect(told).toContain("voteGranted");
    const { inputs } = await session.inputs();
    const { at, runHash } = await session.hashNow();
    expect(runHash).toBe(replay(inputs, datasetByName("products"), at).hash());
  });

  it("goes on where it ended, and begins anew in another branch", async () => {
    const session = await opened();
    await session.runTo(seconds(6));
    const span = { from: seconds(5), to: seconds(6), limit: LIMIT };
    const first = await session.chronicle(span);
    await session.runTo(seconds(7));
    const second = await session.chronicle({ ...span, from: first.to, to: seconds(7) });
    const both = await session.chronicle({ ...span, to: seconds(7) });
    expect([...first.events, ...second.events].map(({ id }) => id)).toEqual(both.events.map(({ id }) => id));

    await session.pull();
    await session.seek(millis(5_500));
    await session.command({ kind: "crash", replicaId: replicaId(1) });
    await session.runTo(seconds(7));
    const branch = await session.chronicle({ ...span, to: seconds(7) });
    expect(branch.branch).toBe(both.branch + 1);
    expect(branch.events.some(({ id }) => id < 0)).toBe(true);
    expect(both.events.some(({ id }) => id < 0)).toBe(false);
  });

  it("says where looking back has ended, and looks further back when asked to", async () => {
    const session = await opened();
    await session.runTo(seconds(6));
    await session.command({ kind: "isolate", replicaId: replicaId(3) });
    await session.runTo(seconds(140));
    const { messages } = await session.chronicle({ from: seconds(139), to: seconds(140), limit: LIMIT });
    const lost = present(
      messages.find(({ lost: loss }) => loss !== undefined),
      "a message lost at the wall",
    );
    const question = { kind: "message", at: lost.lost?.at ?? lost.sentAt, flight: lost.id } as const;
    const isCommand = ({ facts }: { readonly facts: readonly ClusterEvent[] }) =>
      facts.some(({ fact }) => fact.kind === "commandDone");
    const near = present(await session.why(question), "its reasons");
    expect(near.lookedBack).toEqual({ to: micros(question.at - seconds(125)), goesOn: true });
    expect(near.events.some(isCommand)).toBe(false);
    const far = present(await session.why({ ...question, reach: seconds(625) }), "more of them");
    expect(far.lookedBack).toBeUndefined();
    expect(far.events.some(isCommand)).toBe(true);
  }, 30_000);

  it("knows no reason for what did not happen", async () => {
    const session = await opened();
    expect(await session.why({ kind: "event", at: ZERO, event: 123_456 })).toBeUndefined();
  });
});
