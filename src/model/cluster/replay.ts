/**
 * Running inputs again in the calling thread: to an instant, or to right after one event. A long way can be gone in
 * stretches, so that whoever computes it can do something else in between.
 */
import { after, earlier, type Micros, micros, NEVER } from "../../base/units.ts";
import type { DatasetContent } from "../protocol/dataset.ts";
import type { Destination, RunInputs } from "../protocol/session.ts";
import { InlineRun } from "./inline.ts";

export class Replay {
  readonly run: InlineRun;
  readonly #commands: RunInputs["commands"];
  readonly #to: Destination;
  #hasArrived = false;

  /** From virtual 0, or from where `from` stands, which must be on the way and is taken along. */
  constructor(inputs: RunInputs, dataset: DatasetContent, to: Destination, from?: InlineRun) {
    this.run = from ?? new InlineRun(inputs.config, dataset);
    this.#commands = inputs.commands;
    this.#to = to;
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
    const stops = () => this.#isBehind() || enough();
    this.#hasArrived ||= this.#isBehind();
    while (!this.#hasArrived) {
      const next = this.#commands[run.state.commands.length];
      const arrived = run.runUntil(earlier(next?.at ?? this.end, this.end), stops);
      if (arrived && next !== undefined && next.at <= this.end) run.command(next.command);
      else if (arrived) this.#hasArrived = true;
      this.#hasArrived ||= this.#isBehind();
      if (!arrived && !this.#hasArrived) return false;
    }
    return true;
  }

  /** Whether the event that it goes to has happened. */
  #isBehind(): boolean {
    const to = this.#to;
    if (typeof to === "number") return false;
    const { nextEvent, counters } = this.run.state;
    return "event" in to ? counters.eventsProcessed >= to.event : nextEvent > to.sequence;
  }
}

/** The instant at which the way to `to` ends at the latest: everything at the instant of an event may come before it. */
export function endOf(to: Destination): Micros {
  if (typeof to === "number") return to;
  return "event" in to ? NEVER : after(to.at, micros(1));
}

/** The run that `inputs` describe, as it stands at `to`. */
export function replay(inputs: RunInputs, dataset: DatasetContent, to: Destination): InlineRun {
  const way = new Replay(inputs, dataset, to);
  way.advance();
  return way.run;
}
