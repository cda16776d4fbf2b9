/**
 * Histories that every host has to write alike: seed, configuration, timed commands, and the instants at which hashes
 * are compared. The measure is the model's own run in one thread, one event at a time.
 */
import { type Address, clientId, replicaId } from "../../src/base/ids.ts";
import { type Micros, micros, millis, seconds } from "../../src/base/units.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import { InlineRun, type Stepping } from "../../src/model/cluster/inline.ts";
import type { Command, TimedCommand } from "../../src/model/protocol/commands.ts";
import { defaultRun, MODEL_VERSION, type RunConfig } from "../../src/model/protocol/config.ts";
import type { RunInputs } from "../../src/model/protocol/session.ts";

/** A hash and the virtual instant at which the run had it. */
export interface HashAt {
  readonly at: Micros;
  readonly runHash: string;
}

export interface History {
  readonly name: string;
  readonly inputs: RunInputs;
  /** Where hashes are compared, in order. The last is the end. */
  readonly comparedAt: readonly Micros[];
}

const [r1, r2, r3, r4, r5] = [1, 2, 3, 4, 5].map(replicaId) as [Address, Address, Address, Address, Address];

function at(second: number, command: Command): TimedCommand {
  return { at: seconds(second), command };
}

function aDirection(dimension: number): Float32Array {
  return Float32Array.from({ length: dimension }, (_, slot) => ((slot * 7) % 11) - 5);
}

/** Every kind of command, on three replicas over the catalogue. */
const everyCommand: readonly TimedCommand[] = [
  at(5.5, {
    kind: "write",
    client: clientId(2),
    draft: {
      kind: "put",
      id: "mine",
      values: aDirection(256),
      payload: { kind: "colour", name: "mine", hex: "#123456" },
    },
  }),
  at(6.1, { kind: "crash", replicaId: replicaId(1) }),
  at(6.15, { kind: "write", client: clientId(1), draft: { kind: "delete", id: "p-003" } }),
  at(7.9, { kind: "restart", replicaId: replicaId(1) }),
  at(8.5, {
    kind: "partition",
    groups: [
      [r1, clientId(1)],
      [r2, r3, clientId(2), clientId(3)],
    ],
  }),
  at(9.4, { kind: "heal" }),
  at(9.6, { kind: "cut", from: r2, to: r3 }),
  at(10.2, { kind: "restore", from: r2, to: r3 }),
  at(10.3, { kind: "setMode", mode: "synchronous" }),
  at(10.9, { kind: "crash", replicaId: replicaId(2) }),
  at(11.4, { kind: "setDegrade", synchronousDegrades: true }),
  at(12.1, { kind: "restart", replicaId: replicaId(2) }),
  at(12.2, { kind: "setMode", mode: "asynchronous" }),
  at(12.3, {
    kind: "setNetwork",
    quality: {
      latency: { kind: "uniform", low: millis(4), high: millis(40) },
      loss: 0.06,
      duplication: 0.08,
      reordering: 0.4,
    },
  }),
  at(12.8, {
    kind: "setLink",
    from: r1,
    to: r2,
    quality: { latency: { kind: "constant", value: millis(1) }, loss: 0, duplication: 0, reordering: 0 },
  }),
  at(13.1, { kind: "partition", groups: [[r1], [r2, r3]] }),
  at(14.1, { kind: "heal" }),
  at(14.2, { kind: "setMode", mode: "quorum" }),
  at(14.2, { kind: "setQuorum", writeQuorum: 3, readQuorum: 2 }),
  at(14.3, { kind: "setPolicy", readPolicy: "quorum", stalenessBound: millis(300) }),
  at(14.4, { kind: "setRates", rates: { writesPerSecond: 20, readsPerSecond: 10, searchesPerSecond: 5 } }),
  at(14.6, { kind: "setRule", rule: "preVote", on: true }),
  at(14.9, {
    kind: "setTimings",
    electionTimeout: { min: millis(200), max: millis(500) },
    heartbeatInterval: millis(40),
  }),
  at(15.2, { kind: "crash", replicaId: replicaId(3) }),
  at(15.9, { kind: "restart", replicaId: replicaId(3) }),
];

function inputs(config: RunConfig, commands: readonly TimedCommand[]): RunInputs {
  return { modelVersion: MODEL_VERSION, config, commands };
}

function fiveOnALossyNetwork(): RunConfig {
  const config = defaultRun(2024);
  return {
    ...config,
    cluster: { ...config.cluster, replicaCount: 5, writeQuorum: 3, readQuorum: 3, readPolicy: "session" },
    network: {
      ...config.network,
      quality: {
        latency: { kind: "uniform", low: micros(300), high: millis(9) },
        loss: 0.03,
        duplication: 0.05,
        reordering: 0.5,
      },
    },
    workload: { ...config.workload, dataset: "colours", writesPerSecond: 12, readsPerSecond: 6, searchesPerSecond: 4 },
  };
}

const crashesInARow: readonly TimedCommand[] = [
  at(5.2, { kind: "crash", replicaId: replicaId(4) }),
  at(5.3, { kind: "crash", replicaId: replicaId(5) }),
  at(5.9, {
    kind: "partition",
    groups: [
      [r1, r4],
      [r2, r3, r5],
    ],
  }),
  at(6.3, { kind: "restart", replicaId: replicaId(4) }),
  at(6.3, { kind: "restart", replicaId: replicaId(5) }),
  at(6.8, { kind: "heal" }),
  at(7.1, { kind: "setMode", mode: "asynchronous" }),
  at(7.3, { kind: "crash", replicaId: replicaId(1) }),
  at(7.5, { kind: "crash", replicaId: replicaId(2) }),
  at(8.0, { kind: "restart", replicaId: replicaId(2) }),
  at(8.2, { kind: "restart", replicaId: replicaId(1) }),
];

/** The game day strikes by itself, also between the commands of a person and at their very instants. */
const aGameDay: readonly TimedCommand[] = [
  at(5.2, {
    kind: "setGameDay",
    plan: { fault: { kind: "crash" }, every: millis(700), lasts: millis(400) },
  }),
  at(5.9, { kind: "setCosts", processingCost: micros(300), diskSync: millis(2) }),
  at(6.3, { kind: "crash", replicaId: replicaId(2) }),
  at(7.1, {
    kind: "setGameDay",
    plan: { fault: { kind: "isolate" }, every: millis(900), lasts: millis(300) },
  }),
  at(8.2, { kind: "setGameDay", plan: undefined }),
];

export const histories: readonly History[] = [
  {
    name: "three replicas, every kind of command",
    inputs: inputs(defaultRun(47), everyCommand),
    comparedAt: [5, 6.1, 8, 9.123457, 12.5, 14, 17].map(seconds),
  },
  {
    name: "five replicas on a lossy network that duplicates and reorders",
    inputs: inputs(fiveOnALossyNetwork(), crashesInARow),
    comparedAt: [5, 5.95, 7.000001, 9.5].map(seconds),
  },
  {
    name: "a game day",
    inputs: inputs(defaultRun(3), aGameDay),
    comparedAt: [5, 5.9, 6.65, 8.000001, 9].map(seconds),
  },
];

/** The hashes of `history` in this thread, without a host. */
export function hashesInOneThread({ inputs: { config, commands }, comparedAt }: History, stepping: Stepping): HashAt[] {
  const run = new InlineRun(config, datasetByName(config.workload.dataset), stepping);
  let next = 0;
  return comparedAt.map((until) => {
    for (let timed = commands[next]; timed !== undefined && timed.at <= until; timed = commands[next]) {
      run.runUntil(timed.at);
      run.command(timed.command);
      next += 1;
    }
    run.runUntil(until);
    return { at: until, runHash: run.hash() };
  });
}
