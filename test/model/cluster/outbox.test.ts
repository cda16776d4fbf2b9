// What waits for a view stays within its bounds, and what one would look for is still in it.
import { expect, it } from "vitest";
import { replicaId } from "../../../src/base/ids.ts";
import { micros, millis, seconds } from "../../../src/base/units.ts";
import { datasetByName } from "../../../src/data/dataset.ts";
import { keepRecall, newOutbox, OUTBOX_LIMIT } from "../../../src/model/cluster/outbox.ts";
import { replay } from "../../../src/model/cluster/replay.ts";
import { defaultRun, MODEL_VERSION } from "../../../src/model/protocol/config.ts";

/** Milliseconds on the slowest machine: a bound against waiting for ever, not a measure. */
const PATIENCE = 60_000;

it(
  "keeps the crash of the beginning and the peak of lag over twenty minutes that nobody pulled",
  () => {
    const commands = [
      { at: seconds(100), command: { kind: "crash", replicaId: replicaId(2) } },
      { at: seconds(103), command: { kind: "restart", replicaId: replicaId(2) } },
    ] as const;
    const inputs = { modelVersion: MODEL_VERSION, config: defaultRun(7), commands };
    const { outbox } = replay(inputs, datasetByName("products"), seconds(1_200)).state;
    for (const list of [outbox.events, outbox.lanes, outbox.writes])
      expect(list.length).toBeLessThanOrEqual(OUTBOX_LIMIT);
    expect(outbox.eventsOmitted).toBeGreaterThan(0);
    expect(outbox.events.filter(({ fact }) => fact.kind === "commandDone").map(({ at }) => at)).toEqual([
      seconds(100),
      seconds(103),
    ]);
    expect(outbox.events.some(({ fact, at }) => fact.kind === "becameLeader" && at < seconds(5))).toBe(true);
    const times = outbox.lanes.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeLessThan(seconds(2));
    expect(times.at(-1)).toBeGreaterThanOrEqual(micros(seconds(1_200) - millis(100)));
    // r2 was down for three seconds, so its lag grew to about as much.
    const peak = Math.max(...outbox.lanes.map(({ lag }) => lag[1] ?? 0));
    expect(peak).toBeGreaterThan(millis(2_500));
  },
  PATIENCE,
);

it("keeps the lowest recall of a replica over hours that nobody pulled, and that another was dead", () => {
  const outbox = newOutbox(true);
  for (let second = 1; second <= 3 * OUTBOX_LIMIT; second += 1) {
    keepRecall(outbox, { at: seconds(second), recall: [1, second === 1_234 ? 0.25 : 0.9, Number.NaN] });
  }
  expect(outbox.recalls.length).toBeLessThanOrEqual(OUTBOX_LIMIT);
  expect(Math.min(...outbox.recalls.map(({ recall }) => recall[1] ?? 1))).toBe(0.25);
  expect(outbox.recalls.every(({ recall }) => recall[0] === 1 && Number.isNaN(recall[2]))).toBe(true);
  expect(outbox.recalls.at(-1)?.at).toBe(seconds(3 * OUTBOX_LIMIT));
});
