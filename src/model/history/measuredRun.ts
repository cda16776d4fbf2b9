/** One run on its way along its commands, measured over a span; checkpoints are left for those who look at it afterwards. */
import { hashText } from "../../base/hash.ts";
import type { ReplicaId } from "../../base/ids.ts";
import { after, earlier, type Micros, NEVER } from "../../base/units.ts";
import { runWithIndexes } from "../cluster/indexes.ts";
import type { InlineRun } from "../cluster/inline.ts";
import { SAMPLE_INTERVAL } from "../cluster/outbox.ts";
import { pointSpacing, RunMeter } from "../measure/meter.ts";
import type { TimedCommand } from "../protocol/commands.ts";
import type { AimFound, ComparedRun, ComparedSpan } from "../protocol/comparison.ts";
import type { RunInputs } from "../protocol/session.ts";
import { foundBy } from "./aims.ts";
import type { Timeline } from "./timeline.ts";

/** Events between two looks of the timeline and of the clock. */
const EVENTS_PER_LOOK = 64;

/** What a measured run is made of. */
export interface MeasuredParts {
  readonly name: string;
  readonly inputs: RunInputs;
  /** Of each command, whom it hit in the run that it comes from. */
  readonly was: readonly (ReplicaId | undefined)[];
  readonly span: ComparedSpan;
  /** Where the run stands, before the span or at its beginning. */
  readonly run: InlineRun;
  /** Who has looked on so far, at this run or at the one that it is a copy of. */
  readonly meter?: RunMeter | undefined;
  readonly timeline: Timeline;
}

export class MeasuredRun {
  readonly #parts: MeasuredParts;
  readonly #aims: AimFound[] = [];
  #meter: RunMeter;
  #nextSampleAt: Micros;
  #hasBegun = false;
  #hasEnded = false;

  constructor(parts: MeasuredParts) {
    const { run, span, meter } = parts;
    this.#parts = parts;
    // Nobody pulls its facts: what is measured is measured by looking on.
    run.state.outbox.awaited = false;
    this.#meter = new RunMeter(run, pointSpacing(span), meter);
    this.#nextSampleAt = span.from;
  }

  /** Where it stands. */
  get now(): Micros {
    return this.#parts.run.state.now;
  }

  /** Goes on until it is at the span's end, or until `enough` says so between two events. Returns whether it is there. */
  advance(enough: () => boolean): boolean {
    const { run, span, timeline, inputs } = this.#parts;
    let events = 0;
    const pauses = () => {
      events += 1;
      return events % EVENTS_PER_LOOK === 0 && enough();
    };
    const look = () => {
      this.#meter.look();
      if ((events + 1) % EVENTS_PER_LOOK === 0) timeline.look(run);
      return pauses();
    };
    while (!this.#hasEnded) {
      const next = inputs.commands[run.state.commands.length];
      const goal = earlier(earlier(next?.at ?? NEVER, this.#nextSampleAt), span.to);
      if (!runWithIndexes(run, goal, look, pauses)) return false;
      if (goal === this.#nextSampleAt) this.#sample();
      if (next?.at === goal) this.#take(next);
      else if (goal === span.to) this.#end();
    }
    return true;
  }

  #sample(): void {
    const { run, span, timeline } = this.#parts;
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      this.#meter = new RunMeter(run, pointSpacing(span), this.#meter);
      timeline.look(run);
    }
    this.#meter.sample();
    this.#nextSampleAt = after(this.#nextSampleAt, SAMPLE_INTERVAL);
  }

  #take({ at, command }: TimedCommand): void {
    const { run, was } = this.#parts;
    const before = was[run.state.commands.length];
    run.command(command);
    this.#meter.look();
    if (before === undefined || command.kind !== "aimed") return;
    this.#aims.push({ at, verb: command.verb.kind, was: before, found: foundBy(run.state, command) });
  }

  #end(): void {
    this.#hasEnded = true;
    this.#meter.end();
  }

  /** What was measured, once it is at its end. */
  result(): ComparedRun {
    const { name, inputs, run } = this.#parts;
    return {
      name,
      inputs,
      runHash: hashText(run.state.hash),
      measures: this.#meter.measures(),
      points: this.#meter.points,
      aims: this.#aims,
    };
  }
}
