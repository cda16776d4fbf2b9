/**
 * Going to any moment of a run: sparse checkpoints along its way, each a copy of the whole run, and a replay from the
 * one before. Whoever computes the run, behind the live one or towards a moment, lets the timeline look at it after every
 * event. What is kept is bounded in bytes; the older, the sparser.
 */
import { feedInteger, feedUint32, type HashText, hashText, newHash } from "../../base/hash.ts";
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
  readonly commands: number;
  readonly run: PackedGraph<Standing>;
}

/** Tells whether two runs have come the same way so far: by the digest of the commands that they took. */
function digestOf(commands: readonly TimedCommand[], count: number): HashText {
  const hash = newHash();
  for (const { at, command } of commands.slice(0, count)) {
    feedInteger(hash, at);
    feedCanonical(hash, command);
  }
  feedUint32(hash, count);
  return hashText(hash);
}

export class Timeline {
  readonly #dataset: DatasetContent;
  readonly #spacing: number;
  #inputs: RunInputs;
  readonly #pool = new PackPool(PACK_RULES);
  /** What the stretches of all checkpoints weigh together. */
  #stretchBytes = 0;
  /** The newest copy, while it is not all bytes. */
  #packing: PackedGraph<Standing> | undefined;
  /** In order of events. */
  #checkpoints: Checkpoint[] = [];

  /** An empty one for the run of `inputs`, with at least `spacing` events between two checkpoints. */
  constructor(inputs: RunInputs, dataset: DatasetContent, spacing = CHECKPOINT_SPACING) {
    this.#spacing = spacing;
    this.#inputs = inputs;
    this.#dataset = dataset;
  }

  /** The run whose way this is. */
  get inputs(): RunInputs {
    return this.#inputs;
  }

  /** How many checkpoints there are, and about what they weigh. */
  get size(): { readonly checkpoints: number; readonly bytes: number } {
    return {
      checkpoints: this.#checkpoints.length,
      bytes: this.#checkpoints.reduce((sum, { run }) => sum + run.ownBytes + BYTES_EACH, this.#stretchBytes),
    };
  }

  /** The commands have changed, from some moment on: what lies before stays. The configuration must be the same. */
  follow(inputs: RunInputs): void {
    const before = this.#inputs.commands;
    this.#inputs = inputs;
    this.#checkpoints = this.#checkpoints.filter(({ at, commands: taken }) => {
      const next = inputs.commands[taken];
      const isDue = next !== undefined && next.at < at;
      return !isDue && digestOf(before, taken) === digestOf(inputs.commands, taken);
    });
  }

  /**
   * A replay to `to`: from the last checkpoint before it or from the beginning; or from `near`, a run of these inputs
   * that is taken along, if that stands before it too and no checkpoint lies much further on.
   */
  way(to: Goal, near?: InlineRun): Replay {
    const from = this.#checkpoints.findLast((checkpoint) => isBefore(checkpoint, to));
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
    const commands = run.state.commands.length;
    this.#checkpoints.splice(position + 1, 0, { ...standing, event, commands, run: this.#packing });
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
    for (const { run } of this.#checkpoints) for (const stretch of run.stretches()) used.add(stretch);
    this.#stretchBytes = this.#pool.retain(used);
  }

  /** Forgets checkpoints until what is left is light enough: those first whose neighbours are near, for their age. */
  #thin(): void {
    while (this.size.bytes > BYTES_KEPT && this.#checkpoints.length > 2) {
      const newest = this.#checkpoints.at(-1)?.event ?? 0;
      let least = Number.POSITIVE_INFINITY;
      let dispensable = 0;
      for (const [position, { event }] of this.#checkpoints.entries()) {
        const after = this.#checkpoints[position + 1];
        if (after === undefined) break;
        const gap = after.event - (this.#checkpoints[position - 1]?.event ?? 0);
        const need = gap / (newest - event + RECENT_EVENTS);
        if (need < least) [least, dispensable] = [need, position];
      }
      this.#checkpoints.splice(dispensable, 1);
      this.#weigh();
    }
  }
}

/** Whether one can get from `place` to `to`: nothing of what is to be left out has happened. */
function isBefore(place: Place, to: Goal): boolean {
  if (typeof to === "number") return place.at < to;
  if ("next" in to) return place.event <= to.after.event && place.nextFact <= to.after.fact + 1;
  // Of a run that stands right there one would have to know how it stopped: it is reached by one event more.
  if ("event" in to) return place.event < to.event;
  return place.nextFact <= to.sequence;
}
