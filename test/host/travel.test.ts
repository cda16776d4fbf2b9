// Going back and forth in the run that is open: what one sees is what one saw, the hash too, whoever computed it.
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { present } from "../../src/base/assert.ts";
import { replicaId } from "../../src/base/ids.ts";
import { after, micros, millis, seconds } from "../../src/base/units.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import { defaultInputs, OPENING } from "../../src/host/firstRun.ts";
import { InlineHost } from "../../src/host/inlineHost.ts";
import { HostedSession } from "../../src/host/session.ts";
import { replay } from "../../src/model/cluster/replay.ts";
import type { Frame } from "../../src/model/protocol/frame.ts";
import { SOUGHT } from "../../src/model/protocol/session.ts";

const r1 = replicaId(1);
const dataset = datasetByName("products");

async function aSession(lookahead = true) {
  const session = new HostedSession({ host: new InlineHost(), datasetByName, lookahead });
  onTestFinished(() => session.close());
  await session.pause();
  await session.open(defaultInputs(), OPENING);
  return session;
}

/** Whether a seek far into the run is a short way: somebody has left checkpoints there. */
async function isRemembered(session: HostedSession): Promise<boolean> {
  const { inputs, at } = await session.inputs();
  await session.open(inputs, at);
  return (await session.pull()).travelled.since !== undefined;
}

/** What a picture shows of the run itself. */
function shown({ virtualNow, runHash, replicas, flights, counters, verdicts, receipts, config }: Frame) {
  return { virtualNow, runHash, replicas, flights, counters, verdicts, receipts, config };
}

describe("a session that goes back", () => {
  it("shows what stood there, and goes on to the same end", async () => {
    const session = await aSession();
    await session.runTo(seconds(8));
    const then = await session.pull();
    await session.command({ kind: "crash", replicaId: r1 });
    await session.runTo(seconds(20));
    const end = await session.pull();

    expect(await session.seek(millis(7_990))).toBe(true);
    expect((await session.pull()).virtualNow).toBe(millis(7_990));
    expect(await session.seek(seconds(8))).toBe(true);
    const back = await session.pull();
    expect(back).toMatchObject({ runId: end.runId, travelled: { end: seconds(20), branch: 0 } });
    // The crash was given at this very instant and has been taken: the replica is down.
    expect(back.replicas[0]?.alive).toBe(false);
    await session.seek(micros(seconds(8) - 1));
    expect((await session.pull()).replicas[0]?.alive).toBe(then.replicas[0]?.alive);

    await session.runTo(seconds(20));
    expect(shown(await session.pull())).toEqual(shown(end));
  });

  it("tells no fact twice, and none never", async () => {
    const session = await aSession();
    const facts = (await session.pull()).events.map(({ sequence }) => sequence);
    const pull = async () => facts.push(...(await session.pull()).events.map(({ sequence }) => sequence));
    await session.runTo(seconds(9));
    await pull();
    await session.seek(seconds(6));
    await pull();
    await session.play();
    await session.runTo(seconds(12));
    await pull();
    await session.seek(seconds(7));
    await session.seek(seconds(14));
    await pull();
    expect(facts).toEqual(facts.map((_, at) => at + 1));
    const { nextEvent } = replay(defaultInputs(), dataset, seconds(14)).state;
    expect(facts.at(-1)).toBe(nextEvent - 1);
  });

  it("samples lag once per instant on both ways", async () => {
    const session = await aSession();
    const lanes = (await session.pull()).lanes.map(({ at }) => at);
    for (const step of [seconds(7), seconds(5), seconds(9)]) {
      await session.seek(step);
      await session.runTo(after(step, millis(250)));
      lanes.push(...(await session.pull()).lanes.map(({ at }) => at));
    }
    expect(lanes).toEqual(lanes.map((_, at) => millis(100 * (at + 1))));
  });

  it("begins a branch when something is done in the past", async () => {
    const session = await aSession();
    await session.runTo(seconds(10));
    await session.command({ kind: "crash", replicaId: r1 });
    await session.runTo(seconds(12));
    await session.pull();
    const old = await session.inputs();
    await session.seek(seconds(7));
    expect((await session.inputs()).inputs).toEqual(old.inputs);
    await session.command({ kind: "isolate", replicaId: r1 });
    const branched = await session.pull();
    expect(branched.travelled).toMatchObject({ end: seconds(7), branch: 1 });
    expect(branched.events.length).toBeGreaterThan(0);
    expect((await session.inputs()).inputs.commands).toEqual([
      // It led just then.
      { at: seconds(7), command: { kind: "aimed", aim: "leader", label: 1, verb: { kind: "isolate" }, was: r1 } },
    ]);
    await session.runTo(seconds(15));
    const { inputs } = await session.inputs();
    const straight = replay(inputs, dataset, seconds(15)).hash();
    expect((await session.hashNow()).runHash).toBe(straight);
    await session.seek(seconds(6));
    await session.seek(seconds(15));
    expect((await session.pull()).runHash).toBe(straight);
  });

  it("goes to another branch from where they part, and tells the facts from there on only", async () => {
    const session = await aSession();
    await session.runTo(seconds(50));
    await session.command({ kind: "crash", replicaId: r1 });
    await session.runTo(seconds(55));
    // While nothing moves, checkpoints are left behind it.
    await vi.waitFor(async () => expect(await isRemembered(session)).toBe(true), { timeout: 20_000 });
    const { runId } = await session.pull();
    const { inputs } = await session.inputs();
    const isolated = { at: seconds(50), command: { kind: "isolate", replicaId: r1 } } as const;
    for (const commands of [[isolated], inputs.commands, []]) {
      await session.open({ ...inputs, commands }, seconds(53));
      const picture = await session.pull();
      const straight = replay({ ...inputs, commands }, dataset, seconds(53));
      expect(picture).toMatchObject({ runId, runHash: straight.hash(), virtualNow: seconds(53) });
      const { since } = picture.travelled;
      expect(since?.at).toBeGreaterThan(seconds(20));
      expect(since?.at).toBeLessThanOrEqual(seconds(50));
      const facts = picture.events.map(({ sequence }) => sequence);
      expect(facts[0]).toBe((since?.fact ?? 0) + 1);
      expect(facts.at(-1)).toBe(straight.state.nextEvent - 1);
      expect(facts).toEqual(facts.map((_, at) => (facts[0] ?? 0) + at));
      expect(picture.lanes.every(({ at }) => at > (since?.at ?? 0))).toBe(true);
      await session.runTo(seconds(56));
      const { at, runHash } = await session.hashNow();
      expect(runHash).toBe(replay({ ...inputs, commands }, dataset, at).hash());
    }
  }, 60_000);

  it("begins anew where the configuration is another, or nothing is known of what they have in common", async () => {
    const session = await aSession();
    const first = await session.pull();
    const { inputs } = await session.inputs();
    await session.open(inputs, seconds(6));
    expect((await session.pull()).runId).toBe(first.runId + 1);
    await session.open({ ...inputs, config: { ...inputs.config, seed: 5 } }, seconds(6));
    const other = await session.pull();
    expect(other.runId).toBe(first.runId + 2);
    expect(other.travelled.since).toBeUndefined();
  });

  it("steps one event back and forth", async () => {
    const session = await aSession();
    await session.seek(millis(6_123));
    const hashes: string[] = [];
    for (let step = 0; step < 5; step += 1) {
      hashes.push((await session.pull()).runHash);
      await session.step();
    }
    for (const hash of hashes.toReversed()) {
      await session.stepBack();
      expect((await session.pull()).runHash).toBe(hash);
    }
    expect(new Set(hashes).size).toBe(5);
  });

  it("takes a command right after one event as a replay of it does", async () => {
    const session = await aSession();
    await session.stepBack();
    const { virtualNow } = await session.pull();
    const outcome = await session.command({ kind: "crash", replicaId: r1 });
    // More of the instant may be due, and a command comes before everything at its own.
    expect(outcome).toEqual({ taken: true, at: after(virtualNow, micros(1)) });
    await session.runTo(seconds(6));
    const { inputs } = await session.inputs();
    expect((await session.pull()).runHash).toBe(replay(inputs, dataset, seconds(6)).hash());
  });

  it("answers a search from the past", async () => {
    const session = await aSession();
    const query = present(dataset.items[0]?.drafts[0]?.embedding, "an embedding");
    await session.runTo(seconds(6));
    const then = await session.search(query, 5);
    await session.runTo(seconds(20));
    await session.seek(seconds(6));
    expect(await session.search(query, 5)).toEqual(then);
  });

  it("finds the next of something, and stays where it is when there is none", async () => {
    const session = await aSession();
    await session.runTo(seconds(6));
    await session.command({ kind: "crash", replicaId: r1 });
    await session.runTo(seconds(7));
    const before = await session.pull();
    for (const what of SOUGHT.filter((one) => one !== "lost" && one !== "broken")) {
      await session.seek(seconds(5));
      expect(await session.seekNext(what, seconds(20))).toBe("found");
      const there = await session.pull();
      expect(there.virtualNow).toBeGreaterThanOrEqual(seconds(5));
      const { inputs } = await session.inputs();
      const { counters, virtualNow: at, travelled } = there;
      // A commit is no fact, and a command no event.
      const place = what === "commit" ? { event: counters.eventsProcessed } : { at, sequence: travelled.fact };
      const straight = replay(inputs, dataset, place);
      expect(straight.hash()).toBe(there.runHash);
    }
    await session.seek(seconds(7));
    await session.pull();
    expect(await session.seekNext("lost", seconds(20))).toBe("nothing");
    expect(shown(await session.pull())).toEqual(shown(before));
    await session.runTo(seconds(9));
    const { inputs } = await session.inputs();
    expect((await session.pull()).runHash).toBe(replay(inputs, dataset, seconds(9)).hash());
  });

  it("goes to the last of many destinations", async () => {
    const session = await aSession();
    await session.runTo(seconds(30));
    const seeks = [12, 25, 8, 17].map((at) => session.seek(seconds(at)));
    expect(await Promise.all(seeks)).toEqual([false, false, false, true]);
    expect((await session.pull()).virtualNow).toBe(seconds(17));
  });
});
