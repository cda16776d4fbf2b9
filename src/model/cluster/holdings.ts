/**
 * Who holds what: every item that the truth or a replica knows, and how each replica stands to it. A ledger numbers the
 * items of one open run, whose past and future are the same items; it reads states and is part of none.
 */
import { isSame } from "../../base/equality.ts";
import {
  HOLDINGS,
  type Holding,
  type Holdings,
  type HoldingsKnown,
  type ItemNews,
  type ReplicaHoldings,
  TRUTHS,
} from "../protocol/holdings.ts";
import type { Item, Version } from "../protocol/item.ts";
import { comingTo } from "./coming.ts";
import { type Mirror, mirrorOf } from "./mirror.ts";
import type { ClusterState, Member } from "./state.ts";

/** A version as a number, in the order of versions and above 0; exact for 2^20 terms of 2^32 entries. */
function keyOf({ term, logIndex }: Version): number {
  return term * 4_294_967_296 + logIndex + 1;
}

const TRUE = TRUTHS.indexOf("true");
const DELETED = TRUTHS.indexOf("deleted");
const DELETE_LOST = TRUTHS.indexOf("deleteLost");
const LOST = TRUTHS.indexOf("lost");

const byteOf = (holding: Holding) => HOLDINGS.indexOf(holding);
const ABSENT = byteOf("absent");
const HELD = byteOf("held");
const OUTDATED = byteOf("outdated");
const MISSING = byteOf("missing");
const GHOST = byteOf("ghost");
const UNCONFIRMED = byteOf("unconfirmed");
const UNCONFIRMED_DELETE = byteOf("unconfirmedDelete");
const ON_ITS_WAY = byteOf("onItsWay");
const LOST_HERE = byteOf("lost");

/** What the truth says, by position. */
interface TruthColumns {
  readonly marks: Uint8Array;
  readonly keys: Float64Array;
}

/** What a replica holds, by position: the key of the version here, the same below 0 where a delete was applied, or 0. */
interface HeldColumn {
  keys: Float64Array;
  /** Changes of the mirror that are in it. */
  changes: number;
  /** Deleted here before anybody else knew of them: without a position yet. */
  unplaced: string[];
}

/** How a replica stands to an item: `here` is its column's, `coming` the newest version on its way or 0. */
function standingOf(mark: number, truth: number, here: number, coming: number): number {
  const isTrue = mark === TRUE || mark === LOST;
  if (here > 0) {
    if (here > truth) return UNCONFIRMED;
    if (here === truth) return HELD;
    if (!isTrue) return GHOST;
    return coming >= truth ? ON_ITS_WAY : OUTDATED;
  }
  if (-here > truth) return isTrue ? UNCONFIRMED_DELETE : ABSENT;
  if (coming > 0 && coming >= truth) return ON_ITS_WAY;
  if (mark === LOST) return LOST_HERE;
  return isTrue ? MISSING : ABSENT;
}

function looksLike(a: Item, b: Item): boolean {
  const { digestLow, digestHigh } = a.embedding;
  if (digestLow !== b.embedding.digestLow || digestHigh !== b.embedding.digestHigh) return false;
  return a.payload === b.payload || isSame(a.payload, b.payload);
}

export class Ledger {
  readonly #epoch: number;
  readonly #positions = new Map<string, number>();
  /** By position: as it is to be shown, and the revision since when. */
  readonly #shown: Item[] = [];
  readonly #revised: number[] = [];
  #revision = 0;
  readonly #columns = new WeakMap<Mirror, HeldColumn>();

  /** An empty one. `epoch` is above 0 and tells it from those of other runs. */
  constructor(epoch: number) {
    this.#epoch = epoch;
  }

  /** How everybody stands in `state`, a state of the run of this ledger between two windows. */
  holdings(state: ClusterState, known: HoldingsKnown): Holdings {
    for (const { item } of state.acknowledged.truth.values()) if (item !== undefined) this.#show(item);
    const live = state.members.map((member) => this.#live(state, member));
    const size = this.#shown.length;
    const truth = this.#truth(state, size);
    const replicas = state.members.map((member, slot) => this.#replica(member, truth, live[slot], size));
    const revision = known.epoch === this.#epoch ? known.revision : 0;
    return {
      at: state.now,
      known: { epoch: this.#epoch, revision: this.#revision },
      size,
      news: this.#newsSince(revision),
      truth: truth.marks,
      replicas,
    };
  }

  /** From now on `item` is shown as it is here; returns its position. */
  #show(item: Item): number {
    const position = this.#positions.get(item.id) ?? this.#shown.length;
    const before = this.#shown[position];
    if (before === item) return position;
    if (before === undefined || !looksLike(before, item)) {
      this.#revision += 1;
      this.#revised[position] = this.#revision;
    }
    this.#positions.set(item.id, position);
    this.#shown[position] = item;
    return position;
  }

  /** Shows `item` unless the truth has something to show under its id. */
  #showUntrue({ acknowledged: { truth } }: ClusterState, item: Item): number {
    const position = this.#positions.get(item.id);
    return position !== undefined && truth.get(item.id)?.item !== undefined ? position : this.#show(item);
  }

  #truth({ acknowledged }: ClusterState, size: number): TruthColumns {
    const marks = new Uint8Array(size);
    const keys = new Float64Array(size);
    for (const [id, { version, item, write }] of acknowledged.truth) {
      const position = this.#positions.get(id);
      if (position === undefined) continue;
      keys[position] = keyOf(version);
      if (item === undefined) marks[position] = write?.lost === true ? DELETE_LOST : DELETED;
      else marks[position] = write?.lost === true ? LOST : TRUE;
    }
    return { marks, keys };
  }

  /** What a live replica holds and what is on its way to it, each with a position. */
  #live(
    state: ClusterState,
    member: Member,
  ): { readonly held: HeldColumn; readonly coming: Map<number, number> } | undefined {
    const mirror = mirrorOf(member);
    if (mirror === undefined) return undefined;
    const held = this.#follow(state, mirror);
    const coming = new Map<number, number>();
    for (const item of comingTo(state, member)) {
      const position = this.#showUntrue(state, item);
      coming.set(position, Math.max(coming.get(position) ?? 0, keyOf(item.version)));
    }
    return { held, coming };
  }

  #follow(state: ClusterState, mirror: Mirror): HeldColumn {
    const known = this.#columns.get(mirror);
    const column = known ?? { keys: new Float64Array(this.#shown.length), changes: 0, unplaced: [] };
    const changed = known === undefined ? undefined : mirror.changes.since(known.changes)?.map(({ id }) => id);
    if (changed === undefined) column.keys.fill(0);
    const again = changed === undefined ? mirror.deletedIds() : column.unplaced;
    column.unplaced = [];
    for (const id of changed ?? mirror.items.keys()) this.#note(state, mirror, column, id);
    for (const id of again) this.#note(state, mirror, column, id);
    column.changes = mirror.changes.count;
    this.#columns.set(mirror, column);
    return column;
  }

  #note(state: ClusterState, mirror: Mirror, column: HeldColumn, id: string): void {
    const item = mirror.items.get(id);
    const position = item === undefined ? this.#positions.get(id) : this.#showUntrue(state, item);
    if (position === undefined) {
      if (mirror.deletionOf(id) !== undefined) column.unplaced.push(id);
      return;
    }
    if (position >= column.keys.length) {
      const grown = new Float64Array(Math.max(this.#shown.length, Math.ceil(position * 1.5) + 1));
      grown.set(column.keys);
      column.keys = grown;
    }
    const deletion = item === undefined ? mirror.deletionOf(id) : undefined;
    if (item !== undefined) column.keys[position] = keyOf(item.version);
    else column.keys[position] = deletion === undefined ? 0 : -keyOf(deletion);
  }

  #replica(
    { id: replicaId, alive }: Member,
    truth: TruthColumns,
    live: { readonly held: HeldColumn; readonly coming: Map<number, number> } | undefined,
    size: number,
  ): ReplicaHoldings {
    const standings = new Uint8Array(size);
    const tally = new Uint32Array(HOLDINGS.length);
    const { marks, keys } = truth;
    const here = live?.held.keys;
    for (let position = 0; here !== undefined && position < size; position += 1) {
      const coming = live?.coming.get(position) ?? 0;
      const standing = standingOf(marks[position] ?? 0, keys[position] ?? 0, here[position] ?? 0, coming);
      standings[position] = standing;
      tally[standing] = (tally[standing] ?? 0) + 1;
    }
    if (here === undefined) tally[ABSENT] = size;
    return { replicaId, alive, standings, counts: countsOf(tally) };
  }

  #newsSince(revision: number): ItemNews {
    const positions: number[] = [];
    for (const [position, revised] of this.#revised.entries()) if (revised > revision) positions.push(position);
    const items = positions.flatMap((position) => this.#shown[position] ?? []);
    const dimension = items.reduce((longest, { embedding }) => Math.max(longest, embedding.values.length), 0);
    const embeddings = new Float32Array(items.length * dimension);
    for (const [at, { embedding }] of items.entries()) embeddings.set(embedding.values, at * dimension);
    return {
      positions: Uint32Array.from(positions),
      ids: items.map(({ id }) => id),
      payloads: items.map(({ payload }) => payload),
      embeddings,
      dimension,
    };
  }
}

function countsOf(tally: Uint32Array): Readonly<Record<Holding, number>> {
  const count = (byte: number) => tally[byte] ?? 0;
  return {
    absent: count(ABSENT),
    held: count(HELD),
    outdated: count(OUTDATED),
    missing: count(MISSING),
    ghost: count(GHOST),
    unconfirmed: count(UNCONFIRMED),
    unconfirmedDelete: count(UNCONFIRMED_DELETE),
    onItsWay: count(ON_ITS_WAY),
    lost: count(LOST_HERE),
  };
}
