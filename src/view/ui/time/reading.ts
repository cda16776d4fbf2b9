/** What the lanes say at one instant, as the label column shows it and as a sentence. Pure. */
import { nameOf, type ReplicaId, replicaId, slotOf } from "../../../base/ids.ts";
import { type Micros, micros } from "../../../base/units.ts";
import type { Leadership, WriteSample } from "../../../model/protocol/frame.ts";
import { type BandPiece, pieceAt } from "../../layout/timeBand.ts";
import { bucketAt, type WriteBucket } from "../../layout/timeBuckets.ts";
import { lastAt, lowestOf, type Peak, peakOf } from "../../layout/timeLanes.ts";
import { formatClock } from "../../layout/timeWords.ts";
import { duration, percent } from "../../store/format.ts";
import type { LaneSeries, ReplicaSummary } from "../../store/viewStore.ts";

/** One replica's value. */
export interface ReplicaValue {
  readonly replicaId: ReplicaId;
  readonly value: number;
}

/** The values of every replica by slot, NaN for one that has none: lanes in which each has a line. */
export interface ReplicaRows {
  readonly lag: readonly number[];
  readonly queue: readonly number[];
  readonly recall: readonly number[];
}

/** Everything at one instant. A lane without a value then is undefined. */
export interface Reading {
  readonly at: number;
  /** "4", "5 | 4" with two leaders, "no leader" while there is none to name. */
  readonly term: string;
  readonly leaderships: readonly Leadership[];
  /** Of the replica asked for, else of the one that is furthest behind. */
  readonly lag: ReplicaValue | undefined;
  readonly queue: ReplicaValue | undefined;
  /** The share of the true nearest that a replica finds: of the one asked for, else of the one that finds least. */
  readonly recall: ReplicaValue | undefined;
  readonly rows: ReplicaRows;
  /** The last write that had ended by then. */
  readonly write: WriteSample | undefined;
  /** Quantiles and availability of the stretch around it. */
  readonly bucket: WriteBucket | undefined;
}

/** The history at `at`, of `replica` where one is emphasised. */
export function readAt(
  lanes: LaneSeries,
  pieces: readonly BandPiece[],
  at: number,
  replica: ReplicaId | undefined,
  stretch: number,
): Reading {
  const sample = lastAt(lanes.samples, at);
  const leaderships = pieceAt(pieces, at)?.leaderships ?? [];
  const rows = {
    lag: sample?.lag ?? [],
    queue: sample?.queueDepth ?? [],
    recall: lastAt(lanes.recalls, at)?.recall ?? [],
  };
  return {
    at,
    term: leaderships.length === 0 ? "no leader" : termsOf(leaderships),
    leaderships,
    rows,
    lag: valueIn(rows.lag, replica),
    queue: valueIn(rows.queue, replica),
    recall: valueIn(rows.recall, replica, lowestOf),
    write: lastAt(lanes.writes, at),
    bucket: bucketAt(lanes.writes, at, stretch),
  };
}

/** The run as it stands now, from the same summaries that panels show. */
export function readNow(
  lanes: LaneSeries,
  replicas: readonly ReplicaSummary[],
  now: Micros,
  replica: ReplicaId | undefined,
  stretch: number,
): Reading {
  const leaderships = lanes.leaderships.filter((span) => span.to === undefined).sort((a, b) => b.term - a.term);
  const alive = replicas.filter((one) => one.alive);
  const highest = Math.max(0, ...alive.map((one) => one.term));
  const rows = {
    lag: replicas.map((one) => one.lag),
    queue: replicas.map((one) => one.queueDepth),
    recall: lastAt(lanes.recalls, now)?.recall ?? [],
  };
  return {
    at: now,
    term: leaderships.length > 1 ? termsOf(leaderships) : alive.length === 0 ? "no leader" : String(highest),
    leaderships,
    rows,
    lag: valueIn(rows.lag, replica),
    queue: valueIn(rows.queue, replica),
    recall: valueIn(rows.recall, replica, lowestOf),
    write: lastAt(lanes.writes, now),
    // The stretch around now has only begun.
    bucket: bucketAt(lanes.writes, now - stretch, stretch),
  };
}

/** "348 ms", or a dash where nobody can tell. */
export function lagText(value: ReplicaValue | undefined): string {
  return value === undefined ? "–" : duration(micros(value.value));
}

export function queueText(value: ReplicaValue | undefined): string {
  return value === undefined ? "–" : String(value.value);
}

export function recallText(value: ReplicaValue | undefined): string {
  return value === undefined ? "–" : percent(Math.round(value.value * 1_000) / 1_000);
}

/** Whose recall it is; nobody's while everyone finds everything. */
export function recallOwner(value: ReplicaValue | undefined): string {
  return value === undefined || value.value === 1 ? "" : nameOf(value.replicaId);
}

export function writeText(write: WriteSample | undefined): string {
  if (write === undefined) return "–";
  return write.outcome === "acknowledged" ? duration(write.latency) : write.outcome;
}

const TEXTS = { lag: lagText, queue: queueText, recall: recallText } as const;

/** "r1 0 ms · r2 12 ms · r3 –": what every replica has in a lane. */
export function everyText({ rows }: Reading, lane: keyof ReplicaRows): string {
  const text = (value: number, slot: number) => {
    const owner = replicaId(slot + 1);
    return `${nameOf(owner)} ${TEXTS[lane](Number.isNaN(value) ? undefined : { replicaId: owner, value })}`;
  };
  return rows[lane].map(text).join(" · ");
}

/** "26|53 ms": the middle write and the slowest of a hundred. */
export function quantilesText({ p50, p99 }: Partial<WriteBucket> = {}): string {
  return p50 === undefined || p99 === undefined ? "–" : `${duration(p50).replace(" ms", "")}|${duration(p99)}`;
}

export function availabilityText(bucket: WriteBucket | undefined): string {
  return bucket === undefined ? "–" : percent(Math.round(bucket.availability * 1_000) / 1_000);
}

/** Whose value it is; nobody's while everyone is in step. */
export function ownerText(value: ReplicaValue | undefined): string {
  return value === undefined || value.value === 0 ? "" : nameOf(value.replicaId);
}

/** The whole reading for a screen reader. */
export function readingSentence(reading: Reading): string {
  const leaders = reading.leaderships.map((span) => `${nameOf(span.replicaId)} leads term ${span.term}`);
  const parts = [
    leaders.length === 0 ? "nobody leads" : leaders.join(", "),
    `lag ${withOwner(lagText(reading.lag), reading.lag)}`,
    `queue ${withOwner(queueText(reading.queue), reading.queue)}`,
    `search recall ${withName(recallText(reading.recall), recallOwner(reading.recall))}`,
    `last write ${writeText(reading.write).replace("–", "none")}`,
    ...bucketWords(reading.bucket),
  ];
  return `${formatClock(reading.at)}: ${parts.join("; ")}`;
}

function bucketWords(bucket: WriteBucket | undefined): readonly string[] {
  if (bucket === undefined) return [];
  const latency =
    bucket.p50 === undefined || bucket.p99 === undefined
      ? []
      : [`p50 ${duration(bucket.p50)}, p99 ${duration(bucket.p99)}`];
  return [...latency, `${availabilityText(bucket)} of writes acknowledged`];
}

function withOwner(text: string, value: ReplicaValue | undefined): string {
  return withName(text, ownerText(value));
}

function withName(text: string, owner: string): string {
  return owner === "" ? text.replace("–", "unknown") : `${text} on ${owner}`;
}

function termsOf(leaderships: readonly Leadership[]): string {
  return leaderships.map((span) => span.term).join(" | ");
}

function valueIn(
  row: readonly number[],
  replica: ReplicaId | undefined,
  extremeOf: (row: readonly number[]) => Peak | undefined = peakOf,
): ReplicaValue | undefined {
  if (replica !== undefined) {
    const value = row[slotOf(replica)];
    return value === undefined || Number.isNaN(value) ? undefined : { replicaId: replica, value };
  }
  const extreme = extremeOf(row);
  return extreme && { replicaId: replicaId(extreme.slot + 1), value: extreme.value };
}
