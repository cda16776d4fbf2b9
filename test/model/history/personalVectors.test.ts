// Checkpoints of a run in which a person wrote and searched: their vectors travel inside the commands, and every moment is as if one had
// gone straight.
import { describe, expect, it } from "vitest";
import { present } from "../../../src/base/assert.ts";
import { clientId } from "../../../src/base/ids.ts";
import { PackPool } from "../../../src/base/packPool.ts";
import { seconds } from "../../../src/base/units.ts";
import { datasetByName } from "../../../src/data/dataset.ts";
import { InlineRun } from "../../../src/model/cluster/inline.ts";
import { replay } from "../../../src/model/cluster/replay.ts";
import { PACK_RULES, packRun } from "../../../src/model/history/sharing.ts";
import { Timeline } from "../../../src/model/history/timeline.ts";
import type { TimedCommand } from "../../../src/model/protocol/commands.ts";
import { defaultRun, MODEL_VERSION } from "../../../src/model/protocol/config.ts";

describe("a run with a person's vectors in it", () => {
  it("takes no more room for what every replay makes anew", () => {
    const dataset = datasetByName("colours");
    const usual = defaultRun(3);
    const config = { ...usual, workload: { ...usual.workload, dataset: "colours" as const } };
    const pool = new PackPool(PACK_RULES);
    const standings = [1, 2].map(() => {
      const values = Float32Array.of(0.5, -0.5, 0.5, 0.5);
      const payload = { kind: "row" as const, name: "mine", text: "mine" };
      const command = {
        kind: "write",
        client: clientId(1),
        draft: { kind: "put", id: "mine", values, payload },
      } as const;
      const commands = [{ at: seconds(1), command }];
      const run = replay({ modelVersion: MODEL_VERSION, config, commands }, dataset, seconds(3));
      return packRun(run, pool).unpack().state;
    });
    const [first, second] = standings.map(({ commands, acknowledged }) => {
      const { item } = present(acknowledged.truth.get("mine"), "what was written");
      return { command: commands[0], embedding: item?.embedding, payload: item?.payload };
    });
    expect(first?.payload).toEqual({ kind: "row", name: "mine", text: "mine" });
    expect(second?.command).toBe(first?.command);
    expect(second?.embedding).toBe(first?.embedding);
    expect(second?.payload).toBe(first?.payload);
  });

  it("is kept in checkpoints, and found again at any moment", () => {
    const dataset = datasetByName("colours");
    const usual = defaultRun(3);
    const config = { ...usual, workload: { ...usual.workload, dataset: "colours" as const } };
    const values = Float32Array.of(0.5, -0.5, 0.5, 0.5);
    const payload = { kind: "row" as const, name: "mine", text: "mine, to the last character: \u200b☃" };
    const client = clientId(1);
    const commands: readonly TimedCommand[] = [
      { at: seconds(1), command: { kind: "write", client, draft: { kind: "put", id: "mine", values, payload } } },
      { at: seconds(1.5), command: { kind: "search", client, values, k: 4 } },
    ];
    const inputs = { modelVersion: MODEL_VERSION, config, commands };
    const timeline = new Timeline(inputs, dataset, 100);
    const run = new InlineRun(config, dataset);
    for (const { at, command } of commands) {
      run.runUntil(at);
      run.command(command);
    }
    for (let at = 1.6; at < 5; at += 0.1) {
      run.runUntil(seconds(at));
      timeline.look(run);
    }
    expect(timeline.size.checkpoints).toBeGreaterThanOrEqual(4);
    for (const at of [2, 4.85, 0.5, 1.55, 3.3].map(seconds)) {
      const way = timeline.way(at);
      way.advance();
      expect(way.run.hash()).toBe(replay(inputs, dataset, at).hash());
    }
  }, 60_000);
});
