/**
 * A session that plays a hand-made frame instead of a run: commands are recorded, answers are prepared by the test. With
 * a clock it moves virtual time and lets the frame's messages travel round and round, for looking at the view without
 * a model.
 */
import { type Micros, micros, ZERO } from "../../src/base/units.ts";
import type { Chronicle, ChronicleSpan, Explanation, Question } from "../../src/model/protocol/chronicle.ts";
import type { PersonalCommand } from "../../src/model/protocol/commands.ts";
import { MODEL_VERSION } from "../../src/model/protocol/config.ts";
import type { FlightFrame, Frame, SearchComparison } from "../../src/model/protocol/frame.ts";
import type { Holdings, HoldingsKnown } from "../../src/model/protocol/holdings.ts";
import type { Item } from "../../src/model/protocol/item.ts";
import type { IndexReport, SearchPath } from "../../src/model/protocol/searchIndex.ts";
import type {
  ClusterSession,
  CommandOutcome,
  Destination,
  Finding,
  RunInputs,
  Sought,
} from "../../src/model/protocol/session.ts";
import { healthyTrio } from "./frames.ts";

/** What a test prepares. */
export interface FakeParts {
  readonly frame?: Frame;
  readonly items?: readonly Item[];
  readonly comparison?: SearchComparison;
  /** Wall milliseconds; given, virtual time moves while the fake plays. */
  readonly now?: () => number;
  /** Answers a command; by default every one is taken. */
  readonly answer?: (command: PersonalCommand) => CommandOutcome;
}

export class FakeSession implements ClusterSession {
  /** What the page asked for, in order. */
  readonly commands: PersonalCommand[] = [];
  readonly opened: { readonly inputs: RunInputs; readonly at: Micros }[] = [];
  readonly searches: Float32Array[] = [];
  readonly rates: number[] = [];
  steps = 0;
  stepsBack = 0;
  readonly sought: Destination[] = [];
  readonly soughtNext: { readonly what: Sought; readonly until: Micros }[] = [];
  /** What looking for something gives. */
  finding: Finding = "found";
  comparison: SearchComparison | undefined;
  itemsNow: readonly Item[];
  #frame: Frame;
  #lastPull: number | undefined;
  readonly #now: (() => number) | undefined;
  readonly #answer: (command: PersonalCommand) => CommandOutcome;

  constructor(parts: FakeParts = {}) {
    this.#frame = parts.frame ?? healthyTrio;
    this.itemsNow = parts.items ?? [];
    this.comparison = parts.comparison;
    this.#now = parts.now;
    this.#answer = parts.answer ?? (() => ({ taken: true, at: this.#frame.virtualNow }));
  }

  /** The frame as it will be pulled next. */
  get frame(): Frame {
    return this.#frame;
  }

  /** Changes what the next pull gives. */
  show(parts: Partial<Frame>): void {
    this.#frame = { ...this.#frame, ...parts };
  }

  open(inputs: RunInputs, to: Destination): Promise<boolean> {
    const at = typeof to === "number" ? to : "at" in to ? to.at : micros(to.event);
    this.opened.push({ inputs, at });
    this.show({ runId: this.#frame.runId + 1, config: inputs.config, virtualNow: at });
    return Promise.resolve(true);
  }

  cancelOpening(): Promise<void> {
    this.show({ opening: undefined, indexing: undefined });
    return Promise.resolve();
  }

  inputs(): Promise<{ readonly inputs: RunInputs; readonly at: Micros }> {
    const inputs = { modelVersion: MODEL_VERSION, config: this.#frame.config, commands: [] };
    return Promise.resolve({ inputs, at: this.#frame.virtualNow });
  }

  pull(): Promise<Frame> {
    this.#advance();
    const pulled = this.#frame;
    this.show({ events: [], lanes: [], recalls: [], writes: [], eventsOmitted: 0 });
    return Promise.resolve(pulled);
  }

  command(command: PersonalCommand): Promise<CommandOutcome> {
    this.commands.push(command);
    return Promise.resolve(this.#answer(command));
  }

  play(): Promise<void> {
    this.show({ playing: true });
    return Promise.resolve();
  }

  pause(): Promise<void> {
    this.show({ playing: false });
    return Promise.resolve();
  }

  setPlaybackRate(rate: number): Promise<void> {
    this.rates.push(rate);
    this.show({ playbackRate: rate, reachedRate: rate });
    return Promise.resolve();
  }

  seek(to: Destination): Promise<boolean> {
    const at = typeof to === "number" ? to : "at" in to ? to.at : micros(to.event);
    this.sought.push(to);
    this.show({ playing: false, virtualNow: at });
    return Promise.resolve(true);
  }

  seekNext(what: Sought, until: Micros): Promise<Finding> {
    this.soughtNext.push({ what, until });
    this.show({ playing: false });
    return Promise.resolve(this.finding);
  }

  stepBack(): Promise<void> {
    this.stepsBack += 1;
    this.show({ playing: false });
    return Promise.resolve();
  }

  step(): Promise<void> {
    this.steps += 1;
    this.show({ playing: false });
    return Promise.resolve();
  }

  search(query: Float32Array, _k: number): Promise<SearchComparison> {
    this.searches.push(query);
    if (this.comparison === undefined) return Promise.reject(new Error("the test prepared no comparison"));
    return Promise.resolve(this.comparison);
  }

  items(): Promise<readonly Item[]> {
    return Promise.resolve(this.itemsNow);
  }

  /** What a test lets be told of indexes; there are none until then. */
  indexReportNow: IndexReport = { at: ZERO, k: 10, queries: 32, replicas: [], converged: undefined };
  searchPathNow: SearchPath | undefined;

  indexReport(): Promise<IndexReport> {
    return Promise.resolve(this.indexReportNow);
  }

  searchPath(): Promise<SearchPath | undefined> {
    return Promise.resolve(this.searchPathNow);
  }

  /** What a test lets the replicas hold; nothing until then. */
  holdingsNow: Holdings = {
    at: ZERO,
    known: { epoch: 1, revision: 0 },
    size: 0,
    news: { positions: new Uint32Array(), ids: [], payloads: [], embeddings: new Float32Array(), dimension: 0 },
    truth: new Uint8Array(),
    replicas: [],
  };
  /** What the page said it knew, question by question. */
  readonly holdingsAsked: HoldingsKnown[] = [];

  holdings(known: HoldingsKnown): Promise<Holdings> {
    this.holdingsAsked.push(known);
    return Promise.resolve(this.holdingsNow);
  }

  /** What a test lets have happened, and why. */
  chronicleNow: Chronicle | undefined;
  explanationNow: Explanation | undefined;

  chronicle(span: ChronicleSpan): Promise<Chronicle> {
    const { runId } = this.#frame;
    const nothing = { runId, branch: 0, ...span, isCut: false, beginning: [], events: [], messages: [] };
    return Promise.resolve(this.chronicleNow ?? nothing);
  }

  readonly whyAsked: Question[] = [];

  why(question: Question): Promise<Explanation | undefined> {
    this.whyAsked.push(question);
    return Promise.resolve(this.explanationNow);
  }

  hashNow(): Promise<{ readonly at: Micros; readonly runHash: string }> {
    return Promise.resolve({ at: this.#frame.virtualNow, runHash: this.#frame.runHash });
  }

  #advance(): void {
    const wall = this.#now?.();
    if (wall === undefined) return;
    const passed = wall - (this.#lastPull ?? wall);
    this.#lastPull = wall;
    if (!this.#frame.playing) return;
    const virtualNow = micros(this.#frame.virtualNow + passed * 1_000 * this.#frame.playbackRate);
    this.show({ virtualNow, flights: this.#frame.flights.map((flight) => again(flight, virtualNow)) });
  }
}

/** The same message, sent anew once it has arrived or burst. */
function again(flight: FlightFrame, now: Micros): FlightFrame {
  const way = flight.deliverAt - flight.sentAt;
  if (now < flight.deliverAt) return flight;
  const rounds = Math.floor((now - flight.sentAt) / way);
  return {
    ...flight,
    sentAt: micros(flight.sentAt + rounds * way),
    deliverAt: micros(flight.deliverAt + rounds * way),
    lostAt: flight.lostAt === undefined ? undefined : micros(flight.lostAt + rounds * way),
  };
}
