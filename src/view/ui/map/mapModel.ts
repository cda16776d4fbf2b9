/**
 * What the map knows: items with their places, and how every replica stands to them. Told in parts by the session; what
 * is known is changed in place, and `version` counts the changes.
 */
import type { Quadtree } from "d3";
import type { ReplicaId } from "../../../base/ids.ts";
import { colourOfEmbedding } from "../../../data/colours.ts";
import {
  HOLDINGS,
  type Holding,
  type Holdings,
  type HoldingsKnown,
  NO_HOLDINGS_KNOWN,
  TRUTHS,
} from "../../../model/protocol/holdings.ts";
import type { ItemPayload } from "../../../model/protocol/item.ts";
import { type Extent, extentOf, indexOfPlaces, worstOf } from "../../layout/mapLayout.ts";
import { onPlane, type Plane } from "../../layout/mapProjection.ts";

/** Points to be painted: standings by position, and where each stands. */
export interface Points {
  readonly places: Float64Array;
  readonly standings: Uint8Array;
  readonly size: number;
  /** Changes with places or standings. */
  readonly key: string;
  /** Colours are painted in themselves: the one exception to one meaning per colour. */
  readonly fillOf?: (position: number) => string | undefined;
}

/** Whose holdings a map shows: one replica's, or each item as whoever is worst off has it. */
export type Shown = "all" | ReplicaId;

/** Colours without a hue worth the name stand left of all hues. */
const GREY = 0.03;
const GREYS_AT = -0.06;

/** Hue from 0 to 1 and lightness downwards. */
function hueAndLightness(values: Float32Array): readonly [number, number] {
  const { lightness, a, b } = colourOfEmbedding(values);
  const hue = (Math.atan2(b, a) / (2 * Math.PI) + 1) % 1;
  return [a * a + b * b < GREY * GREY ? GREYS_AT : hue, 1 - lightness];
}

const OUTDATED = HOLDINGS.indexOf("outdated");
const LOST = HOLDINGS.indexOf("lost");
const GHOST = HOLDINGS.indexOf("ghost");
const TRULY_LOST = TRUTHS.indexOf("lost");
const DELETE_LOST = TRUTHS.indexOf("deleteLost");

/** Where the newest write is lost an older version, or what it deleted, will not be mended: red, not amber. Changes `standings` in place. */
function withLosses(standings: Uint8Array, truth: Uint8Array): void {
  for (const [position, standing] of standings.entries()) {
    const isLost =
      (standing === OUTDATED && truth[position] === TRULY_LOST) ||
      (standing === GHOST && truth[position] === DELETE_LOST);
    if (isLost) standings[position] = LOST;
  }
}

function areSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at]);
}

/** How many items stand in each way: by byte. */
function tallyOf(standings: Uint8Array): Uint32Array {
  const tally = new Uint32Array(HOLDINGS.length);
  for (const standing of standings) tally[standing] = (tally[standing] ?? 0) + 1;
  return tally;
}

function grown<T extends Float32Array | Float64Array>(array: T, length: number, make: (length: number) => T): T {
  if (array.length >= length) return array;
  const larger = make(Math.ceil(length * 1.25));
  larger.set(array);
  return larger;
}

export class MapModel {
  /** Changes with everything that could be seen. */
  version = 0;
  known: HoldingsKnown = NO_HOLDINGS_KNOWN;
  size = 0;
  dimension = 0;
  readonly ids: string[] = [];
  readonly payloads: ItemPayload[] = [];
  readonly positions = new Map<string, number>();
  /** Two numbers for each item, in units of the map. */
  places = new Float64Array(0);
  extent: Extent = { left: 0, top: 0, right: 1, bottom: 1 };
  /** Hue and lightness instead of a plane. */
  readonly isOfColours: boolean;
  holdings: Holdings | undefined;
  #tallies = new Map<ReplicaId, Uint32Array>();
  /** By replica, counts the times at which its standings were others than before. */
  readonly #revisions = new Map<ReplicaId, number>();
  /** Counts the times at which some item got another place. */
  #layouts = 0;
  #rows = new Float32Array(0);
  #plane: Plane | undefined;
  #worst: Uint8Array | undefined;
  #tree: Quadtree<number> | undefined;

  constructor(isOfColours: boolean) {
    this.isOfColours = isOfColours;
  }

  get plane(): Plane | undefined {
    return this.#plane;
  }

  /** Whether items can be given a place. */
  get isLaidOut(): boolean {
    return this.isOfColours || this.#plane !== undefined;
  }

  /** The embeddings, one after the other. */
  get rows(): Float32Array {
    return this.#rows.subarray(0, this.size * this.dimension);
  }

  /** The embedding of one item; a view, to be copied before it is kept. */
  rowOf(position: number): Float32Array {
    return this.#rows.subarray(position * this.dimension, (position + 1) * this.dimension);
  }

  /** Takes over what the session says. */
  take(holdings: Holdings): void {
    const { news, size } = holdings;
    if (holdings.known.epoch !== this.known.epoch) this.#forget();
    const before = this.holdings;
    this.known = holdings.known;
    this.holdings = holdings;
    this.size = size;
    if (news.ids.length > 0) {
      this.dimension = news.dimension;
      this.#rows = grown(this.#rows, size * news.dimension, (length) => new Float32Array(length));
      this.places = grown(this.places, 2 * size, (length) => new Float64Array(length));
    }
    for (const [at, id] of news.ids.entries()) {
      const position = news.positions[at];
      const payload = news.payloads[at];
      if (position === undefined || payload === undefined) continue;
      this.ids[position] = id;
      this.payloads[position] = payload;
      this.positions.set(id, position);
      this.#rows.set(
        news.embeddings.subarray(at * news.dimension, (at + 1) * news.dimension),
        position * news.dimension,
      );
      if (this.isLaidOut) this.#place(position);
    }
    if (news.ids.length > 0 && this.isLaidOut) this.#widen();
    let isNew = news.ids.length > 0 || before?.size !== size;
    for (const { replicaId, alive, standings } of holdings.replicas) {
      withLosses(standings, holdings.truth);
      const known = before?.replicas.find((other) => other.replicaId === replicaId);
      if (known?.alive === alive && areSame(known.standings, standings)) continue;
      isNew = true;
      this.#revisions.set(replicaId, (this.#revisions.get(replicaId) ?? 0) + 1);
      this.#tallies.set(replicaId, tallyOf(standings));
    }
    if (!isNew) return;
    this.#worst = undefined;
    this.version += 1;
  }

  /** Changes whenever the points of this map do, and with the run: equal keys are equal pictures. */
  keyOf(shown: Shown): string {
    const revisions = shown === "all" ? [...this.#revisions.values()] : [this.#revisions.get(shown)];
    return `${shown} ${this.known.epoch} ${this.#layouts} ${revisions.join(" ")}`;
  }

  /** What is painted of one map. */
  pointsOf(shown: Shown): Points {
    const { places, size, payloads } = this;
    const fillOf = (position: number) => {
      const payload = payloads[position];
      return payload?.kind === "colour" ? payload.hex : undefined;
    };
    const points = { places, standings: this.standingsOf(shown), size, key: this.keyOf(shown) };
    return this.isOfColours ? { ...points, fillOf } : points;
  }

  /** How many items a replica has in this way. */
  countOf(replicaId: ReplicaId, holding: Holding): number {
    return this.#tallies.get(replicaId)?.[HOLDINGS.indexOf(holding)] ?? 0;
  }

  /** Gives every item its place. */
  layOut(plane: Plane): void {
    this.#plane = plane;
    for (let position = 0; position < this.size; position += 1) this.#place(position);
    this.#widen();
    this.version += 1;
  }

  /** Where a vector stands; undefined before there is a plane. */
  placeOf(values: Float32Array): readonly [number, number] | undefined {
    if (values.length !== this.dimension) return undefined;
    if (this.isOfColours) return hueAndLightness(values);
    return this.#plane === undefined ? undefined : onPlane(this.#plane, values);
  }

  /** How whoever is shown stands to every item: bytes by position. */
  standingsOf(shown: Shown): Uint8Array {
    const replicas = this.holdings?.replicas ?? [];
    if (shown !== "all")
      return replicas.find(({ replicaId }) => replicaId === shown)?.standings ?? new Uint8Array(this.size);
    this.#worst ??= worstOf(
      replicas.filter(({ alive }) => alive).map(({ standings }) => standings),
      this.size,
    );
    return this.#worst;
  }

  /** How one replica, or whoever is worst off, stands to an item. */
  standingAt(shown: Shown, position: number): Holding {
    return HOLDINGS[this.standingsOf(shown)[position] ?? 0] ?? "absent";
  }

  /** An index of everything that somebody holds or should hold. */
  get tree(): Quadtree<number> {
    if (this.#tree === undefined) {
      const positions = Array.from({ length: this.size }, (_, position) => position);
      this.#tree = indexOfPlaces(this.places, positions);
    }
    return this.#tree;
  }

  #place(position: number): void {
    const [x, y] = this.placeOf(this.rowOf(position)) ?? [0, 0];
    this.places[2 * position] = x;
    this.places[2 * position + 1] = y;
  }

  /** After places have changed. */
  #widen(): void {
    this.#layouts += 1;
    this.extent = extentOf(this.places, this.size);
    this.#tree = undefined;
  }

  #forget(): void {
    this.ids.length = 0;
    this.payloads.length = 0;
    this.positions.clear();
    this.size = 0;
    this.#plane = undefined;
    this.#tree = undefined;
  }
}
