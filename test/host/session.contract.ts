/**
 * What every session does, wherever its replicas run: in line, behind a MessageChannel, in real workers. Waiting is
 * always for a fact, never for a time.
 */
import { describe, expect, it, onTestFinished } from "vitest";
import { present } from "../../src/base/assert.ts";
import { clientId, type ReplicaId, replicaId, replicaIds } from "../../src/base/ids.ts";
import { after, type Micros, micros, millis, seconds } from "../../src/base/units.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import { defaultInputs, OPENING } from "../../src/host/firstRun.ts";
import type { SteerableSession } from "../../src/host/steerable.ts";
import { replay } from "../../src/model/cluster/replay.ts";
import type { Command } from "../../src/model/protocol/commands.ts";
import type { Frame, ReplicaFrame } from "../../src/model/protocol/frame.ts";
import { NO_HOLDINGS_KNOWN } from "../../src/model/protocol/holdings.ts";
import { type HashAt, hashesInOneThread, histories } from "./histories.ts";

/** A session and what can be seen of its machines. */
export interface Subject {
  readonly session: SteerableSession;
  /** Machines (workers, where there are any) that exist now. */
  machines(): number;
  /** Calls to machines that wait for an answer. */
  callsInFlight(): Promise<number>;
  close(): void;
}

export interface SubjectOptions {
  readonly lookahead: boolean;
}

/** Milliseconds for one test, on the slowest machine: a bound against waiting for ever, not a measure. */
export const PATIENCE = 120_000;

const settings: readonly SubjectOptions[] = [{ lookahead: true }, { lookahead: false }];

/** The replica that leads the highest term. */
export function leaderIn(frame: Frame): ReplicaFrame | undefined {
  return frame.replicas
    .filter(({ alive, status }) => alive && status.role === "leader")
    .sort((a, b) => b.status.currentTerm - a.status.currentTerm)[0];
}

/** The first picture that shows `what`; gives up after far more pictures than it can take. */
export async function pullUntil(session: SteerableSession, what: (frame: Frame) => boolean): Promise<Frame> {
  for (let pulls = 0; pulls < 20_000; pulls += 1) {
    const frame = await session.pull();
    if (what(frame)) return frame;
    if (frame.failure !== undefined) throw new Error(`the run failed: ${frame.failure.message}`);
    await new Promise((resolve) => setTimeout(resolve));
  }
  throw new Error("it was never seen");
}

/** What `session` says of itself, replayed event by event in one thread, has the hash that it has. */
export async function expectReplayable(session: SteerableSession): Promise<void> {
  const found = await session.hashNow();
  const { inputs } = await session.inputs();
  const run = replay(inputs, datasetByName(inputs.config.workload.dataset), found.at);
  expect(found).toEqual({ at: found.at, runHash: run.hash() });
}

/** The whole suite, over subjects that `create` makes. */
export function describeSession(name: string, create: (options: SubjectOptions) => Promise<Subject>): void {
  async function aSession(options: SubjectOptions = { lookahead: true }): Promise<Subject> {
    const subject = await create(options);
    onTestFinished(() => subject.close());
    return subject;
  }

  async function anOpenSession(): Promise<Subject> {
    const subject = await aSession();
    await subject.session.pause();
    await subject.session.open(defaultInputs(), OPENING);
    return subject;
  }

  async function frameAt(session: SteerableSession, at: Micros): Promise<Frame> {
    await session.runTo(at);
    return await session.pull();
  }

  describe(`a session ${name}`, { timeout: PATIENCE }, () => {
    it("opens at virtual 5 s with a leader and the data set on every replica", async () => {
      const { session, machines } = await anOpenSession();
      const frame = await session.pull();
      expect(frame).toMatchObject({ virtualNow: OPENING, playing: false, failure: undefined });
      expect(leaderIn(frame)).toMatchObject({ status: { currentTerm: 1 } });
      for (const { status } of frame.replicas) expect(status.vectorCount).toBeGreaterThan(200);
      expect(machines()).toBe(3);
    });

    it("elects a new leader in a higher term when the leader's machine is gone", async () => {
      const { session, machines, callsInFlight } = await anOpenSession();
      const leader = present(leaderIn(await session.pull()), "a leader").replicaId;
      expect(await session.command({ kind: "crash", replicaId: leader })).toEqual({ taken: true, at: OPENING });
      expect(machines()).toBe(2);
      expect(await callsInFlight()).toBe(0);
      const next = leaderIn(await frameAt(session, seconds(7)));
      expect(next?.replicaId).not.toBe(leader);
      expect(next?.status.currentTerm).toBeGreaterThan(1);
    });

    it("starts a replica again with its disk and nothing else", async () => {
      const { session, machines } = await anOpenSession();
      const follower = present(
        (await session.pull()).replicas.find(({ status }) => status.role === "follower"),
        "a follower",
      );
      await session.command({ kind: "crash", replicaId: follower.replicaId });
      await session.runTo(seconds(6));
      expect(await session.command({ kind: "restart", replicaId: follower.replicaId })).toMatchObject({ taken: true });
      expect(machines()).toBe(3);
      const restarted = present(
        (await session.pull()).replicas.find(({ replicaId: id }) => id === follower.replicaId),
        "the replica",
      );
      // What Raft keeps on disk is there; what it knew of commits and of the leader is not.
      expect(restarted.status).toMatchObject({ role: "follower", currentTerm: 1, leaderId: undefined, lastApplied: 0 });
      expect(restarted.lastLogIndex).toBe(follower.lastLogIndex);
      const later = await frameAt(session, seconds(8));
      const [leaderNow, again] = [leaderIn(later), later.replicas.find((one) => one.replicaId === follower.replicaId)];
      expect(again?.status.digest).toEqual(leaderNow?.status.digest);
    });

    it("keeps the receipt of a write and shows where its copies are", async () => {
      const { session } = await anOpenSession();
      const [item] = await session.items();
      const { embedding, payload } = present(item, "an item");
      const draft = { kind: "put", id: "mine", values: embedding.values, payload } as const;
      await session.command({ kind: "write", client: clientId(1), draft });
      const frame = await frameAt(session, seconds(6));
      expect(frame.receipts[0]).toMatchObject({ outcome: "acknowledged", copies: [1, 2, 3] });
      expect((await session.items()).map(({ id }) => id)).toContain("mine");
    });

    it("asks every replica and the truth the same question, and changes nothing", async () => {
      const { session } = await anOpenSession();
      const items = await session.items();
      const { id, embedding } = present(items[17], "an item");
      const before = await session.hashNow();
      const comparison = await session.search(embedding.values, 4);
      expect(comparison).toMatchObject({ at: OPENING, k: 4 });
      expect(comparison.truth.map((neighbour) => neighbour.id)[0]).toBe(id);
      expect(comparison.truth[0]?.score).toBeCloseTo(1, 5);
      expect(comparison.answers.map(({ replicaId: asked, alive }) => [asked, alive])).toEqual([
        [1, true],
        [2, true],
        [3, true],
      ]);
      for (const { neighbours, vectorCount } of comparison.answers) {
        expect(neighbours.map((neighbour) => neighbour.item.id)).toEqual(neighbours.map((neighbour) => neighbour.id));
        expect(neighbours).toHaveLength(4);
        expect(vectorCount).toBeGreaterThan(200);
      }
      expect(comparison.standing.find((one) => one.id === id)).toMatchObject({ deleted: false, lost: false });
      expect(await session.hashNow()).toEqual(before);
    });

    it("tells who holds what: opened, running, in the past and of another run, and changes nothing", async () => {
      const { session } = await anOpenSession();
      const opened = await session.hashNow();
      const first = await session.holdings(NO_HOLDINGS_KNOWN);
      expect(await session.hashNow()).toEqual(opened);
      const items = await session.items();
      expect(first.size).toBeGreaterThanOrEqual(items.length);
      expect([...first.news.positions]).toEqual([...first.truth.keys()]);
      const { embedding } = present(items[3], "an item");
      const position = first.news.ids.indexOf(present(items[3], "an item").id);
      const { embeddings, dimension } = first.news;
      expect(embeddings.slice(position * dimension, (position + 1) * dimension)).toEqual(embedding.values);

      await session.command({ kind: "crash", replicaId: replicaId(2) });
      const frame = await frameAt(session, seconds(8));
      const later = await session.holdings(first.known);
      expect(later.news.ids.length).toBeLessThan(first.size / 2);
      for (const [slot, { alive, counts }] of later.replicas.entries()) {
        const here = counts.held + counts.outdated + counts.ghost + counts.unconfirmed;
        expect({ alive, here }).toEqual({
          alive: slot !== 1,
          here: alive ? frame.replicas[slot]?.status.vectorCount : 0,
        });
      }

      await session.seek(OPENING);
      const again = await session.holdings(later.known);
      expect(again.at).toBe(first.at);
      expect(again.truth.slice(0, first.size)).toEqual(first.truth);
      await session.open(defaultInputs(), OPENING);
      const anew = await session.holdings(again.known);
      expect(anew.known.epoch).not.toBe(again.known.epoch);
      expect(anew.news.ids).toEqual(first.news.ids);
    });

    it("counts the customers served, and is right about them in the past and on the way back", async () => {
      const { session } = await anOpenSession();
      const opened = present((await session.pull()).customers, "customers");
      expect(opened.right + opened.wrong).toBeGreaterThan(3);
      const later = await frameAt(session, seconds(20));
      const then = present(later.customers, "customers");
      expect(then.right).toBeGreaterThan(opened.right + 10);
      expect(then.lastRightAt).toBeGreaterThan(seconds(18));
      await session.seek(OPENING);
      expect((await session.pull()).customers).toEqual(opened);
      await session.seek(later.virtualNow);
      expect((await session.pull()).customers).toEqual(then);
    });

    it("has no answer from a dead replica", async () => {
      const { session } = await anOpenSession();
      await session.command({ kind: "crash", replicaId: replicaId(2) });
      const { embedding } = present((await session.items())[0], "an item");
      const { answers } = await session.search(embedding.values, 3);
      expect(answers[1]).toEqual({ replicaId: 2, alive: false, neighbours: [], vectorCount: 0 });
      expect(answers[0]?.neighbours).toHaveLength(3);
    });

    it("says what is wrong with a question and goes on", async () => {
      const { session } = await anOpenSession();
      await expect(session.search(new Float32Array(3), 3)).rejects.toThrow("The vector has 3 numbers");
      await expect(session.search(new Float32Array(256), 3)).rejects.toThrow("length zero");
      await expect(session.search(new Float32Array(256).fill(1), 0)).rejects.toThrow("1 to 100 items");
      expect((await session.pull()).failure).toBeUndefined();
    });

    const wrong: readonly (readonly [string, Command])[] = [
      ["replicaId", { kind: "restart", replicaId: replicaId(1) }],
      ["replicaId", { kind: "crash", replicaId: replicaId(9) }],
      ["writeQuorum", { kind: "setQuorum", writeQuorum: 4, readQuorum: 1 }],
      [
        "vector",
        {
          kind: "write",
          client: clientId(1),
          draft: {
            kind: "put",
            id: "x",
            values: new Float32Array(256).fill(Number.NaN),
            payload: { kind: "colour", name: "x", hex: "#000000" },
          },
        },
      ],
      [
        "latency",
        {
          kind: "setNetwork",
          quality: { latency: { kind: "constant", value: micros(-1) }, loss: 0, duplication: 0, reordering: 0 },
        },
      ],
    ];
    it.each(wrong)("refuses a command with the wrong %s and says so", async (field, command) => {
      const { session } = await anOpenSession();
      const before = await session.hashNow();
      const outcome = await session.command(command);
      expect(outcome).toMatchObject({ taken: false, problem: { field } });
      if (!outcome.taken) expect(outcome.problem.message).toMatch(/\.$/);
      expect(await session.hashNow()).toEqual(before);
      expect((await session.inputs()).inputs.commands).toEqual([]);
    });

    it("processes exactly one event in a step", async () => {
      const { session } = await anOpenSession();
      for (let steps = 0; steps < 40; steps += 1) {
        const before = (await session.pull()).counters.eventsProcessed;
        await session.step();
        expect((await session.pull()).counters.eventsProcessed).toBe(before + 1);
      }
    });

    it("can be stepped in a cluster in which nothing happens any more", async () => {
      const { session } = await anOpenSession();
      const rates = { writesPerSecond: 0, readsPerSecond: 0, searchesPerSecond: 0 };
      await session.command({ kind: "setRates", rates });
      for (const dead of replicaIds(3)) await session.command({ kind: "crash", replicaId: dead });
      const { counters } = await frameAt(session, seconds(20));
      await session.step();
      const frame = await session.pull();
      expect(frame).toMatchObject({ counters, failure: undefined });
      expect(frame.virtualNow).toBeGreaterThan(seconds(20));
    });

    it("takes a command after a step once all events of that instant are done", async () => {
      const { session } = await anOpenSession();
      for (let round = 0; round < 5; round += 1) {
        for (let steps = 0; steps < 7; steps += 1) await session.step();
        const { virtualNow } = await session.pull();
        const taken = await session.command({ kind: "setQuorum", writeQuorum: 2 + (round % 2), readQuorum: 2 });
        expect(taken).toEqual({ taken: true, at: after(virtualNow, micros(1)) });
        await expectReplayable(session);
      }
    });

    it("plays at the speed asked for, and stands still when paused", async () => {
      const { session } = await anOpenSession();
      await session.setPlaybackRate(20);
      await session.play();
      const played = await pullUntil(session, ({ virtualNow }) => virtualNow >= seconds(8));
      expect(played).toMatchObject({ playing: true, playbackRate: 20 });
      await session.pause();
      const [first, second] = [await session.pull(), await session.pull()];
      expect(first).toMatchObject({ playing: false, reachedRate: 0 });
      expect(second).toMatchObject({ virtualNow: first.virtualNow, runHash: first.runHash, events: [], lanes: [] });
    });

    it("plays slowly enough to follow a message", async () => {
      const { session } = await anOpenSession();
      await session.setPlaybackRate(0.000_001);
      expect((await session.pull()).playbackRate).toBe(0.001);
      await session.play();
      const frame = await pullUntil(session, ({ virtualNow }) => virtualNow > OPENING);
      expect(frame.virtualNow).toBeLessThan(after(OPENING, millis(50)));
    });

    it("gives every fact once", async () => {
      const { session } = await anOpenSession();
      await session.runTo(seconds(7));
      const { events } = await session.pull();
      await session.runTo(seconds(9));
      const { events: later } = await session.pull();
      const numbers = [...events, ...later].map(({ sequence }) => sequence);
      expect(numbers).toEqual(numbers.map((_, position) => position + 1));
    });

    it("opens another run in the place of the first, with other replicas", async () => {
      const { session, machines } = await anOpenSession();
      const { runId } = await session.pull();
      await session.command({ kind: "crash", replicaId: replicaId(1) });
      const { config } = defaultInputs();
      const five = { ...defaultInputs(), config: { ...config, cluster: { ...config.cluster, replicaCount: 5 } } };
      await session.open(five, seconds(3));
      const frame = await session.pull();
      expect(frame.runId).toBeGreaterThan(runId);
      expect(frame.replicas.filter(({ alive }) => alive)).toHaveLength(5);
      expect(machines()).toBe(5);
      await session.open(defaultInputs(), seconds(1));
      expect(machines()).toBe(3);
      expect(leaderIn(await frameAt(session, seconds(2)))).toBeDefined();
    });

    it("opens its own inputs again at the same hash, a dead replica included", async () => {
      const { session, machines } = await anOpenSession();
      await session.command({ kind: "crash", replicaId: replicaId(3) });
      await session.runTo(micros(6_234_567));
      const [before, { inputs, at }] = [await session.hashNow(), await session.inputs()];
      expect(at).toBe(before.at);
      await session.open(inputs, at);
      expect(await session.hashNow()).toEqual(before);
      expect(machines()).toBe(2);
      expect((await session.pull()).replicas[2]?.alive).toBe(false);
    });

    it("carries out commands that its inputs hold for later, until a person interferes", async () => {
      const { session } = await anOpenSession();
      const [first, second]: readonly [ReplicaId, ReplicaId] = [replicaId(2), replicaId(3)];
      const commands = [
        { at: seconds(6), command: { kind: "crash", replicaId: first } },
        { at: seconds(9), command: { kind: "crash", replicaId: second } },
      ] as const;
      await session.open({ ...defaultInputs(), commands }, OPENING);
      expect((await frameAt(session, seconds(7))).replicas[1]?.alive).toBe(false);
      expect((await session.inputs()).inputs.commands).toEqual(commands);
      await session.command({ kind: "restart", replicaId: first });
      expect((await session.inputs()).inputs.commands).toHaveLength(2);
      expect((await frameAt(session, seconds(10))).replicas.every(({ alive }) => alive)).toBe(true);
    });

    it("takes everything that is asked at once in the order of asking", async () => {
      const { session, callsInFlight } = await anOpenSession();
      await session.play();
      const crash = session.command({ kind: "crash", replicaId: replicaId(2) });
      const pictures = [session.pull(), session.pull()];
      const restart = session.command({ kind: "restart", replicaId: replicaId(2) });
      const stepped = session.step();
      expect(await crash).toMatchObject({ taken: true });
      expect((await Promise.all(pictures)).map(({ replicas }) => replicas[1]?.alive)).toEqual([false, false]);
      expect(await restart).toMatchObject({ taken: true });
      await stepped;
      expect((await session.pull()).playing).toBe(false);
      expect(await callsInFlight()).toBe(0);
      await expectReplayable(session);
    });

    it("has written what a replay writes, whenever commands came while it played", async () => {
      const { session } = await anOpenSession();
      await session.setPlaybackRate(30);
      await session.play();
      const commands: readonly Command[] = [
        { kind: "crash", replicaId: replicaId(1) },
        { kind: "setMode", mode: "asynchronous" },
        { kind: "restart", replicaId: replicaId(1) },
        { kind: "partition", groups: [[replicaId(1), replicaId(2)], [replicaId(3)]] },
        { kind: "heal" },
      ];
      for (const command of commands) {
        const { virtualNow } = await session.pull();
        await pullUntil(session, (frame) => frame.virtualNow >= after(virtualNow, millis(700)));
        expect(await session.command(command)).toMatchObject({ taken: true });
      }
      await session.pause();
      await expectReplayable(session);
    });
  });

  describe.each(histories)(`the history of $name ${name}`, { timeout: PATIENCE }, (history) => {
    const expected = hashesInOneThread(history, "event");

    it.each(settings)("is the same when its commands come live (lookahead: $lookahead)", async (options) => {
      const { session } = await aSession(options);
      await session.pause();
      await session.open({ ...history.inputs, commands: [] }, seconds(0));
      const found: HashAt[] = [];
      let next = 0;
      for (const until of history.comparedAt) {
        const { commands } = history.inputs;
        for (let timed = commands[next]; timed !== undefined && timed.at <= until; timed = commands[next]) {
          await session.runTo(timed.at);
          const { command } = timed;
          // Histories name their replicas; only scenario files aim.
          if (command.kind === "aimed" || command.kind === "nextMessage") throw new Error(`aimed at ${timed.at}`);
          expect(await session.command(command)).toEqual({ taken: true, at: timed.at });
          next += 1;
        }
        await session.runTo(until);
        found.push(await session.hashNow());
      }
      expect(found).toEqual(expected);
    });

    it.each(settings)("is the same when it is opened in the middle (lookahead: $lookahead)", async (options) => {
      const { session } = await aSession(options);
      await session.pause();
      const [first, ...rest] = history.comparedAt;
      await session.open(history.inputs, present(first, "an instant"));
      const found = [await session.hashNow()];
      for (const until of rest) {
        await session.runTo(until);
        found.push(await session.hashNow());
      }
      expect(found).toEqual(expected);
    });
  });
}
