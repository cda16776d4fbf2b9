/**
 * A chronicle under way: a copy of the run is taken to the beginning of a span and looked at until its end, in stretches,
 * so that whoever computes it can do something else in between.
 */
import { earlier, type Micros } from "../../base/units.ts";
import { runWithIndexes } from "../cluster/indexes.ts";
import type { InlineRun } from "../cluster/inline.ts";
import type { BeginningOf, Chronicle, ChronicleSpan } from "../protocol/chronicle.ts";
import type { RunInputs } from "../protocol/session.ts";
import { Chronicler } from "./chronicle.ts";
import type { Timeline } from "./timeline.ts";

/** A chronicle without the names that whoever asks for it gives to run and branch. */
export type Written = Omit<Chronicle, "runId" | "branch">;

export class Recording {
  readonly chronicler: Chronicler;
  readonly #commands: RunInputs["commands"];
  readonly #span: ChronicleSpan;
  #beginning: readonly BeginningOf[] | undefined;
  #isCut = false;

  /**
   * Of the run whose way `timeline` is. `near`, which wrote the span before, is taken along where this one goes on from
   * there; the timeline's inputs must be the same as then.
   */
  constructor(timeline: Timeline, span: ChronicleSpan, near?: Chronicler) {
    const goesOn = near !== undefined && near.run.state.now === span.from;
    this.chronicler = goesOn ? near : new Chronicler(runBefore(timeline, span.from));
    this.#commands = timeline.inputs.commands;
    this.#span = span;
  }

  /** Goes on until it is done, or until `enough` says so after an event. Returns whether it is done. */
  advance(enough: () => boolean = () => false): boolean {
    const { from, to, limit } = this.#span;
    const { chronicler } = this;
    if (this.#beginning === undefined) {
      if (!this.#goTo(from, enough)) return false;
      this.#beginning = chronicler.begin();
    }
    const isFull = () => chronicler.size >= limit;
    const arrived = this.#goTo(to, () => isFull() || enough());
    this.#isCut = !arrived && isFull();
    return arrived || this.#isCut;
  }

  /** What was written, once it is done. */
  result(): Written {
    const { from, to } = this.#span;
    const written = this.chronicler.end();
    const last = written.events.at(-1)?.at ?? from;
    return { from, to: this.#isCut ? last : to, isCut: this.#isCut, beginning: this.#beginning ?? [], ...written };
  }

  /** Everything before `until` happens, commands too; nothing at it does, so that another can go on from there. */
  #goTo(until: Micros, enough: () => boolean): boolean {
    const { run } = this.chronicler;
    for (;;) {
      const next = this.#commands[run.state.commands.length];
      if (!runWithIndexes(run, earlier(next?.at ?? until, until), enough)) return false;
      if (next === undefined || next.at >= until) return true;
      run.command(next.command);
    }
  }
}

/** A run of its own that stands before `from`, and in which nothing waits for anybody. */
function runBefore(timeline: Timeline, from: Micros): InlineRun {
  const { run } = timeline.way(from);
  run.state.outbox.awaited = false;
  return run;
}

/** A chronicle in one go. */
export function record(timeline: Timeline, span: ChronicleSpan): Written {
  const recording = new Recording(timeline, span);
  recording.advance();
  return recording.result();
}
