// What happens when a replica's machine fails: the picture says which, when and with which seed; nothing waits for ever.
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { InvariantError } from "../../src/base/assert.ts";
import { type ReplicaId, replicaId } from "../../src/base/ids.ts";
import { seconds } from "../../src/base/units.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import { defaultInputs, FIRST_SEED, OPENING } from "../../src/host/firstRun.ts";
import { InlineHost } from "../../src/host/inlineHost.ts";
import { PortHost, type PortSupply, type SuppliedPort } from "../../src/host/portHost.ts";
import { HostedSession } from "../../src/host/session.ts";
import type { Work, WorkOutcome } from "../../src/model/protocol/work.ts";
import { ChannelSupply, type Relay } from "./channels.ts";
import { PATIENCE, pullUntil } from "./session.contract.ts";

/** Lets r2's machine throw while `broken`. */
class FragileHost extends InlineHost {
  broken = false;

  override async run(id: ReplicaId, work: Work): Promise<WorkOutcome> {
    if (this.broken && id === 2) throw new InvariantError("the log has a gap");
    return await super.run(id, work);
  }
}

async function aSession(host: InlineHost | PortHost): Promise<HostedSession> {
  const session = new HostedSession({ host, datasetByName });
  onTestFinished(() => session.close());
  await session.open(defaultInputs(), OPENING);
  return session;
}

async function pullFailure(session: HostedSession) {
  for (;;) {
    const frame = await session.pull();
    if (frame.failure !== undefined) return frame;
    await new Promise((resolve) => setTimeout(resolve));
  }
}

describe("a session whose replica throws", { timeout: PATIENCE }, () => {
  it("stops there and tells which replica, at which virtual time, with which seed and after which events", async () => {
    const host = new FragileHost();
    const session = await aSession(host);
    host.broken = true;
    const { failure, playing, virtualNow, reachedRate } = await pullFailure(session);
    expect(failure).toMatchObject({ replicaId: 2, at: virtualNow, seed: FIRST_SEED, message: "the log has a gap" });
    expect(failure?.trace).toHaveLength(20);
    expect(failure?.trace[0]).toMatch(/^\d+ us [rc]\d /);
    expect({ playing, reachedRate }).toEqual({ playing: false, reachedRate: 0 });
  });

  it("answers everything that is asked of it afterwards, and stands still", async () => {
    const host = new FragileHost();
    const session = await aSession(host);
    host.broken = true;
    const { virtualNow } = await pullFailure(session);
    await session.play();
    await session.step();
    await session.runTo(seconds(20));
    await session.setPlaybackRate(2);
    expect(await session.command({ kind: "heal" })).toMatchObject({ taken: false, problem: { field: "run" } });
    await expect(session.search(new Float32Array(256).fill(1), 3)).rejects.toThrow("The run has stopped");
    expect(await session.items()).not.toHaveLength(0);
    expect((await session.pull()).virtualNow).toBe(virtualNow);
  });

  it("goes on after opening its inputs again", async () => {
    const host = new FragileHost();
    const session = await aSession(host);
    await session.command({ kind: "crash", replicaId: replicaId(3) });
    host.broken = true;
    await pullFailure(session);
    host.broken = false;
    const { inputs, at } = await session.inputs();
    await session.open(inputs, at);
    const frame = await pullUntil(session, ({ virtualNow }) => virtualNow > at);
    expect(frame).toMatchObject({ playing: true, failure: undefined });
    expect(frame.replicas.map(({ alive }) => alive)).toEqual([true, true, false]);
  });

  it("throws nothing away when a run cannot be opened", async () => {
    const session = await aSession(new InlineHost());
    const { config } = defaultInputs();
    const broken = { ...defaultInputs(), config: { ...config, cluster: { ...config.cluster, replicaCount: 99 } } };
    const { runId } = await session.pull();
    await expect(session.open(broken, OPENING)).rejects.toThrow("no replica number 51");
    expect(await session.pull()).toMatchObject({ runId, playing: true, failure: undefined });
  });
});

describe("a session whose replica is behind a port", { timeout: PATIENCE }, () => {
  it("is told when the machine throws while it starts", async () => {
    const relay: Relay = (message, direction) => {
      const asksToStart = JSON.stringify(message).includes('"path":["start"]');
      return direction === "in" && asksToStart ? { ...(message as object), path: ["unknown"] } : message;
    };
    const session = await aSession(new PortHost(new ChannelSupply(relay)));
    await session.pause();
    await session.command({ kind: "crash", replicaId: replicaId(1) });
    expect(await session.command({ kind: "restart", replicaId: replicaId(1) })).toMatchObject({ taken: false });
    expect((await session.pull()).failure).toMatchObject({ replicaId: 1, seed: FIRST_SEED });
  });

  it("gives up on a machine that is silent, and leaves no call waiting", async () => {
    let silent = false;
    const supply = new ChannelSupply((message, direction) => (silent && direction === "in" ? {} : message));
    const host = new PortHost(supply, [], 500);
    const session = await aSession(host);
    silent = true;
    const { failure } = await pullFailure(session);
    expect(failure?.message).toMatch(/^r\d: no answer came$/);
    expect(host.inFlight).toBe(0);
    silent = false;
    await session.open(defaultInputs(), OPENING);
    await pullUntil(session, ({ virtualNow }) => virtualNow > OPENING);
    expect(supply.size).toBe(3);
  });

  it("hears of a worker that broke before its port arrived", async () => {
    const channels = new ChannelSupply();
    const host = new PortHost({
      spawn: async (id): Promise<SuppliedPort> => {
        const supplied = await channels.spawn(id);
        if (id === 3) host.workerBroke(supplied.worker, "its script could not be run");
        return supplied;
      },
      terminate: (worker) => channels.terminate(worker),
    });
    const session = await aSession(host);
    expect((await session.pull()).failure).toMatchObject({
      replicaId: 3,
      message: "r3: its script could not be run",
    });
  });

  it("is told when its page makes no worker", async () => {
    const noWorkers: PortSupply = {
      spawn: () => Promise.reject(new Error("too many workers")),
      terminate: () => Promise.resolve(),
    };
    const session = await aSession(new PortHost(noWorkers));
    expect((await session.pull()).failure).toMatchObject({ replicaId: 1, message: "too many workers" });
  });

  it("rejects what is under way when the session is closed", async () => {
    const host = new PortHost(new ChannelSupply());
    const session = await aSession(host);
    await session.pause();
    const far = session.runTo(seconds(600));
    await vi.waitUntil(() => host.inFlight > 0, PATIENCE);
    session.close();
    await far;
    expect(host.inFlight).toBe(0);
    await expect(session.pull()).rejects.toThrow("the session is closed");
  });
});
