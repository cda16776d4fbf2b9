/**
 * What a replica's approximate index is made of: the insertions so far, in order. It only grows, so that copies of a run
 * share it; whether an insertion still counts follows from the items. The graph is a function of it and is kept nowhere
 * else. It is there only where the index is on.
 */
import { ln } from "../../base/exactMath.ts";
import { feedText, feedUint32, newHash } from "../../base/hash.ts";
import { nextUint32, type RngState, rngStream, Stream } from "../../base/rng.ts";
import type { Item } from "../protocol/item.ts";

/** One item as it was put. Immutable. */
export interface Insertion {
  readonly item: Item;
  /** 32 random bits, from which the level follows: {@link levelOf}. */
  readonly levelDraw: number;
  /** A hash of this insertion and of all before it: two journals in which it is the same agree up to here. */
  readonly chainLow: number;
  readonly chainHigh: number;
}

/** Whether two insertions, and all that came before each, are the same. */
export function isSameInsertion(a: Insertion | undefined, b: Insertion | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a === b || (a.chainLow === b.chainLow && a.chainHigh === b.chainHigh);
}

/** `item`, put after `before`, with a level from `rng`. */
function insertionAfter(before: Insertion | undefined, item: Item, rng: RngState): Insertion {
  const levelDraw = nextUint32(rng);
  const chain = before === undefined ? newHash() : { low: before.chainLow, high: before.chainHigh };
  feedText(chain, item.id);
  feedUint32(chain, item.version.term);
  feedUint32(chain, item.version.logIndex);
  feedUint32(chain, item.embedding.digestLow);
  feedUint32(chain, item.embedding.digestHigh);
  feedUint32(chain, levelDraw);
  return { item, levelDraw, chainLow: chain.low, chainHigh: chain.high };
}

/** Plain data; owned by the replica's step. */
export interface Journal {
  /** Appended to, or replaced by another. */
  insertions: Insertion[];
  /** Where the levels come from: the replica's own stream, so that no two replicas build the same graph. */
  readonly rng: RngState;
}

/** A journal with fewer insertions that count no more is not written anew for them. */
const DEAD_KEPT = 32;

/** Layers above the lowest; 32 bits reach no higher at the smallest M that is allowed. */
const HIGHEST_LEVEL = 16;

/** The highest layer that an insertion is in: each has one in M of the one below (the paper's mL is 1 / ln M). */
export function levelOf(levelDraw: number, m: number): number {
  const level = Math.floor(ln(0x1_0000_0000 / (levelDraw + 1)) / ln(m));
  return Math.min(HIGHEST_LEVEL, level);
}

/** Writes the journal anew, as at a start with `items`. */
export function rewrite(journal: Journal, items: ReadonlyMap<string, Item>): void {
  journal.insertions = inOrderOfId(items.values(), journal.rng);
}

function inOrderOfId(items: Iterable<Item>, rng: RngState): Insertion[] {
  const sorted = [...items].sort((a, b) => (a.id < b.id ? -1 : 1));
  const insertions: Insertion[] = [];
  for (const item of sorted) insertions.push(insertionAfter(insertions.at(-1), item, rng));
  return insertions;
}

/** The journal of a replica that begins with `items`. Its stream comes from the replica's own, which it leaves alone. */
export function newJournal(items: Iterable<Item>, { a, b, c }: RngState): Journal {
  const rng = rngStream(a, Stream.searchIndex, b, c);
  return { insertions: inOrderOfId(items, rng), rng };
}

/**
 * Notes that `put` was put among `items`, or that something was deleted. Once more of the journal is dead than alive it
 * is written anew, as at a start.
 */
export function keepJournal(journal: Journal, put: Item | undefined, items: ReadonlyMap<string, Item>): void {
  const { insertions, rng } = journal;
  const dead = insertions.length + (put === undefined ? 0 : 1) - items.size;
  if (dead > Math.max(items.size, DEAD_KEPT)) rewrite(journal, items);
  else if (put !== undefined) insertions.push(insertionAfter(insertions.at(-1), put, rng));
}
