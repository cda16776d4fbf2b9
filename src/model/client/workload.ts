/**
 * What the clients are asked to do, in a seeded order that depends on nothing that happens: inserts, updates and
 * deletes of the data set's items, reads of single items, searches for something like an item. Evenly spaced or as a
 * Poisson process, dealt to the clients in turn.
 */
import { present } from "../../base/assert.ts";
import { ln } from "../../base/exactMath.ts";
import { type ClientId, clientId } from "../../base/ids.ts";
import { nextBelow, nextFraction, type RngState, rngStream, Stream } from "../../base/rng.ts";
import { type Micros, micros, NEVER, ZERO } from "../../base/units.ts";
import type { WorkloadConfig } from "../protocol/config.ts";
import type { Embedding, ItemPayload } from "../protocol/item.ts";
import type { Ask } from "./client.ts";

/** An item of the data set with embeddings made: its drafts in the order in which updates go through them. */
export interface CatalogueItem {
  readonly id: string;
  readonly drafts: readonly { readonly payload: ItemPayload; readonly embedding: Embedding }[];
}

const KINDS = ["write", "read", "search"] as const;
type Kind = (typeof KINDS)[number];

/** One series of asks. */
interface Series {
  readonly kind: Kind;
  perSecond: number;
  /** The series counts from here with `perSecond`; a change of rate begins anew. */
  since: Micros;
  count: number;
  /** When its next ask is due; evenly spaced it is a function of the three above. */
  dueAt: Micros;
  /** Set when the asks come as a Poisson process: where the gaps are drawn from. */
  readonly gaps: RngState | undefined;
}

export interface Workload {
  readonly rng: RngState;
  readonly catalogue: readonly CatalogueItem[];
  readonly series: readonly Series[];
  /** Items that exist and that do not, as far as this workload has asked; positions in the catalogue. */
  readonly present: number[];
  readonly absent: number[];
  /** The draft that was asked for last, by position. */
  readonly draftOf: number[];
  nextClient: number;
}

/** An ask, when and of whom. */
export interface TimedAsk {
  readonly at: Micros;
  readonly client: ClientId;
  readonly ask: Ask;
}

/** Of a hundred writes this many are updates; the rest are inserts and deletes in equal parts. */
const UPDATES_IN_HUNDRED = 60;

export function newWorkload(
  seed: number,
  config: WorkloadConfig,
  catalogue: readonly CatalogueItem[],
  initialCount: number,
): Workload {
  const series = (kind: Kind, perSecond: number): Series => {
    const gaps = config.arrivals === "poisson" ? rngStream(seed, Stream.workload, KINDS.indexOf(kind) + 1) : undefined;
    const made: Series = { kind, perSecond, since: ZERO, count: 0, dueAt: NEVER, gaps };
    begin(made, perSecond, ZERO);
    return made;
  };
  return {
    rng: rngStream(seed, Stream.workload),
    catalogue,
    series: [
      series("write", config.writesPerSecond),
      series("read", config.readsPerSecond),
      series("search", config.searchesPerSecond),
    ],
    present: catalogue.slice(0, initialCount).map((_, at) => at),
    absent: catalogue.slice(initialCount).map((_, at) => initialCount + at),
    draftOf: catalogue.map(() => 0),
    nextClient: 0,
  };
}

/** New rates from `at` on. A series whose rate stays goes on as it was. */
export function setRates(workload: Workload, config: WorkloadConfig, at: Micros): void {
  const rates = { write: config.writesPerSecond, read: config.readsPerSecond, search: config.searchesPerSecond };
  for (const series of workload.series) {
    if (series.perSecond !== rates[series.kind]) begin(series, rates[series.kind], at);
  }
}

function begin(series: Series, perSecond: number, since: Micros): void {
  series.perSecond = perSecond;
  series.since = since;
  series.count = -1;
  series.dueAt = since;
  advance(series);
}

function advance(series: Series): void {
  const { since, perSecond, gaps } = series;
  series.count += 1;
  if (perSecond <= 0) series.dueAt = NEVER;
  else if (gaps === undefined)
    series.dueAt = micros(Math.min(NEVER, since + ((series.count + 1) * 1_000_000) / perSecond));
  else series.dueAt = micros(series.dueAt - (ln(1 - nextFraction(gaps)) * 1_000_000) / perSecond);
}

/** The series that is due next; the first of them at one instant. */
function nextSeries(workload: Workload): Series {
  let soonest = present(workload.series[0], "a series");
  for (const series of workload.series) if (series.dueAt < soonest.dueAt) soonest = series;
  return soonest;
}

/** When the next ask is due; {@link NEVER} when all rates are zero. */
export function nextAskAt(workload: Workload): Micros {
  let at = NEVER;
  for (const { dueAt } of workload.series) if (dueAt < at) at = dueAt;
  return at;
}

/** Makes the next ask. */
export function takeAsk(workload: Workload, config: WorkloadConfig): TimedAsk {
  const series = nextSeries(workload);
  const at = series.dueAt;
  advance(series);
  const client = clientId((workload.nextClient % config.clients) + 1);
  workload.nextClient = (workload.nextClient + 1) % config.clients;
  return { at, client, ask: askOf(workload, series.kind, config.k) };
}

/** Takes a random element out of `positions`; the last one fills the gap. */
function takeRandom(workload: Workload, positions: number[]): number {
  const slot = nextBelow(workload.rng, positions.length);
  const chosen = present(positions[slot], "a position to take");
  const last = present(positions.pop(), "a last position");
  if (slot < positions.length) positions[slot] = last;
  return chosen;
}

function itemAt(workload: Workload, position: number): CatalogueItem {
  return present(workload.catalogue[position], "an item of the catalogue");
}

function putOf(workload: Workload, position: number): Ask {
  const item = itemAt(workload, position);
  const draft = present(item.drafts[(workload.draftOf[position] ?? 0) % item.drafts.length], "a draft");
  return { kind: "write", operation: { kind: "put", id: item.id, ...draft } };
}

function writeAsk(workload: Workload): Ask {
  const { rng, present: held, absent, draftOf } = workload;
  const choice = nextBelow(rng, 100);
  const insert = choice >= UPDATES_IN_HUNDRED && choice % 2 === 0;
  if ((insert && absent.length > 0) || held.length === 0) {
    const position = takeRandom(workload, absent);
    held.push(position);
    return putOf(workload, position);
  }
  if (choice >= UPDATES_IN_HUNDRED && held.length > 1) {
    const position = takeRandom(workload, held);
    absent.push(position);
    return { kind: "write", operation: { kind: "delete", id: itemAt(workload, position).id } };
  }
  const position = present(held[nextBelow(rng, held.length)], "an item to update");
  draftOf[position] = (draftOf[position] ?? 0) + 1;
  return putOf(workload, position);
}

function askOf(workload: Workload, kind: Kind, k: number): Ask {
  if (kind === "write") return writeAsk(workload);
  const position = nextBelow(workload.rng, workload.catalogue.length);
  const item = itemAt(workload, position);
  if (kind === "read") return { kind: "read", question: { kind: "get", id: item.id } };
  const draft = present(item.drafts[0], "a draft");
  return { kind: "read", question: { kind: "search", query: draft.embedding, k } };
}
