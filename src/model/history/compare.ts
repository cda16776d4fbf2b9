/**
 * Runs beside each other: the same seed and commands in every mode, or runs as they are. They are computed one after the
 * other in the calling thread, in stretches, and can be looked at afterwards at any instant.
 */
import { present } from "../../base/assert.ts";
import type { ReplicaId } from "../../base/ids.ts";
import { after, between, later, type Micros, micros, ZERO } from "../../base/units.ts";
import { buildFrame } from "../cluster/frame.ts";
import { InlineRun } from "../cluster/inline.ts";
import type { RunMeter } from "../measure/meter.ts";
import {
  COMPARED_MODES,
  type ComparedMotion,
  type ComparedRun,
  type ComparedSpan,
  type ComparisonOrder,
} from "../protocol/comparison.ts";
import type { ReplicationMode } from "../protocol/config.ts";
import type { DatasetContent, DatasetName } from "../protocol/dataset.ts";
import type { Frame } from "../protocol/frame.ts";
import type { RunInputs } from "../protocol/session.ts";
import type { AimedAnew } from "./aims.ts";
import { MeasuredRun } from "./measuredRun.ts";
import { Scout } from "./scout.ts";
import { copyRun } from "./sharing.ts";
import { Timeline } from "./timeline.ts";

/** One of the runs to be compared, before it is computed. */
interface Candidate {
  readonly name: string;
  readonly inputs: RunInputs;
  readonly was: readonly (ReplicaId | undefined)[];
}

type ModesOrder = Extract<ComparisonOrder, { kind: "modes" }>;

function choosesMode({ timed }: AimedAnew): boolean {
  return timed.command.kind === "setMode";
}

/** The run in one mode from the span's beginning on: what was done before stays as it was. */
function modeFromHere(order: ModesOrder, aimed: readonly AimedAnew[], taken: number, mode: ReplicationMode): Candidate {
  const { inputs, from } = order;
  const before = aimed.slice(0, taken).map(({ timed }) => timed);
  const behind = aimed.slice(taken).filter((anew) => !choosesMode(anew));
  const choice = { at: from, command: { kind: "setMode", mode } } as const;
  return {
    name: mode,
    inputs: { ...inputs, commands: [...before, choice, ...behind.map(({ timed }) => timed)] },
    was: [...before.map(() => undefined), undefined, ...behind.map(({ was }) => was)],
  };
}

/** The whole run in one mode. */
function modeFromBeginning({ inputs }: ModesOrder, aimed: readonly AimedAnew[], mode: ReplicationMode): Candidate {
  const { config } = inputs;
  const kept = aimed.filter((anew) => !choosesMode(anew));
  return {
    name: mode,
    inputs: {
      ...inputs,
      config: { ...config, cluster: { ...config.cluster, mode } },
      commands: kept.map(({ timed }) => timed),
    },
    was: kept.map(({ was }) => was),
  };
}

/** A run that is to be looked at: going to an instant from a checkpoint, or on from where it was looked at last. */
class Shown {
  readonly #timeline: Timeline;
  #held: InlineRun | undefined;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  picture(at: Micros, order: ComparedSpan, runId: number, { playing, rate }: ComparedMotion): Frame {
    // The checkpoint at the span's beginning stands right before what happens there: a moment later is behind it.
    const way = this.#timeline.way(later(at, after(order.from, micros(1))), this.#held);
    way.run.state.outbox.awaited = false;
    way.advance();
    this.#held = way.run;
    const frame = buildFrame(way.run.state, {
      runId,
      playing,
      playbackRate: rate,
      reachedRate: playing ? rate : 0,
      failure: undefined,
      travelled: { end: order.to, branch: 0, fact: 0 },
    });
    // Nobody reads the feed or the receipts of a small stage; what carries embeddings stays in this thread.
    return { ...frame, events: [], receipts: [] };
  }
}

export class Comparer {
  readonly #order: ComparisonOrder;
  readonly #datasetByName: (name: DatasetName) => DatasetContent;
  readonly #scout: Scout | undefined;
  #candidates: readonly Candidate[] | undefined;
  readonly #done: ComparedRun[] = [];
  readonly #shown: Shown[] = [];
  #current: MeasuredRun | undefined;
  #timeline: Timeline | undefined;

  /** Nothing is computed yet. The span must not be empty. */
  constructor(order: ComparisonOrder, datasetByName: (name: DatasetName) => DatasetContent) {
    this.#order = order;
    this.#datasetByName = datasetByName;
    if (order.kind === "runs") this.#candidates = order.runs.map((run) => ({ ...run, was: [] }));
    else this.#scout = new Scout(order.inputs, this.#dataset(order.inputs), order);
  }

  /** How much has been computed, by virtual time. */
  get share(): number {
    const { from, to } = this.#order;
    const { reached, end } = this.#scout?.way ?? { reached: ZERO, end: ZERO };
    const start = this.#startsAtSpan() ? from : ZERO;
    const runs = this.#order.kind === "runs" ? this.#order.runs.length : COMPARED_MODES.length;
    const computed = this.#done.length * between(start, to) + between(start, this.#current?.now ?? start);
    return (reached + computed) / Math.max(1, end + runs * between(start, to));
  }

  /** What was found; undefined before everything is computed. */
  get result(): readonly ComparedRun[] | undefined {
    return this.#candidates !== undefined && this.#done.length === this.#candidates.length ? this.#done : undefined;
  }

  /** Goes on until everything is computed, or until `enough` says so every few events. */
  advance(enough: () => boolean = () => false): boolean {
    if (this.#scout !== undefined && this.#candidates === undefined) {
      if (!this.#scout.advance(enough)) return false;
      this.#candidates = this.#modes(this.#scout);
    }
    for (;;) {
      const candidate = this.#candidates?.[this.#done.length];
      if (candidate === undefined) return true;
      this.#current ??= this.#begin(candidate);
      if (!this.#current.advance(enough)) return false;
      this.#done.push(this.#current.result());
      this.#shown.push(new Shown(present(this.#timeline, "the timeline of the run that was measured")));
      this.#current = undefined;
    }
  }

  /** All runs at `at`. */
  pictures(at: Micros, motion: ComparedMotion): readonly Frame[] {
    return this.#shown.map((shown, position) => shown.picture(at, this.#order, position + 1, motion));
  }

  #dataset({ config }: RunInputs): DatasetContent {
    return this.#datasetByName(config.workload.dataset);
  }

  #startsAtSpan(): boolean {
    return this.#order.kind === "modes" && this.#order.since === "here";
  }

  #modes({ aimed, departure }: Scout): readonly Candidate[] {
    const order = this.#order;
    if (order.kind !== "modes") return [];
    const { commands } = present(departure, "the run at the beginning of the span").run.state;
    return COMPARED_MODES.map((mode) =>
      order.since === "here"
        ? modeFromHere(order, aimed, commands.length, mode)
        : modeFromBeginning(order, aimed, mode),
    );
  }

  #begin({ name, inputs, was }: Candidate): MeasuredRun {
    const dataset = this.#dataset(inputs);
    const timeline = new Timeline(inputs, dataset);
    this.#timeline = timeline;
    const { run, meter } = this.#start(inputs, dataset);
    const { from, to } = this.#order;
    const span = { from, to: later(from, to) };
    return new MeasuredRun({ name, inputs, was, span, run, meter, timeline });
  }

  /** A run from virtual 0, or a copy of the one at the beginning of the span. */
  #start(inputs: RunInputs, dataset: DatasetContent): { readonly run: InlineRun; readonly meter?: RunMeter } {
    if (!this.#startsAtSpan()) return { run: new InlineRun(inputs.config, dataset) };
    const { run, meter } = present(this.#scout?.departure, "the run at the beginning of the span");
    return { run: copyRun(run, dataset), meter };
  }
}
