/**
 * Gathers what frames carry only once (events, samples, finished writes) until the store is folded. Frames come sixty
 * times a second, folds ten times: nothing may be lost in between.
 */
import type { Micros } from "../../base/units.ts";
import type { ClusterEvent } from "../../model/protocol/events.ts";
import type { Frame, LaneSample, RecallSample, WriteSample } from "../../model/protocol/frame.ts";

/** Where a branch began: what was known from there on is of another. */
export interface Cut {
  /** The number of the branch's first fact. */
  readonly sequence: number;
  readonly at: Micros;
}

/** Whether `event` belongs to the branch that begins at `cut` too. */
export function isBefore(cut: Cut, { sequence }: ClusterEvent): boolean {
  return sequence < cut.sequence;
}

/** The branch that `frame` is the first to show. The command that began it is its first fact. */
function cutOf({ events, travelled, virtualNow }: Frame): Cut {
  const [first] = events;
  if (travelled.since !== undefined) return { sequence: travelled.since.fact + 1, at: travelled.since.at };
  return first === undefined
    ? { sequence: travelled.fact + 1, at: virtualNow }
    : { sequence: first.sequence, at: first.at };
}

/** The newest frame, and everything that the frames since the last fold carried. */
export interface FrameBatch {
  readonly frame: Frame;
  readonly events: readonly ClusterEvent[];
  readonly eventsOmitted: number;
  readonly lanes: readonly LaneSample[];
  readonly recalls: readonly RecallSample[];
  readonly writes: readonly WriteSample[];
  /** Where the run branched since the last fold: at the earliest place, if more than once. */
  readonly cut: Cut | undefined;
}

/** Events that may wait for a fold; of more the oldest are left out and counted. */
export const PENDING_EVENTS = 20_000;

export class FrameCollector {
  #frame: Frame | undefined;
  #events: ClusterEvent[] = [];
  #eventsOmitted = 0;
  #lanes: LaneSample[] = [];
  #recalls: RecallSample[] = [];
  #writes: WriteSample[] = [];
  #cut: Cut | undefined;
  #place: { readonly runId: number; readonly branch: number } | undefined;

  /** Takes in one frame. What an earlier run, or another branch, left behind is void. */
  add(frame: Frame): void {
    const before = this.#place;
    this.#place = { runId: frame.runId, branch: frame.travelled.branch };
    if (before?.runId !== frame.runId) this.#clear();
    else if (before.branch !== frame.travelled.branch) this.#branch(cutOf(frame));
    this.#frame = frame;
    for (const event of frame.events) this.#events.push(event);
    for (const sample of frame.lanes) this.#lanes.push(sample);
    for (const sample of frame.recalls) this.#recalls.push(sample);
    for (const write of frame.writes) this.#writes.push(write);
    this.#eventsOmitted += frame.eventsOmitted;
    const excess = this.#events.length - PENDING_EVENTS;
    if (excess > 0) {
      this.#events.splice(0, excess);
      this.#eventsOmitted += excess;
    }
  }

  /** Everything since the last call; undefined when no frame came. */
  take(): FrameBatch | undefined {
    if (this.#frame === undefined) return undefined;
    const batch: FrameBatch = {
      frame: this.#frame,
      events: this.#events,
      eventsOmitted: this.#eventsOmitted,
      lanes: this.#lanes,
      recalls: this.#recalls,
      writes: this.#writes,
      cut: this.#cut,
    };
    this.#frame = undefined;
    this.#clear();
    return batch;
  }

  #branch(cut: Cut): void {
    if (this.#cut === undefined || cut.sequence < this.#cut.sequence) this.#cut = cut;
    this.#events = this.#events.filter((event) => isBefore(cut, event));
    this.#lanes = this.#lanes.filter(({ at }) => at <= cut.at);
    this.#recalls = this.#recalls.filter(({ at }) => at <= cut.at);
    this.#writes = this.#writes.filter(({ at }) => at <= cut.at);
  }

  #clear(): void {
    this.#cut = undefined;
    this.#events = [];
    this.#eventsOmitted = 0;
    this.#lanes = [];
    this.#recalls = [];
    this.#writes = [];
  }
}
