/**
 * One event forward or back is shown as a short movement: messages go as far as that event is away. What is drawn meanwhile
 * is the earlier of the two pictures with its clock running; both know every message that is under way between them.
 */
import { type Micros, micros } from "../../base/units.ts";
import type { Frame } from "../../model/protocol/frame.ts";

/** Wall milliseconds that the movement takes. */
export const TWEEN_TIME = 160;

/** Pictures from one to another. */
export interface StepTween {
  /** The picture at a share of the way, from 0 to 1. */
  readonly at: (share: number) => Frame;
}

/** The movement from `before` to `now`, if one is a single event away from the other. */
export function tweenOf(before: Frame | undefined, now: Frame): StepTween | undefined {
  if (before === undefined || before.runId !== now.runId || before.playing || now.playing) return undefined;
  if (before.travelled.branch !== now.travelled.branch || before.virtualNow === now.virtualNow) return undefined;
  if (Math.abs(before.counters.eventsProcessed - now.counters.eventsProcessed) !== 1) return undefined;
  const earlier = before.virtualNow < now.virtualNow ? before : now;
  const clock = (share: number): Micros =>
    micros(Math.round(before.virtualNow + (now.virtualNow - before.virtualNow) * share));
  return { at: (share) => ({ ...earlier, travelled: now.travelled, virtualNow: clock(share) }) };
}
