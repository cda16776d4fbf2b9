/**
 * Running inputs again in the calling thread: to an instant, to right after one event, or to the next of something. A long way can be gone in
 * stretches, so that whoever computes it can do something else in between.
 */
import { after, earlier, type Micros, micros, NEVER } from "../../base/units.ts";
import type { DatasetContent } from "../protocol/dataset.ts";
import type { IndexProgress } from "../protocol/searchIndex.ts";
import type { Destination, NextFact, RunInputs } from "../protocol/session.ts";
import { advanceIndexes, indexesProgress, needsIndexes } from "./indexes.ts";
import { InlineRun } from "./inline.ts";
import { Lookout } from "./lookout.ts";

/** Where a way can end. */
export type Goal = Destination | NextFact;

export class Replay {
  readonly run: InlineRun;
  readonly #commands: RunInputs["commands"];
  readonly #to: Goal;
  readonly #lookout: Lookout | undefined;
  #hasArrived = false;

  /** From virtual 0, or from where `from` stands, which must be on the way and is taken along. */
  constructor(inputs: RunInputs, dataset: DatasetContent, to: Goal, from?: InlineRun) {
    this.run = from ?? new InlineRun(inputs.config, dataset);
    this.#commands = inputs.commands;
    this.#to = to;
    this.#lookout = typeof to === "object" && "next" in to ? new Lookout(this.run, to) : undefined;
  }

  /** Whether it came to what it was looking for; a way to a known place always does. */
  get hasFound(): boolean {
    return this.#lookout?.hasSeen ?? this.#hasArrived;
  }

  /** How far the indexes are that have to be built before the way goes on; undefined when none has. */
  get indexing(): IndexProgress | undefined {
    return needsIndexes(this.run) ? indexesProgress(this.run) : undefined;
  }

  /** The instant at which the way ends. */
  get end(): Micros {
    return endOf(this.#to);
  }

  /**
   * Goes on until it is there, or until `enough` says so after an event. Returns whether it is there. Then the run
   * stands as it stood: everything before an instant has happened and every command at it has been taken; of an event
   * nothing after it has happened.
   */
  advance(enough: () => boolean = () => false): boolean {
    const { run } = this;
    const stops = () => this.#isBehind() || needsIndexes(run) || enough();
    this.#hasArrived ||= this.#isBehind();
    while (!this.#hasArrived) {
      if (needsIndexes(run) && !advanceIndexes(run, enough)) return false;
      const next = this.#commands[run.state.commands.length];
      const arrived = run.runUntil(earlier(next?.at ?? this.end, this.end), stops);
      if (arrived && next !== undefined && next.at <= this.end) run.command(next.command);
      else if (arrived) this.#hasArrived = true;
      this.#hasArrived ||= this.#isBehind();
      if (!arrived && !this.#hasArrived && !needsIndexes(run)) return false;
    }
    this.#lookout?.leave();
    return true;
  }

  /** Whether the event that it goes to has happened. */
  #isBehind(): boolean {
    const to = this.#to;
    if (typeof to === "number") return false;
    if ("next" in to) return this.#lookout?.hasSeen ?? false;
    const { nextEvent, counters } = this.run.state;
    return "event" in to ? counters.eventsProcessed >= to.event : nextEvent > to.sequence;
  }
}

/** The instant at which the way to `to` ends at the latest: everything at the instant of an event may come before it. */
export function endOf(to: Goal): Micros {
  if (typeof to === "number") return to;
  if ("next" in to) return to.until;
  return "event" in to ? NEVER : after(to.at, micros(1));
}

/** The run that `inputs` describe, as it stands at `to`. */
export function replay(inputs: RunInputs, dataset: DatasetContent, to: Goal): InlineRun {
  const way = new Replay(inputs, dataset, to);
  way.advance();
  return way.run;
}
