/** What the table tells of each run: one record per measure, shared by the page and by what is exported. */
import { toSeconds } from "../../../base/units.ts";
import type { RunMeasures } from "../../../model/protocol/comparison.ts";
import { count, percent } from "../../store/format.ts";

/** One row of the table. */
export interface Measure {
  readonly name: string;
  /** As it stands in a CSV file's head: with the unit, without spaces. */
  readonly key: string;
  readonly value: (run: RunMeasures) => number | null;
  readonly words: (run: RunMeasures) => string;
  /** Whether a number above zero is a loss. */
  readonly isLoss?: boolean;
}

/** What stands where nothing was measured. */
const NOTHING = "none";

function milliseconds(value: number | null): string {
  if (value === null) return NOTHING;
  return value >= 1_000 ? `${count(Math.round(value))} ms` : `${value.toFixed(1)} ms`;
}

function secondsWords(value: number): string {
  return `${value.toFixed(value < 100 ? 2 : 1)} s`;
}

function shareWords(value: number | null): string {
  return value === null ? NOTHING : percent(Math.round(value * 1_000) / 1_000);
}

/** In the order in which they are shown: what a mode costs and loses first, where a low page shows it without scrolling. */
export const MEASURES: readonly Measure[] = [
  {
    name: "Write latency, p50",
    key: "write_latency_p50_ms",
    value: ({ writeP50 }) => writeP50,
    words: ({ writeP50 }) => milliseconds(writeP50),
  },
  {
    name: "Write latency, p99",
    key: "write_latency_p99_ms",
    value: ({ writeP99 }) => writeP99,
    words: ({ writeP99 }) => milliseconds(writeP99),
  },
  {
    name: "Stale reads",
    key: "stale_reads",
    value: ({ stale }) => stale,
    words: ({ stale, answers }) => `${count(stale)} of ${count(answers)}`,
  },
  {
    name: "Acknowledged writes lost",
    key: "acknowledged_writes_lost",
    value: ({ lost }) => lost,
    words: ({ lost }) => count(lost),
    isLoss: true,
  },
  {
    name: "Unavailable",
    key: "unavailable_seconds",
    value: ({ unavailable }) => toSeconds(unavailable),
    words: ({ unavailable }) => secondsWords(toSeconds(unavailable)),
  },
  {
    name: "Search recall, mean",
    key: "search_recall_at_k_mean",
    value: ({ recall }) => recall,
    words: ({ recall }) => shareWords(recall),
  },
  {
    name: "Search recall, least",
    key: "search_recall_at_k_least",
    value: ({ leastRecall }) => leastRecall,
    words: ({ leastRecall }) => shareWords(leastRecall),
  },
  {
    name: "Writes acknowledged",
    key: "writes_acknowledged",
    value: ({ acknowledged }) => acknowledged,
    words: ({ acknowledged }) => count(acknowledged),
  },
  {
    name: "Writes with unknown outcome",
    key: "writes_unknown",
    value: ({ unknown }) => unknown,
    words: ({ unknown }) => count(unknown),
  },
  {
    name: "Changes of leader",
    key: "leader_changes",
    value: ({ leaderChanges }) => leaderChanges,
    words: ({ leaderChanges }) => count(leaderChanges),
  },
];

/** What the measures mean, below the table. */
export const MEASURE_NOTES: readonly string[] = [
  "Write latency: of acknowledged writes, at the replica that serves the client, from receiving the request to answering it.",
  "Stale reads: answers of reads and searches that missed, contradicted or resurrected something acknowledged before they were asked.",
  "Lost: acknowledged, and a majority holds something newer in its place or no disk holds it any more.",
  "Unavailable: virtual seconds in which no write could be acknowledged: no leader that a client reaches had as many copies within reach as the mode asks for.",
  "Search recall: the share of the true nearest that a live replica finds for the same questions, asked once per virtual second.",
];
