// Whoever computes a run in slices builds its indexes in slices too: no slice makes more insertions than it asks for.
import { describe, expect, it } from "vitest";
import { replicaId } from "../../../src/base/ids.ts";
import { seconds } from "../../../src/base/units.ts";
import { indexesProgress, isFarBehind } from "../../../src/model/cluster/indexes.ts";
import { InlineRun } from "../../../src/model/cluster/inline.ts";
import { Replay } from "../../../src/model/cluster/replay.ts";
import { MeasuredRun } from "../../../src/model/history/measuredRun.ts";
import { Recording } from "../../../src/model/history/recording.ts";
import { Timeline } from "../../../src/model/history/timeline.ts";
import { defaultRun, MODEL_VERSION, type SearchIndexConfig } from "../../../src/model/protocol/config.ts";
import type { RunInputs } from "../../../src/model/protocol/session.ts";
import { keepGraphsOf } from "../../../src/model/vector/graphs.ts";
import { clusteredData } from "../../support/clusters.ts";

const dataset = clusteredData(5, 8, 1_650);
const index: SearchIndexConfig = { kind: "hnsw", m: 4, efConstruction: 16, ef: 8, replicas: [replicaId(1)] };
const base = defaultRun(11);
const inputs: RunInputs = {
  modelVersion: MODEL_VERSION,
  config: { ...base, cluster: { ...base.cluster, searchIndex: index } },
  commands: [],
};
const END = seconds(3);
/** Asked so often in a slice. An insertion is asked for at least once. */
const ASKED = 40;

/** Goes on in slices to the end; the most insertions that `run` got in one of them. */
function mostInsertions(run: InlineRun, advance: (enough: () => boolean) => boolean): number {
  let most = 0;
  for (let slices = 0; slices < 200_000; slices += 1) {
    const before = indexesProgress(run).done;
    let asked = 0;
    const isDone = advance(() => {
      asked += 1;
      return asked >= ASKED;
    });
    most = Math.max(most, indexesProgress(run).done - before);
    if (isDone) return most;
  }
  throw new Error("it never came to its end");
}

function straightHash(): string {
  const way = new Replay(inputs, dataset, END);
  way.advance();
  return way.run.hash();
}

describe("an index in slices", () => {
  it("of a run that is measured", { timeout: 60_000 }, () => {
    const expected = straightHash();
    keepGraphsOf([]);
    const run = new InlineRun(inputs.config, dataset);
    const measured = new MeasuredRun({
      name: "a",
      inputs,
      was: [],
      span: { from: seconds(1), to: END },
      run,
      timeline: new Timeline(inputs, dataset),
    });
    const most = mostInsertions(run, (enough) => measured.advance(enough));
    expect(indexesProgress(run).done).toBeGreaterThanOrEqual(1_600);
    expect(isFarBehind({ done: ASKED, total: most })).toBe(false);
    expect(measured.result().runHash).toBe(expected);
  });

  it("of a run that is written down", { timeout: 60_000 }, () => {
    const expected = straightHash();
    keepGraphsOf([]);
    const recording = new Recording(new Timeline(inputs, dataset), { from: seconds(1), to: END, limit: 100_000 });
    const { run } = recording.chronicler;
    const most = mostInsertions(run, (enough) => recording.advance(enough));
    expect(indexesProgress(run).done).toBeGreaterThanOrEqual(1_600);
    expect(isFarBehind({ done: ASKED, total: most })).toBe(false);
    expect(run.hash()).toBe(expected);
    expect(recording.result().isCut).toBe(false);
  });
});
