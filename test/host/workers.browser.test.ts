// The acceptance suite of sessions over real workers: the loop in one, each replica in one of its own.
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { present } from "../../src/base/assert.ts";
import { replicaId } from "../../src/base/ids.ts";
import { seconds } from "../../src/base/units.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import { defaultInputs, OPENING } from "../../src/host/firstRun.ts";
import { openSession, type PageSession } from "../../src/host/openSession.ts";
import { PortHost } from "../../src/host/portHost.ts";
import { HostedSession } from "../../src/host/session.ts";
import { WorkerSupply } from "../../src/host/workerSupply.ts";
import { NO_HOLDINGS_KNOWN } from "../../src/model/protocol/holdings.ts";
import type { RunInputs } from "../../src/model/protocol/session.ts";
import { LiveWorkers } from "./liveWorkers.ts";
import { describeSession, expectReplayable, leaderIn, PATIENCE, pullUntil } from "./session.contract.ts";

const live = new LiveWorkers();
afterAll(() => live.stop());

describe("the acceptance suite", () => {
  /** Kept from test to test: to start four workers takes longer than most of what is tested in them. */
  let kept: { readonly lookahead: boolean; readonly session: PageSession } | undefined;
  afterAll(() => kept?.session.close());

  describeSession("in workers", async ({ lookahead }) => {
    if (kept?.lookahead !== lookahead) {
      kept?.session.close();
      kept = { lookahead, session: await openSession({ lookahead }) };
    }
    const { session } = kept;
    return {
      session,
      machines: () => live.names.filter((name) => name.startsWith("r")).length,
      callsInFlight: () => session.callsInFlight(),
      close: () => {
        session.pause().catch(() => undefined);
      },
    };
  });
});

async function aPage(): Promise<PageSession> {
  const session = await openSession();
  onTestFinished(() => session.close());
  return session;
}

describe("the page's session", { timeout: PATIENCE }, () => {
  // Each closes behind itself; a worker that is left would be counted by the next test.
  beforeEach(() => expect(live.names).toEqual([]));

  it("plays the first run at once, with every worker under its name", async () => {
    const session = await aPage();
    expect(live.names).toEqual(["event loop", "r1", "r2", "r3"]);
    const frame = await session.pull();
    expect(frame).toMatchObject({ playing: true, playbackRate: 1, failure: undefined });
    expect(leaderIn(frame)).toMatchObject({ replicaId: 1, status: { currentTerm: 1 } });
    await pullUntil(session, ({ virtualNow }) => virtualNow > OPENING);
  });

  it("terminates the worker of a killed replica, and makes a new one when it starts again", async () => {
    const session = await aPage();
    await session.command({ kind: "crash", replicaId: replicaId(1) });
    expect(live.names).toEqual(["event loop", "r2", "r3"]);
    await session.command({ kind: "restart", replicaId: replicaId(1) });
    expect(live.names).toEqual(["event loop", "r1", "r2", "r3"]);
    expect(session.replicaWorkers).toBe(3);
  });

  it("says which replica's worker failed, when, with which seed; and opens again", async () => {
    const session = await aPage();
    live.raiseError("r2", "out of memory");
    const { failure, playing } = await pullUntilFailure(session);
    expect(failure).toMatchObject({ replicaId: 2, seed: 47, message: "r2: out of memory" });
    expect(failure?.trace.length).toBeGreaterThan(0);
    expect(playing).toBe(false);
    expect(await session.command({ kind: "heal" })).toMatchObject({ taken: false, problem: { field: "run" } });
    await session.open(defaultInputs(), OPENING);
    await pullUntil(session, ({ virtualNow }) => virtualNow > seconds(5.1));
    expect(live.names).toEqual(["event loop", "r1", "r2", "r3"]);
  });

  it("shows its last picture when the loop itself is gone, and opens again with the same commands", async () => {
    const session = await aPage();
    await session.pause();
    await session.command({ kind: "crash", replicaId: replicaId(3) });
    await session.runTo(seconds(6));
    const last = await session.pull();
    const holdings = await session.holdings(NO_HOLDINGS_KNOWN);
    live.raiseError("event loop", "out of memory");
    expect(live.names).toEqual([]);
    const frame = await session.pull();
    expect(frame).toMatchObject({ virtualNow: last.virtualNow, playing: false, replicas: last.replicas, events: [] });
    expect(frame.failure).toMatchObject({ replicaId: undefined, message: "the event loop: out of memory" });
    await expect(session.search(new Float32Array(256).fill(1), 3)).rejects.toThrow("out of memory");
    await session.step();
    expect(await session.command({ kind: "heal" })).toMatchObject({ taken: false, problem: { field: "run" } });
    const { inputs, at } = await session.inputs();
    await session.setPlaybackRate(0.5);
    await session.open(inputs, at);
    expect(live.names).toEqual(["event loop", "r1", "r2"]);
    expect(await session.pull()).toMatchObject({ playing: false, playbackRate: 0.5, failure: undefined });
    expect(await session.hashNow()).toEqual({ at: last.virtualNow, runHash: last.runHash });
    // The new loop knows nothing of what the old one told.
    const anew = await session.holdings(holdings.known);
    expect(anew.known.epoch).not.toBe(holdings.known.epoch);
    expect(anew.news).toEqual(holdings.news);
  });

  it("has the same inputs when the loop itself is gone: whom gestures meant, the branch, and what came last", async () => {
    const session = await aPage();
    await session.pause();
    const given: RunInputs = {
      ...defaultInputs(),
      commands: [
        { at: seconds(5.5), command: { kind: "aimed", aim: "random", label: 1, verb: { kind: "slow", factor: 2 } } },
        { at: seconds(9), command: { kind: "heal" } },
      ],
    };
    await session.open(given, OPENING);
    await session.runTo(seconds(6));
    const leader = present(leaderIn(await session.pull()), "a leader").replicaId;
    await session.command({ kind: "crash", replicaId: leader });
    await session.runTo(seconds(7));
    await session.command({ kind: "restart", replicaId: leader });
    // A branch: what was done at 7 s is given up, what comes after 5.5 s stays.
    await session.seek(seconds(6.5));
    await session.command({ kind: "partition", groups: [[leader]] });
    await session.runTo(seconds(7.5));
    const { runId } = await session.pull();
    // Nobody looks any more: the last picture is older than the last command.
    await session.runTo(seconds(8));
    const next = replicaId(leader === 3 ? 1 : leader + 1);
    await session.command({ kind: "crash", replicaId: next });
    const [kept, hash] = [await session.inputs(), await session.hashNow()];
    const aims = kept.inputs.commands.map(({ command }) => (command.kind === "aimed" ? command.aim : command.kind));
    expect(aims.slice(0, 3)).toEqual(["random", "leader", "partition"]);
    expect(kept.inputs.commands[1]?.command).toMatchObject({ was: leader });
    expect(kept.inputs.commands).toHaveLength(4);
    live.raiseError("event loop", "out of memory");
    expect(await session.inputs()).toEqual(kept);
    await session.open(kept.inputs, kept.at);
    expect(await session.inputs()).toEqual(kept);
    expect(await session.hashNow()).toEqual(hash);
    // Another run for whoever looks on: what they know of is of the loop that is gone.
    expect((await session.pull()).runId).toBeGreaterThan(runId);
    expect(await session.command({ kind: "restart", replicaId: leader })).toMatchObject({ taken: true });
  });

  it("writes the same history on a page whose main thread is blocked at random", async () => {
    const session = await aPage();
    const { frames } = await onAJankyPage(async () => {
      await session.setPlaybackRate(10);
      let frames = 0;
      const crashAt = [8, 20, 41].map(seconds);
      for (const at of crashAt) {
        const frame = await pullUntil(session, ({ virtualNow }) => virtualNow >= at);
        frames += 1;
        const { replicaId: leader } = present(leaderIn(frame), "a leader");
        expect(await session.command({ kind: "crash", replicaId: leader })).toMatchObject({ taken: true });
        await pullUntil(session, (later) => leaderIn(later) !== undefined);
        expect(await session.command({ kind: "restart", replicaId: leader })).toMatchObject({ taken: true });
        await expectReplayable(session);
      }
      return { frames };
    });
    expect(frames).toBe(3);
    await session.pause();
    expect(await session.callsInFlight()).toBe(0);
  });

  // At 1x over a whole minute: test/long/jankyMinute.test.ts.
  it("keeps term 1 for a virtual minute on a page whose main thread is blocked at random", async () => {
    const session = await aPage();
    const frame = await onAJankyPage(async () => {
      await session.setPlaybackRate(10);
      return await pullUntil(session, ({ virtualNow }) => virtualNow >= seconds(65));
    });
    expect(frame.replicas.map(({ status }) => status.currentTerm)).toEqual([1, 1, 1]);
    expect(frame.leaderships).toHaveLength(1);
  });
});

describe("workers without a loop's thread", { timeout: PATIENCE }, () => {
  it("leave no waiting call when one is gone without a word", async () => {
    const supply = new WorkerSupply((worker, reason) => host.workerBroke(worker, reason));
    const host = new PortHost(supply, [], 1_000);
    const session = new HostedSession({ host, datasetByName });
    onTestFinished(() => {
      session.close();
      supply.close();
    });
    await session.open(defaultInputs(), OPENING);
    await pullUntil(session, ({ virtualNow }) => virtualNow > OPENING);
    live.kill("r3");
    const { failure } = await pullUntilFailure(session);
    expect(failure).toMatchObject({ replicaId: 3, message: "r3: no answer came" });
    expect(host.inFlight).toBe(0);
    await session.open(defaultInputs(), OPENING);
    await pullUntil(session, ({ virtualNow }) => virtualNow > seconds(5.2));
    expect(live.names).toEqual(["r1", "r2", "r3"]);
  });
});

async function pullUntilFailure(session: Pick<PageSession, "pull">) {
  for (;;) {
    const frame = await session.pull();
    if (frame.failure !== undefined) return frame;
  }
}

/** Does `work` while the main thread is blocked over and over, for 5 to 250 ms with a breath of up to 60 ms between. */
async function onAJankyPage<Result>(work: () => Promise<Result>): Promise<Result> {
  let janky = true;
  const block = () => {
    const until = performance.now() + 5 + Math.random() ** 2 * 245;
    while (performance.now() < until);
    if (janky) setTimeout(block, Math.random() * 60);
  };
  setTimeout(block);
  try {
    return await work();
  } finally {
    janky = false;
  }
}
