// "Bad input": whatever a person can get wrong is said beside the field that is wrong, and the run goes on untouched.
import { describe, expect, it } from "vitest";
import { clientId, replicaId } from "../../../src/base/ids.ts";
import { micros, millis, seconds } from "../../../src/base/units.ts";
import { commandProblem } from "../../../src/model/cluster/checkCommand.ts";
import { InlineRun } from "../../../src/model/cluster/inline.ts";
import type { Command } from "../../../src/model/protocol/commands.ts";
import { DEFAULT_NETWORK, defaultRun, type LinkQuality } from "../../../src/model/protocol/config.ts";
import { tinyDataset } from "../../support/tinyDataset.ts";

const [r1, r2] = [replicaId(1), replicaId(2)];
const [c1, c2] = [clientId(1), clientId(2)];
const payload = { kind: "colour", name: "grey", hex: "#808080" } as const;
const run = new InlineRun(defaultRun(1), tinyDataset);

function putting(id: string, ...values: readonly number[]): Command {
  return { kind: "write", client: c1, draft: { kind: "put", id, values: Float32Array.from(values), payload } };
}

function network(parts: Partial<LinkQuality>): Command {
  return { kind: "setNetwork", quality: { ...DEFAULT_NETWORK.quality, ...parts } };
}

function timings(min: number, max: number, heartbeat: number): Command {
  const electionTimeout = { min: micros(min), max: micros(max) };
  return { kind: "setTimings", electionTimeout, heartbeatInterval: micros(heartbeat) };
}

function quorum(writeQuorum: number, readQuorum: number): Command {
  return { kind: "setQuorum", writeQuorum, readQuorum };
}

function rates(writesPerSecond: number, readsPerSecond = 0, searchesPerSecond = 0): Command {
  return { kind: "setRates", rates: { writesPerSecond, readsPerSecond, searchesPerSecond } };
}

const constant = (value: number) => ({ kind: "constant", value: micros(value) }) as const;
const uniform = (low: number, high: number) => ({ kind: "uniform", low: micros(low), high: micros(high) }) as const;

describe("what is refused, and beside which field", () => {
  const wrong: readonly (readonly [string, Command, string, RegExp])[] = [
    ["a vector with NaN", putting("a", Number.NaN, 1), "vector", /not a number/],
    ["a vector with infinity", putting("a", 1, Number.POSITIVE_INFINITY), "vector", /infinite/],
    ["a vector of length zero", putting("a", 0, 0), "vector", /length zero/],
    ["a vector of the wrong dimension", putting("a", 1, 2, 3), "vector", /3 numbers; this data set needs 2/],
    ["an empty id", putting("  ", 1, 2), "id", /needs an id/],
    ["a long id", putting("x".repeat(65), 1, 2), "id", /at most 64/],
    [
      "deleting what is not there",
      { kind: "write", client: c1, draft: { kind: "delete", id: "nothing" } },
      "id",
      /no acknowledged item/,
    ],
    [
      "a client that is not there",
      { kind: "write", client: clientId(9), draft: { kind: "delete", id: "a" } },
      "client",
      /no c9/,
    ],
    ["W of zero", quorum(0, 2), "writeQuorum", /from 1 to 3/],
    ["W above N", quorum(4, 2), "writeQuorum", /from 1 to 3/],
    ["W between two numbers", quorum(1.5, 2), "writeQuorum", /whole number/],
    ["R above N", quorum(2, 4), "readQuorum", /from 1 to 3/],
    ["R that is no number", quorum(2, Number.NaN), "readQuorum", /whole number/],
    ["a latency below zero", network({ latency: constant(-1) }), "latency", /below zero/],
    ["a jitter below zero", network({ latency: uniform(5, 4) }), "jitter", /below zero/],
    ["a latency beyond ten minutes", network({ latency: constant(seconds(601)) }), "latency", /600 s/],
    ["a loss above one", network({ loss: 1.1 }), "loss", /100 %/],
    ["a loss below zero", network({ loss: -0.1 }), "loss", /100 %/],
    ["a loss that is no number", network({ loss: Number.NaN }), "loss", /100 %/],
    ["a duplication above one", network({ duplication: 2 }), "duplication", /100 %/],
    ["a reordering above one", network({ reordering: 2 }), "reordering", /100 %/],
    ["timeouts the wrong way round", timings(300_000, 150_000, 50_000), "electionTimeoutMax", /not be below/],
    ["a timeout of zero", timings(0, 150_000, 50_000), "electionTimeoutMin", /from 1 ms/],
    ["a heartbeat below zero", timings(150_000, 300_000, -1), "heartbeatInterval", /below zero/],
    [
      "a bound of zero",
      { kind: "setPolicy", readPolicy: "bounded", stalenessBound: micros(0) },
      "stalenessBound",
      /1 ms/,
    ],
    ["a rate below zero", rates(-1), "writesPerSecond", /from 0 to 1000/],
    ["a rate that is endless", rates(1, 1, Number.POSITIVE_INFINITY), "searchesPerSecond", /from 0/],
    ["crashing who is not there", { kind: "crash", replicaId: replicaId(9) }, "replicaId", /no r9/],
    ["restarting who is running", { kind: "restart", replicaId: r1 }, "replicaId", /running already/],
    ["a replica in two groups", { kind: "partition", groups: [[r1], [r1, r2]] }, "groups", /two groups/],
    ["a stranger in a group", { kind: "partition", groups: [[replicaId(7)]] }, "groups", /no r7/],
    ["no group at all", { kind: "partition", groups: [] }, "groups", /at least one/],
    ["cutting a link between clients", { kind: "cut", from: c1, to: c2 }, "to", /no link/],
    ["cutting a link to oneself", { kind: "cut", from: r1, to: r1 }, "to", /no link/],
    ["a link of nobody", { kind: "setLink", from: replicaId(8), to: r1, quality: undefined }, "from", /no r8/],
    ["a retry of nothing", { kind: "retry", requestId: 5 }, "requestId", /outcome is unknown/],
  ];

  it.each(wrong)("%s", (_, command, field, message) => {
    expect(commandProblem(run.state, command)).toEqual({ field, message: expect.stringMatching(message) });
  });

  it("the run goes on untouched but for the event that says so", () => {
    const started = new InlineRun(defaultRun(1), tinyDataset);
    started.runUntil(seconds(1));
    const { config, queue } = started.state;
    const waiting = queue.size;
    for (const [, command] of wrong) started.command(command);
    expect(started.state.config).toBe(config);
    expect(queue.size).toBe(waiting);
    const said = started.state.outbox.events.filter(
      ({ source, fact }) => source === "world" && fact.kind === "commandIgnored",
    );
    expect(said).toHaveLength(wrong.length);
  });
});

describe("what is taken", () => {
  it.each<readonly [string, Command]>([
    ["a good vector", putting("a", 3, 4)],
    ["the bounds of W and R", quorum(1, 3)],
    ["no latency at all", network({ latency: constant(0) })],
    ["certain loss", network({ loss: 1 })],
    ["one group", { kind: "partition", groups: [[r1, c1]] }],
    ["a link of its own", { kind: "setLink", from: r1, to: c1, quality: DEFAULT_NETWORK.quality }],
    ["no work", rates(0)],
    ["equal timeouts", timings(millis(150), millis(150), millis(50))],
    ["deleting what everybody has", { kind: "write", client: c1, draft: { kind: "delete", id: "colour-03" } }],
  ])("%s", (_, command) => {
    expect(commandProblem(run.state, command)).toBeUndefined();
  });
});
