// A run is a pure function of seed, configuration and timed commands: by events or by windows, straight or replayed,
// in one go or in steps, the history is the same to the bit; and the hash sees every bit of it.
import { describe, expect, it } from "vitest";
import { present } from "../../../src/base/assert.ts";
import { hashText, newHash } from "../../../src/base/hash.ts";
import { replicaId } from "../../../src/base/ids.ts";
import { after, type Micros, micros, millis, seconds } from "../../../src/base/units.ts";
import { feedMessage } from "../../../src/model/cluster/feed.ts";
import { InlineRun, type Stepping } from "../../../src/model/cluster/inline.ts";
import { replay } from "../../../src/model/cluster/replay.ts";
import type { TimedCommand } from "../../../src/model/protocol/commands.ts";
import { defaultRun, MODEL_VERSION, type RunConfig } from "../../../src/model/protocol/config.ts";
import type { DatasetContent } from "../../../src/model/protocol/dataset.ts";
import type { Message } from "../../../src/model/protocol/messages.ts";
import { chaosCommands } from "../../support/chaos.ts";
import { accepted, append, entriesOf } from "../../support/replica.ts";
import { tinyDataset } from "../../support/tinyDataset.ts";

function configOf(seed: number, replicaCount = 3): RunConfig {
  const config = defaultRun(seed);
  return {
    ...config,
    cluster: { ...config.cluster, replicaCount, readPolicy: "quorum" },
    workload: { ...config.workload, dataset: "colours", writesPerSecond: 20, readsPerSecond: 10 },
  };
}

function troubleOf(seed: number, replicaCount = 3): readonly TimedCommand[] {
  return chaosCommands(seed, {
    replicaCount,
    clients: 3,
    until: seconds(4),
    modes: ["asynchronous", "quorum", "synchronous"],
  });
}

function straight(config: RunConfig, commands: readonly TimedCommand[], stepping: Stepping, until: Micros): InlineRun {
  const run = new InlineRun(config, tinyDataset, stepping);
  for (const { at, command } of commands) {
    run.runUntil(at);
    run.command(command);
  }
  run.runUntil(until);
  return run;
}

describe("one history", { timeout: 60_000 }, () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])("by events and by windows, seed %d under trouble", (seed) => {
    const count = seed % 2 === 0 ? 3 : 5;
    const runs = (["event", "window"] as const).map((stepping) =>
      straight(configOf(seed, count), troubleOf(seed, count), stepping, seconds(6)),
    );
    expect(new Set(runs.map((run) => run.hash())).size).toBe(1);
    expect(runs[0]?.state.counters).toEqual(runs[1]?.state.counters);
  });

  it("however often the run stops on its way", () => {
    const often = new InlineRun(configOf(1), tinyDataset);
    for (let at = millis(3); at < seconds(3); at = after(at, micros(7_919))) often.runUntil(at);
    often.runUntil(seconds(3));
    expect(often.hash()).toBe(straight(configOf(1), [], "window", seconds(3)).hash());
  });

  it("one step at a time", () => {
    const steps = new InlineRun(configOf(1), tinyDataset);
    while (steps.state.now < seconds(1)) steps.step();
    const end = after(steps.state.now, millis(1));
    steps.runUntil(end);
    expect(steps.hash()).toBe(straight(configOf(1), [], "event", end).hash());
  });

  it("replayed from its inputs", () => {
    const run = straight(configOf(5), troubleOf(5), "event", seconds(6));
    const inputs = { modelVersion: MODEL_VERSION, config: configOf(5), commands: run.state.commands };
    expect(replay(inputs, tinyDataset, seconds(6)).hash()).toBe(run.hash());
  });

  it("replayed, where commands came after single steps", () => {
    const run = new InlineRun(configOf(3), tinyDataset);
    for (let round = 0; round < 40; round += 1) {
      for (let step = 0; step < 13; step += 1) run.step();
      run.command(
        round % 2 === 0 ? { kind: "crash", replicaId: replicaId(1) } : { kind: "restart", replicaId: replicaId(1) },
      );
    }
    run.runFor(seconds(1));
    const inputs = { modelVersion: MODEL_VERSION, config: configOf(3), commands: run.state.commands };
    expect(replay(inputs, tinyDataset, run.state.now).hash()).toBe(run.hash());
  });

  it("a replica that is started again while everything is paused has the configuration in force", () => {
    const run = new InlineRun(configOf(1), tinyDataset);
    run.runUntil(seconds(1));
    run.command({ kind: "setMode", mode: "asynchronous" });
    run.command({ kind: "crash", replicaId: replicaId(2) });
    run.command({ kind: "setMode", mode: "synchronous" });
    run.command({ kind: "restart", replicaId: replicaId(2) });
    run.runFor(seconds(1));
    expect([...run.replicas.values()].map(({ config }) => config.mode)).toEqual(Array(3).fill("synchronous"));
  });
});

describe("what the hash sees", { timeout: 60_000 }, () => {
  it("another seed, another command, another instant", () => {
    const crash = (at: number): TimedCommand => ({
      at: millis(at),
      command: { kind: "crash", replicaId: replicaId(1) },
    });
    const hashes = [
      straight(configOf(1), [], "event", seconds(2)),
      straight(configOf(2), [], "event", seconds(2)),
      straight(configOf(1), [crash(1_000)], "event", seconds(2)),
      straight(configOf(1), [crash(1_001)], "event", seconds(2)),
    ].map((run) => run.hash());
    expect(new Set(hashes).size).toBe(4);
  });

  it("one bit of one embedding, and one letter of one payload, of the data set", () => {
    const changed = (change: (draft: DatasetContent["items"][number]["drafts"][number]) => object): DatasetContent => ({
      ...tinyDataset,
      items: tinyDataset.items.map((item, at) =>
        at === 3 ? { ...item, drafts: item.drafts.map((draft) => ({ ...draft, ...change(draft) })) } : item,
      ),
    });
    const flipped = changed(({ embedding }) => {
      const bits = new Int32Array(embedding.slice().buffer);
      bits[0] = present(bits[0], "a word") ^ 1;
      return { embedding: new Float32Array(bits.buffer) };
    });
    const renamed = changed(({ payload }) => ({ payload: { ...payload, name: `${payload.name}.` } }));
    const hashes = [tinyDataset, flipped, renamed].map((dataset) => {
      const run = new InlineRun(configOf(1), dataset);
      run.runUntil(seconds(2));
      return run.hash();
    });
    expect(new Set(hashes).size).toBe(3);
  });

  it("every field of every message, those with a short cut included", () => {
    const hashOf = (message: Message) => {
      const hash = newHash();
      feedMessage(hash, message);
      return hashText(hash);
    };
    for (const message of [accepted(3, 7, millis(2)), append(3, [2, 5]), append(3, [2, 5], entriesOf([3], 6))]) {
      const fields = Object.entries(message).filter(
        ([, value]) => typeof value === "number" || typeof value === "boolean",
      );
      const hashes = fields.map(([name, value]) =>
        hashOf({ ...message, [name]: typeof value === "number" ? value + 1 : !value }),
      );
      expect(new Set([hashOf(message), ...hashes]).size).toBe(fields.length + 1);
    }
  });
});
