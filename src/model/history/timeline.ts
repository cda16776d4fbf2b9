/**
 * Going to any moment of a run: sparse checkpoints along its way, each a copy of the whole run, and a replay from the
 * one before. Whoever computes the run, behind the live one or towards a moment, lets the timeline look at it after every
 * event. What is kept is bounded in bytes; the older, the sparser.
 */
import { feedInteger, type HashText, hashText, newHash } from "../../base/hash.ts";
import type { PackedGraph } from "../../base/packedGraph.ts";
import { PackPool, type Stretch } from "../../base/packPool.ts";
import type { Micros } from "../../base/units.ts";
import { feedCanonical } from "../cluster/feed.ts";
import type { InlineRun, Standing } from "../cluster/inline.ts";
import { type Goal, Replay } from "../cluster/replay.ts";
import type { TimedCommand } from "../protocol/commands.ts";
import type { DatasetContent } from "../protocol/dataset.ts";
import type { RunInputs } from "../protocol/session.ts";
import { PACK_RULES, packRun, standingRun } from "./sharing.ts";

/** Events from one checkpoint to the next: what a thread replays in about a fiftieth of a second. */
export const CHECKPOINT_SPACING = 5_000;
/** In a long run checkpoints are further apart: a gap is at most this part of the run. */
const SPACINGS = 50;
/** Events that are as good as new when checkpoints are given up: older ones may lie the further apart, the older. */
const RECENT_EVENTS = 200_000;
/** What all checkpoints together may weigh. */
const BYTES_KEPT = 2.75 * 1_024 * 1_024;
/** About what an engine takes for a checkpoint beside its bytes. */
const BYTES_EACH = 4_000;
/** Elements of long sequences that are made bytes of at one look, so that no look takes long. */
const PACKED_AT_ONCE = 2_000;

/** Where a run stands: right after `event` events. */
interface Place {
  readonly at: Micros;
  readonly event: number;
  /** The number of the next fact. */
  readonly nextFact: number;
}

function standingOf({ state }: InlineRun): Place {
  return { at: state.now, event: state.counters.eventsProcessed, nextFact: state.nextEvent };
}

interface Checkpoint extends Place {
  /** How many commands it has taken, and their digest. */
  readonly commands: number;
  readonly digest: HashText;
  readonly run: PackedGraph<Standing>;
}

/** The digest of no command, of the first, of the first two, and so on. */
function digestsOf(commands: readonly TimedCommand[]): readonly HashText[] {
  const hash = newHash();
  return [
    hashText(hash),
    ...commands.map(({ at, command }) => {
      feedInteger(hash, at);
      feedCanonical(hash, command);
      return hashText(hash);
    }),
  ];
}

export class Timeline {
  readonly #dataset: DatasetContent;
  readonly #spacing: number;
  #inputs: RunInputs;
  readonly #pool: PackPool;
  /** What the stretches of all checkpoints weigh together. */
  #stretchBytes = 0;
  /** The newest copy, while it is not all bytes. */
  #packing: PackedGraph<Standing> | undefined;
  /** In order of events. */
  #checkpoints: Checkpoint[] = [];
  /** Of branches that were left: somebody may come back. */
  #elsewhere: Checkpoint[] = [];

  /** An empty one for the run of `inputs`, with at least `spacing` events between two checkpoints. */
  constructor(
    inputs: RunInputs,
    dataset: DatasetContent,
    spacing = CHECKPOINT_SPACING,
    pool = new PackPool(PACK_RULES),
  ) {
    this.#spacing = spacing;
    this.#inputs = inputs;
    this.#dataset = dataset;
    this.#pool = pool;
  }

  /** One for `inputs`, whose configuration is the same, with all that this one knows. This one stays as it is. */
  toward(inputs: RunInputs): Timeline {
    this.#pack(Number.POSITIVE_INFINITY);
    const other = new Timeline(this.#inputs, this.#dataset, this.#spacing, this.#pool);
    other.#checkpoints = this.#checkpoints.slice();
    other.#elsewhere = this.#elsewhere.slice();
    other.#stretchBytes = this.#stretchBytes;
    other.follow(inputs);
    return other;
  }

  /** The run whose way this is. */
  get inputs(): RunInputs {
    return this.#inputs;
  }

  /** How many checkpoints there are, and about what they weigh. */
  get size(): { readonly checkpoints: number; readonly bytes: number } {
    return {
      checkpoints: this.#checkpoints.length,
      bytes: this.#all().reduce((sum, { run }) => sum + run.ownBytes + BYTES_EACH, this.#stretchBytes),
    };
  }

  /** The commands have changed, from some moment on: what lies before stays. The configuration must be the same. */
  follow(inputs: RunInputs): void {
    this.#inputs = inputs;
    const digests = digestsOf(inputs.commands);
    const here: Checkpoint[] = [];
    const elsewhere: Checkpoint[] = [];
    for (const checkpoint of this.#all()) {
      const next = inputs.commands[checkpoint.commands];
      const isDue = next !== undefined && next.at <= checkpoint.at;
      const isOnTheWay = !isDue && digests[checkpoint.commands] === checkpoint.digest;
      (isOnTheWay ? here : elsewhere).push(checkpoint);
    }
    const byEvent = (a: Checkpoint, b: Checkpoint) => a.event - b.event;
    this.#checkpoints = here.sort(byEvent);
    this.#elsewhere = elsewhere.sort(byEvent);
  }

  #all(): readonly Checkpoint[] {
    return [...this.#checkpoints, ...this.#elsewhere];
  }

  /**
   * A replay to `to`: from the last checkpoint before it or from the beginning; or from `near`, a run of these inputs
   * that is taken along, if that stands before it too and no checkpoint lies much further on. With `lastFact` only from
   * where no later fact has happened.
   */
  way(to: Goal, near?: InlineRun, lastFact = Number.POSITIVE_INFINITY): Replay {
    const from = this.#checkpoints.findLast((it) => isBefore(it, to) && it.nextFact <= lastFact + 1);
    if (near !== undefined && isBefore(standingOf(near), to)) {
      const isNear = (from?.event ?? 0) - near.state.counters.eventsProcessed < this.#spacing;
      if (isNear) return new Replay(this.#inputs, this.#dataset, to, near);
    }
    const run = from === undefined ? undefined : standingRun(from.run.unpack(), this.#dataset);
    return new Replay(this.#inputs, this.#dataset, to, run);
  }

  /**
   * Looks at a run of these inputs between two events, and keeps a copy where the last one is far behind. To be told
   * after every event, or as often as one likes.
   */
  look(run: InlineRun): void {
    this.#pack(PACKED_AT_ONCE);
    const { event, ...standing } = standingOf(run);
    const position = this.#checkpoints.findLastIndex((checkpoint) => checkpoint.event <= event);
    const before = this.#checkpoints[position]?.event ?? 0;
    const behind = this.#checkpoints[position + 1]?.event ?? Number.POSITIVE_INFINITY;
    const spacing = Math.max(this.#spacing, event / SPACINGS);
    if (event - before < spacing || behind - event < spacing / 2) return;
    this.#pack(Number.POSITIVE_INFINITY);
    this.#packing = packRun(run, this.#pool);
    const { commands } = run.state;
    const digest = digestsOf(commands).at(-1) ?? "";
    const checkpoint = { ...standing, event, commands: commands.length, digest, run: this.#packing };
    this.#checkpoints.splice(position + 1, 0, checkpoint);
  }

  /** Makes bytes of about `elements` more of the newest copy. */
  #pack(elements: number): void {
    if (this.#packing?.pack(elements) !== true) return;
    this.#packing = undefined;
    this.#weigh();
    this.#thin();
  }

  #weigh(): void {
    const used = new Set<Stretch>();
    for (const { run } of this.#all()) for (const stretch of run.stretches()) used.add(stretch);
    this.#stretchBytes = this.#pool.retain(used);
  }

  /**
   * Forgets checkpoints until what is left is light enough: those first whose neighbours are near, for their age. Other
   * branches keep half as many as this one.
   */
  #thin(): void {
    while (this.size.bytes > BYTES_KEPT && this.#checkpoints.length > 2) {
      const isOther = 2 * this.#elsewhere.length > this.#checkpoints.length;
      forgetOne(isOther ? this.#elsewhere : this.#checkpoints);
      this.#weigh();
    }
  }
}

function forgetOne(checkpoints: Checkpoint[]): void {
  const newest = checkpoints.at(-1)?.event ?? 0;
  let least = Number.POSITIVE_INFINITY;
  let dispensable = 0;
  for (const [position, { event }] of checkpoints.entries()) {
    const after = checkpoints[position + 1];
    if (after === undefined) break;
    const gap = after.event - (checkpoints[position - 1]?.event ?? 0);
    const need = gap / (newest - event + RECENT_EVENTS);
    if (need < least) [least, dispensable] = [need, position];
  }
  checkpoints.splice(dispensable, 1);
}

/** Whether one can get from `place` to `to`: nothing of what is to be left out has happened. */
function isBefore(place: Place, to: Goal): boolean {
  if (typeof to === "number") return place.at < to;
  if ("next" in to) return place.event <= to.after.event && place.nextFact <= to.after.fact + 1;
  // Of a run that stands right there one would have to know how it stopped: it is reached by one event more.
  if ("event" in to) return place.event < to.event;
  return place.nextFact <= to.sequence;
}
