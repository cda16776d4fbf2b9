/**
 * The feed as it is read: what belongs together is one row. A replica that rolls back can end hundreds of acknowledged
 * writes at one instant, and each of them is a fact; a person reads how many, and why, and opens the row for which.
 */
import { nameOf } from "../../base/ids.ts";
import type { ClusterEvent, WorldEvent } from "../../model/protocol/events.ts";
import { plural } from "./format.ts";
import { itemWords } from "./itemWords.ts";
import { sentenceOf, versionWords, type WordContext } from "./words.ts";

/** The loss of one acknowledged write. */
export type LossEvent = Extract<ClusterEvent, { readonly source: "world" }> & {
  readonly fact: Extract<WorldEvent, { readonly kind: "writeLost" }>;
};

/** One row: an event, or the losses of one instant and one cause. */
export type FeedRow =
  | { readonly kind: "event"; readonly event: ClusterEvent }
  | {
      readonly kind: "losses";
      readonly losses: readonly [LossEvent, ...LossEvent[]];
      /** What ended them: a rollback, a snapshot, a command; undefined where another entry took their place elsewhere. */
      readonly cause: ClusterEvent | undefined;
    };

function isLossOfWrite(event: ClusterEvent): event is LossEvent {
  return event.fact.kind === "writeLost";
}

function undoes({ fact }: ClusterEvent): boolean {
  return fact.kind === "rolledBack" || fact.kind === "snapshotInstalled";
}

/** Facts of one step follow each other: a broken promise may stand between two losses of the same step. */
function endOfStep(events: readonly ClusterEvent[], from: number): number {
  const first = events[from];
  let end = from + 1;
  for (let before = first; before !== undefined; end += 1) {
    const next: ClusterEvent | undefined = events[end];
    const goesOn = next !== undefined && next.at === before.at && next.sequence === before.sequence + 1;
    if (!goesOn || (!isLossOfWrite(next) && next.fact.kind !== "verdictBroken")) break;
    before = next;
  }
  return end;
}

/** What is told right behind the losses by the replica that undid them, else the command right before. */
function causeOf(events: readonly ClusterEvent[], from: number, end: number): ClusterEvent | undefined {
  const [before, first, last, next] = [events[from - 1], events[from], events[end - 1], events[end]];
  if (first === undefined || last === undefined) return undefined;
  if (next !== undefined && next.at === last.at && next.sequence === last.sequence + 1 && undoes(next)) return next;
  const isCommand = before?.fact.kind === "commandDone" && before.at === first.at;
  return isCommand && before.sequence === first.sequence - 1 ? before : undefined;
}

/** `events`, oldest first, as rows, oldest first. A loss that stands alone stays an event. */
export function feedRows(events: readonly ClusterEvent[]): readonly FeedRow[] {
  const rows: FeedRow[] = [];
  for (let at = 0; at < events.length; ) {
    const event = events[at];
    if (event === undefined) break;
    const end = isLossOfWrite(event) ? endOfStep(events, at) : at + 1;
    const step = events.slice(at, end);
    const [first, ...more] = step.filter(isLossOfWrite);
    const isGroup = first !== undefined && more.length > 0;
    if (isGroup) rows.push({ kind: "losses", losses: [first, ...more], cause: causeOf(events, at, end) });
    for (const told of step) if (!isGroup || !isLossOfWrite(told)) rows.push({ kind: "event", event: told });
    at = end;
  }
  return rows;
}

/** The first and the last event of a row. */
export function endsOf(row: FeedRow): { readonly first: ClusterEvent; readonly last: ClusterEvent } {
  if (row.kind === "event") return { first: row.event, last: row.event };
  return { first: row.losses[0], last: row.losses.at(-1) ?? row.losses[0] };
}

/** As many of `rows` as are read at once: the newest, or those around the last `fact` that has happened. */
export function rowsAround(rows: readonly FeedRow[], fact: number | undefined, most: number) {
  const isPast = (row: FeedRow) => fact === undefined || endsOf(row).last.sequence <= fact;
  const place = rows.findLastIndex(isPast) + 1;
  const end = Math.min(rows.length, Math.max(place + Math.floor(most / 2), most));
  const start = Math.max(0, end - most);
  const left = (some: readonly FeedRow[]) =>
    some.reduce((sum, row) => sum + (row.kind === "event" ? 1 : row.losses.length), 0);
  return { shown: rows.slice(start, end), older: left(rows.slice(0, start)), newer: left(rows.slice(end)) };
}

function causeWords(cause: ClusterEvent | undefined, context: WordContext): string {
  if (cause === undefined) return " at one instant: a majority holds other entries in their place";
  if (cause.source === "replica") {
    const did = cause.fact.kind === "rolledBack" ? "rolled back" : "took in a snapshot";
    return ` when ${nameOf(cause.replicaId)} ${did}`;
  }
  const sentence = sentenceOf(cause, context);
  return sentence.startsWith("You ") ? ` when you ${sentence.slice("You ".length)}` : `. ${sentence}`;
}

/** A row in one sentence, without a full stop: "172 acknowledged writes lost when r1 rolled back". */
export function rowWords(row: FeedRow, context: WordContext): string {
  if (row.kind === "event") return sentenceOf(row.event, context);
  return `${plural(row.losses.length, "acknowledged write")} lost${causeWords(row.cause, context)}`;
}

/** One of many losses: what it was about, and where it stood in the log. */
export function lossWords({ fact }: LossEvent, context: WordContext): string {
  return `${itemWords(fact.id, context)}, ${versionWords(fact.version)}`;
}
