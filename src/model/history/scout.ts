/**
 * Goes ahead along the commands of the open run, for the runs that are compared with each other: finds out at whom each
 * command was aimed, and keeps a copy of the run at the beginning of the span, from which all of them start.
 */
import { earlier, later, type Micros, ZERO } from "../../base/units.ts";
import { runWithIndexes } from "../cluster/indexes.ts";
import { InlineRun } from "../cluster/inline.ts";
import { pointSpacing, RunMeter } from "../measure/meter.ts";
import type { TimedCommand } from "../protocol/commands.ts";
import type { ComparedSpan } from "../protocol/comparison.ts";
import type { DatasetContent } from "../protocol/dataset.ts";
import type { RunInputs } from "../protocol/session.ts";
import { type AimedAnew, AimFinder, foundBy } from "./aims.ts";
import { copyRun } from "./sharing.ts";

/** Events between two questions whether it is enough. */
const EVENTS_PER_LOOK = 64;

/** The run at the beginning of the span, and who has looked on up to there. */
export interface Departure {
  readonly run: InlineRun;
  readonly meter: RunMeter;
}

export class Scout {
  readonly #run: InlineRun;
  readonly #commands: readonly TimedCommand[];
  readonly #dataset: DatasetContent;
  readonly #span: ComparedSpan;
  readonly #meter: RunMeter;
  readonly #finder: AimFinder;
  readonly #aimed: AimedAnew[] = [];
  #departure: Departure | undefined;

  constructor(inputs: RunInputs, dataset: DatasetContent, span: ComparedSpan) {
    this.#run = new InlineRun(inputs.config, dataset);
    this.#run.state.outbox.awaited = false;
    this.#meter = new RunMeter(this.#run, pointSpacing(span));
    // What comes later is no part of what is compared.
    this.#commands = inputs.commands.filter(({ at }) => at <= span.to);
    this.#finder = new AimFinder(this.#commands);
    this.#dataset = dataset;
    this.#span = span;
  }

  /** How far it is, and how far it has to go: to the beginning of the span, and to the last command in it. */
  get way(): { readonly reached: Micros; readonly end: Micros } {
    const end = later(this.#span.from, this.#commands.at(-1)?.at ?? ZERO);
    return { reached: earlier(this.#run.state.now, end), end };
  }

  /** Commands as they are to be given to other runs. */
  get aimed(): readonly AimedAnew[] {
    return this.#aimed;
  }

  /** The run at the beginning of the span, all commands at that instant taken; undefined before it is there. */
  get departure(): Departure | undefined {
    return this.#departure;
  }

  /** Goes on until there is no more to find out, or until `enough` says so, every few events. */
  advance(enough: () => boolean): boolean {
    const { from } = this.#span;
    let events = 0;
    const look = () => {
      events += 1;
      return events % EVENTS_PER_LOOK === 0 && enough();
    };
    for (;;) {
      const next = this.#commands[this.#aimed.length];
      const leaves = this.#departure === undefined && (next === undefined || next.at > from);
      if (next === undefined && !leaves) return true;
      const goal = leaves ? from : (next?.at ?? from);
      if (!runWithIndexes(this.#run, goal, look)) return false;
      if (leaves) this.#depart();
      else if (next !== undefined) this.#take(next);
    }
  }

  /** The copy stays where it is, and so does what its meter knows. */
  #depart(): void {
    const run = copyRun(this.#run, this.#dataset);
    this.#departure = { run, meter: new RunMeter(run, pointSpacing(this.#span), this.#meter) };
  }

  /** In this run it is the same command; and "the same" finds it where the run is gone on with. */
  #take(given: TimedCommand): void {
    const { state } = this.#run;
    const timed = this.#finder.aim(state, given);
    this.#run.command(timed.command);
    this.#aimed.push({ timed, was: foundBy(state, timed.command) });
  }
}
