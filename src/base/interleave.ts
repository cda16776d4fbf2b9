/**
 * Runs a machine over a span of virtual time: its inputs, interleaved with its own timers by the total order of events
 * (time, then source; a timer's source is the machine itself).
 */
import type { Micros } from "./units.ts";

/** An input with its place in the order of events: time, then source, then the source's own count. */
export interface Timed<Input> {
  readonly at: Micros;
  readonly source: number;
  readonly counter: number;
  readonly input: Input;
}

/** What `interleave` needs to know of a machine. */
export interface Machine<Input, Processed> {
  /** The machine's address: the source of its timers. */
  readonly address: number;
  /** When its next timer fires; NEVER when none is set. */
  nextTimerAt(): Micros;
  /** The input that stands for the timer that is due. */
  dueTimer(): Input;
  process(input: Input, at: Micros, source: number): Processed;
}

/** Processes at most `limit` events before `until`. `inputs` are in order and due before `until`. */
export function interleave<Input, Processed>(
  machine: Machine<Input, Processed>,
  inputs: readonly Timed<Input>[],
  until: Micros,
  limit: number,
): { readonly processed: readonly Processed[]; readonly taken: number } {
  const processed: Processed[] = [];
  let taken = 0;
  while (processed.length < limit) {
    const next = inputs[taken];
    const timerAt = machine.nextTimerAt();
    const timerFirst =
      next === undefined || timerAt < next.at || (timerAt === next.at && machine.address < next.source);
    if (timerFirst && timerAt < until) {
      processed.push(machine.process(machine.dueTimer(), timerAt, machine.address));
    } else if (next !== undefined) {
      taken += 1;
      processed.push(machine.process(next.input, next.at, next.source));
    } else {
      break;
    }
  }
  return { processed, taken };
}
