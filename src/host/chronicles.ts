/**
 * Looking back at the run that is open, event by event: in copies of it, in slices, one after the other. The run goes on
 * meanwhile, and is not touched.
 */
import { earlier, type Micros, micros, seconds, ZERO } from "../base/units.ts";
import type { Chronicler } from "../model/history/chronicle.ts";
import { Recording, type Written } from "../model/history/recording.ts";
import type { Timeline } from "../model/history/timeline.ts";
import { explain } from "../model/history/why.ts";
import type { ChronicleSpan, Explanation, Question } from "../model/protocol/chronicle.ts";
import { Turns } from "./turns.ts";
import type { WallClock } from "./wallClock.ts";

/** Wall milliseconds of a slice: shorter than the time between two pictures. */
const SLICE = 6;
/** Events between two looks at the clock. */
const EVENTS_PER_LOOK = 32;
/** How far back reasons are looked for, one after the other. */
const REACHES: readonly Micros[] = [seconds(1), seconds(5), seconds(25), seconds(125)];
/** Less than this is no explanation. */
const LEAST_REACH = seconds(1);
/** Events that are looked at for one explanation, and for one that is to look further back. */
const WHY_LIMIT = 40_000;
const FAR_LIMIT = 300_000;

export class Chronicles {
  readonly #timeline: Timeline;
  readonly #clock: WallClock;
  readonly #turns = new Turns();
  /** Who wrote the last span, for one that goes on from there. */
  #near: Chronicler | undefined;

  constructor(timeline: Timeline, clock: WallClock) {
    this.#timeline = timeline;
    this.#clock = clock;
  }

  /** The commands of the run have changed. */
  branched(): void {
    this.#near = undefined;
  }

  /** What happened in `span`, as far as the run has been. */
  record(span: ChronicleSpan, end: Micros): Promise<Written> {
    return this.#turns.take(() => this.#write(withinRun(span, end)));
  }

  /** Why something happened, from as far back as it takes; undefined when it did not happen. */
  why(question: Question): Promise<Explanation | undefined> {
    return this.#turns.take(async () => {
      if (question.reach !== undefined) return await this.#far(question, question.reach);
      let found: Explanation | undefined;
      for (const reach of REACHES) {
        const looked = await this.#look(question, reach, WHY_LIMIT);
        // Cut short it may end before what is asked about.
        if (looked === "too much") break;
        found = looked ?? found;
        if (question.at <= reach || (looked !== undefined && looked.lookedBack === undefined)) break;
      }
      return found;
    });
  }

  /** From as far back as `reach`, or from half as far where that is too much. */
  async #far(question: Question, reach: Micros): Promise<Explanation | undefined> {
    let isLess = false;
    for (let tried = reach; tried >= LEAST_REACH; tried = micros(Math.floor(tried / 2))) {
      const looked = await this.#look(question, tried, FAR_LIMIT);
      if (looked === "too much") {
        isLess = true;
        continue;
      }
      const { lookedBack } = looked ?? {};
      return isLess && looked && lookedBack ? { ...looked, lookedBack: { ...lookedBack, goesOn: false } } : looked;
    }
    return undefined;
  }

  async #look(question: Question, reach: Micros, limit: number): Promise<Explanation | "too much" | undefined> {
    const from = micros(Math.max(ZERO, question.at - reach));
    const written = await this.#write({ from, to: micros(question.at + 1), limit });
    if (written.isCut) return "too much";
    const explained = explain(written, question);
    if (explained === undefined || from === ZERO || !explained.isShort) return explained?.explanation;
    return { ...explained.explanation, lookedBack: { to: from, goesOn: true } };
  }

  async #write(span: ChronicleSpan): Promise<Written> {
    const near = this.#near;
    this.#near = undefined;
    const recording = new Recording(this.#timeline, span, near);
    const { inputs } = this.#timeline;
    let events = 0;
    let end = this.#clock.now() + SLICE;
    const enough = () => {
      events += 1;
      return events % EVENTS_PER_LOOK === 0 && this.#clock.now() >= end;
    };
    while (!recording.advance(enough)) {
      await new Promise<void>((resolve) => this.#clock.after(0, resolve));
      end = this.#clock.now() + SLICE;
    }
    if (inputs === this.#timeline.inputs) this.#near = recording.chronicler;
    return recording.result();
  }
}

/** The part of `span` that the run has been through. */
function withinRun({ from, to, limit }: ChronicleSpan, end: Micros): ChronicleSpan {
  const until = earlier(to, micros(end + 1));
  return { from: earlier(from, until), to: until, limit };
}
