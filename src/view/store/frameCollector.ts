/**
 * Gathers what frames carry only once (events, samples, finished writes) until the store is folded. Frames come sixty
 * times a second, folds ten times: nothing may be lost in between.
 */
import type { ClusterEvent } from "../../model/protocol/events.ts";
import type { Frame, LaneSample, WriteSample } from "../../model/protocol/frame.ts";

/** The newest frame, and everything that the frames since the last fold carried. */
export interface FrameBatch {
  readonly frame: Frame;
  readonly events: readonly ClusterEvent[];
  readonly eventsOmitted: number;
  readonly lanes: readonly LaneSample[];
  readonly writes: readonly WriteSample[];
}

/** Events that may wait for a fold; of more the oldest are left out and counted. */
export const PENDING_EVENTS = 20_000;

export class FrameCollector {
  #frame: Frame | undefined;
  #events: ClusterEvent[] = [];
  #eventsOmitted = 0;
  #lanes: LaneSample[] = [];
  #writes: WriteSample[] = [];

  /** Takes in one frame. What an earlier run left behind is void. */
  add(frame: Frame): void {
    if (this.#frame !== undefined && this.#frame.runId !== frame.runId) this.#clear();
    this.#frame = frame;
    for (const event of frame.events) this.#events.push(event);
    for (const sample of frame.lanes) this.#lanes.push(sample);
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
      writes: this.#writes,
    };
    this.#frame = undefined;
    this.#clear();
    return batch;
  }

  #clear(): void {
    this.#events = [];
    this.#eventsOmitted = 0;
    this.#lanes = [];
    this.#writes = [];
  }
}
