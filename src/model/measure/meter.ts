/**
 * Everything that a comparison measures of one run, from where the run stands when the meter is made. Reads only: whoever
 * takes the run along tells it of every event and of every sample.
 */
import { after, between, type Micros, micros, ZERO } from "../../base/units.ts";
import type { InlineRun } from "../cluster/inline.ts";
import { lagOf, leadingMember, queueDepthOf } from "../cluster/metrics.ts";
import { SAMPLE_INTERVAL } from "../cluster/outbox.ts";
import type { ComparedSpan, RunMeasures, SeriesPoint } from "../protocol/comparison.ts";
import type { Counters } from "../protocol/frame.ts";
import { Availability } from "./availability.ts";
import { Latencies } from "./latencies.ts";
import { together } from "./onlookers.ts";
import { ReadQuality } from "./readQuality.ts";
import { RecallProbe } from "./recall.ts";

/** Points of one series at most: more than there are pixels between two labels. */
const POINTS = 240;

/** From one point to the next, in whole samples. */
export function pointSpacing({ from, to }: ComparedSpan): Micros {
  return micros(SAMPLE_INTERVAL * Math.max(1, Math.ceil(between(from, to) / SAMPLE_INTERVAL / POINTS)));
}

/** What has been seen since the last point. */
interface Gathering {
  lag: Micros;
  queueDepth: number;
  recall: number | null;
}

const NOTHING: Gathering = { lag: ZERO, queueDepth: 0, recall: null };

export class RunMeter {
  readonly #run: InlineRun;
  readonly #latencies: Latencies;
  readonly #readQuality: ReadQuality;
  readonly #availability: Availability;
  readonly #recall: RecallProbe;
  readonly #before: Counters;
  readonly #spacing: Micros;
  readonly #points: SeriesPoint[] = [];
  #gathering: Gathering = { ...NOTHING };
  /** Latencies of writes that are in some point already. */
  #writesTold = 0;
  #nextPointAt: Micros;

  /** Begins to measure `run`. What `earlier` has seen of it, or of the run that it is a copy of, is known and not counted. */
  constructor(run: InlineRun, spacing: Micros, earlier?: RunMeter) {
    this.#run = run;
    this.#spacing = spacing;
    this.#latencies = earlier?.carriedLatencies() ?? new Latencies();
    this.#readQuality = earlier?.carriedQuality(run) ?? new ReadQuality(run.state);
    this.#availability = new Availability(run);
    this.#recall = new RecallProbe(run.state);
    this.#before = { ...run.state.counters };
    this.#nextPointAt = run.state.now;
    const onlookers = [this.#latencies, this.#readQuality, this.#availability, this.#recall];
    run.state.observer = together(onlookers.map(({ onlooker }) => onlooker));
  }

  carriedLatencies(): Latencies {
    return this.#latencies.carriedOn();
  }

  carriedQuality({ state }: InlineRun): ReadQuality {
    return this.#readQuality.carriedOn(state);
  }

  /** To be told between events. */
  look(): void {
    this.#availability.look();
  }

  /** To be told when the run has come to an instant at which samples are taken, all replicas having said where they stand. */
  sample(): void {
    const { state } = this.#run;
    const leader = leadingMember(state);
    const gathering = this.#gathering;
    for (const member of state.members) {
      if (!member.alive) continue;
      gathering.lag = micros(Math.max(gathering.lag, lagOf(leader, member, state.now).lag));
      gathering.queueDepth = Math.max(gathering.queueDepth, queueDepthOf(leader, member));
    }
    const { latest } = this.#recall;
    if (latest !== null) gathering.recall = Math.min(gathering.recall ?? 1, latest);
    if (state.now >= this.#nextPointAt) this.#tell();
  }

  /** The run is at its end: what has been gathered since the last point makes one more. */
  end(): void {
    const last = this.#points.at(-1);
    if (last === undefined || last.at < this.#run.state.now) this.#tell();
  }

  #tell(): void {
    this.#points.push(this.#point());
    this.#gathering = { ...NOTHING };
    this.#nextPointAt = after(this.#nextPointAt, this.#spacing);
  }

  #point(): SeriesPoint {
    const writes = this.#latencies.writesFrom(this.#writesTold);
    this.#writesTold += writes.length;
    return {
      at: this.#run.state.now,
      ...this.#gathering,
      writeMs: writes.length === 0 ? null : writes.reduce((most, value) => Math.max(most, value), 0),
      acknowledged: this.#since("writesAcknowledged"),
      lost: this.#since("acknowledgedWritesLost"),
      stale: this.#readQuality.report().stale,
    };
  }

  #since(counter: keyof Counters): number {
    return this.#run.state.counters[counter] - this.#before[counter];
  }

  /** The series so far. */
  get points(): readonly SeriesPoint[] {
    return this.#points;
  }

  /** Everything up to where the run stands. */
  measures(): RunMeasures {
    const { served, stale } = this.#readQuality.report();
    const { mean, least } = this.#recall.summary();
    const { p50, p99 } = this.#latencies.report().write;
    return {
      acknowledged: this.#since("writesAcknowledged"),
      unknown: this.#since("writesUnknown"),
      failed: this.#since("writesFailed"),
      lost: this.#since("acknowledgedWritesLost"),
      answers: served,
      stale,
      recall: mean,
      leastRecall: least,
      writeP50: p50,
      writeP99: p99,
      unavailable: this.#availability.unavailable(),
      leaderChanges: this.#since("leaderChanges"),
    };
  }
}
