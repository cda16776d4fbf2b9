// The time in which no write could be acknowledged: asked of the cluster, whether or not anybody writes.
import { describe, expect, it } from "vitest";
import { clientIds, replicaId } from "../../../src/base/ids.ts";
import { between, type Micros, micros, seconds, ZERO } from "../../../src/base/units.ts";
import { datasetByName } from "../../../src/data/dataset.ts";
import { InlineRun } from "../../../src/model/cluster/inline.ts";
import { Availability, canAcknowledge } from "../../../src/model/measure/availability.ts";
import { together } from "../../../src/model/measure/onlookers.ts";
import type { Command } from "../../../src/model/protocol/commands.ts";
import { DEFAULT_CLUSTER, defaultRun, type ReplicationMode } from "../../../src/model/protocol/config.ts";

const r1 = replicaId(1);
const r2 = replicaId(2);
const r3 = replicaId(3);

/** A quiet cluster that r1 leads, and what watches it. */
class Watched {
  readonly run: InlineRun;
  readonly #availability: Availability;

  constructor(mode: ReplicationMode, synchronousDegrades = false) {
    const config = defaultRun(5);
    const rates = { writesPerSecond: 0, readsPerSecond: 0, searchesPerSecond: 0 };
    const cluster = { ...DEFAULT_CLUSTER, mode, synchronousDegrades, initialLeader: r1 };
    this.run = new InlineRun(
      { ...config, cluster, workload: { ...config.workload, ...rates } },
      datasetByName("products"),
    );
    this.run.runUntil(seconds(1));
    this.#availability = new Availability(this.run);
    this.run.state.observer = together([this.#availability.onlooker]);
  }

  order(command: Command): void {
    this.run.command(command);
    this.#availability.look();
  }

  /** Lets `duration` pass, and tells in how much of it no write could be acknowledged. */
  unavailableIn(duration: Micros): Micros {
    const before = this.#availability.unavailable();
    this.run.runUntil(micros(this.run.state.now + duration), () => {
      this.#availability.look();
      return false;
    });
    return between(before, this.#availability.unavailable());
  }
}

describe("availability", () => {
  it("is whole while a leader has the copies that the mode asks for", () => {
    for (const mode of ["asynchronous", "quorum", "synchronous"] as const) {
      expect(new Watched(mode).unavailableIn(seconds(5))).toBe(ZERO);
    }
  });

  it("ends with the leader's life and begins again with the next one, to the microsecond", () => {
    const watched = new Watched("quorum");
    watched.order({ kind: "crash", replicaId: r1 });
    const gone = watched.unavailableIn(seconds(3));
    const next = watched.run.state.leaderships.at(-1);
    expect(next?.replicaId).not.toBe(r1);
    expect(gone).toBe(between(seconds(1), next?.from ?? ZERO));
    expect(watched.unavailableIn(seconds(3))).toBe(ZERO);
  });

  it("needs every copy under synchronous, unless that may degrade", () => {
    const strict = new Watched("synchronous");
    strict.order({ kind: "pause", replicaId: r3 });
    expect(strict.unavailableIn(seconds(2))).toBe(seconds(2));
    strict.order({ kind: "resume", replicaId: r3 });
    expect(strict.unavailableIn(seconds(2))).toBe(ZERO);

    const lenient = new Watched("synchronous", true);
    lenient.order({ kind: "crash", replicaId: r3 });
    const until = lenient.unavailableIn(seconds(2));
    expect(until).toBeGreaterThan(ZERO);
    expect(until).toBeLessThan(seconds(1));
  });

  it("counts neither who refuses entries nor who is cut off in one direction", () => {
    const watched = new Watched("quorum");
    watched.order({ kind: "refuseWrites", replicaId: r2 });
    expect(canAcknowledge(watched.run)).toBe(true);
    watched.order({ kind: "cut", from: r3, to: r1 });
    expect(canAcknowledge(watched.run)).toBe(false);
    watched.order({ kind: "setMode", mode: "asynchronous" });
    expect(canAcknowledge(watched.run)).toBe(true);
  });

  it("needs a client that reaches the leader and hears it", () => {
    const watched = new Watched("quorum");
    watched.order({ kind: "partition", groups: [clientIds(3), [r1, r2, r3]] });
    expect(watched.unavailableIn(seconds(1))).toBe(seconds(1));
    watched.order({ kind: "partition", groups: [clientIds(2), [r1, r2, r3, ...clientIds(3).slice(2)]] });
    expect(watched.unavailableIn(seconds(1))).toBe(ZERO);
  });

  it("changes nothing in the run", () => {
    const [watched, alone] = [new Watched("quorum"), new Watched("quorum")];
    alone.run.state.observer = undefined;
    for (const { run } of [watched, alone]) run.command({ kind: "crash", replicaId: r1 });
    watched.unavailableIn(seconds(3));
    alone.run.runUntil(seconds(4));
    expect(watched.run.hash()).toBe(alone.run.hash());
  });
});
