/** The values of the time axis at even distances, for the table, and as files. */
import { type Micros, micros } from "../../../base/units.ts";
import { type BandPiece, bandPieces } from "../../layout/timeBand.ts";
import { bucketLength, bucketsBetween } from "../../layout/timeBuckets.ts";
import { csvOf, prometheusOf, type StretchValues } from "../../store/exportSeries.ts";
import type { ViewState } from "../../store/viewStore.ts";
import { type Reading, readAt } from "./reading.ts";

/** Rows of the table. */
const ROWS = 24;

/** What the lanes say at {@link ROWS} instants of the run up to the playhead, the last of them the playhead. */
export function readings({ lanes, virtualNow }: Pick<ViewState, "lanes" | "virtualNow">): readonly Reading[] {
  const pieces: readonly BandPiece[] = bandPieces(lanes.leaderships);
  const stretch = bucketLength({ start: 0, span: virtualNow });
  const at = (row: number): Micros => micros(Math.round((virtualNow * (row + 1)) / ROWS));
  return Array.from({ length: ROWS }, (_, row) => readAt(lanes, pieces, at(row), undefined, stretch));
}

function stretchesOf({ lanes, travelled }: ViewState): readonly StretchValues[] {
  const length = bucketLength({ start: 0, span: travelled.end });
  return bucketsBetween(lanes.writes, 0, travelled.end, length).map(({ from, p50, p99, availability }) => ({
    ...{ at: micros(from), p50, p99, availability },
  }));
}

/** A file that the browser saves. */
export interface SeriesFile {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/** The series as a file. */
export function seriesFile(state: ViewState, format: "csv" | "prometheus"): SeriesFile {
  const stretches = stretchesOf(state);
  const seed = state.config?.seed ?? 0;
  return format === "csv"
    ? { name: `replicascope-${seed}.csv`, type: "text/csv", text: csvOf(state, stretches) }
    : { name: `replicascope-${seed}.prom`, type: "text/plain", text: prometheusOf(state, stretches) };
}

/** Lets the browser save `file`. */
export function saveFile({ name, type, text }: SeriesFile): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
