/**
 * Before an index takes effect it is built, in slices, while the run stands still: the command finds it ready, however
 * much there is to build. Given up in between, everything is as it was.
 */
import type { PersonalCommand } from "../model/protocol/commands.ts";
import type { SearchIndexConfig } from "../model/protocol/config.ts";
import type { Indexing } from "../model/protocol/frame.ts";
import type { IndexProgress } from "../model/protocol/searchIndex.ts";
import type { RecordedOutcome } from "./steerable.ts";
import type { Turns } from "./turns.ts";
import type { WallClock } from "./wallClock.ts";

/** Builds for so many wall milliseconds; how far it is then. Undefined when there is no run to build for. */
export type BuildSlice = (index: SearchIndexConfig, budget: number) => Promise<IndexProgress | undefined>;

/** Wall milliseconds of one slice: pictures get in between. */
const SLICE = 40;

const GIVEN_UP: RecordedOutcome = {
  taken: false,
  problem: { field: "index", message: "Building the index was given up: nothing has changed." },
};

export class Preparation {
  readonly #turns: Turns;
  readonly #clock: WallClock;
  readonly #build: BuildSlice;
  readonly #goOn: () => void;
  /** Counts those that were begun or given up: the last one counts. */
  #count = 0;
  #underWay = 0;
  #progress: IndexProgress | undefined;

  /** `goOn` is called whenever the run need not stand still any more. */
  constructor(turns: Turns, clock: WallClock, build: BuildSlice, goOn: () => void) {
    this.#turns = turns;
    this.#clock = clock;
    this.#build = build;
    this.#goOn = goOn;
  }

  /** Whether the run has to stand still. */
  get isOn(): boolean {
    return this.#underWay > 0;
  }

  /** Gives up what is being built. */
  cancel(): void {
    this.#count += 1;
  }

  /** Takes `command` by `take`; one that sets an index once that is built. */
  async before(command: PersonalCommand, take: () => Promise<RecordedOutcome>): Promise<RecordedOutcome> {
    if (command.kind !== "setSearchIndex" || command.index === undefined) return await take();
    const { index } = command;
    this.#count += 1;
    const count = this.#count;
    this.#underWay += 1;
    try {
      for (let isBuilt = false; !isBuilt; ) {
        if (count !== this.#count) return GIVEN_UP;
        const progress = await this.#turns.take(() => this.#build(index, SLICE));
        this.#progress = progress;
        isBuilt = progress === undefined || progress.done === progress.total;
        // Whoever else waits in this thread has a turn too.
        if (!isBuilt) await new Promise<void>((resolve) => this.#clock.after(0, resolve));
      }
      return count === this.#count ? await take() : GIVEN_UP;
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) {
        this.#progress = undefined;
        this.#goOn();
      }
    }
  }

  /** What the picture shows of indexes that are being built: of a way to a moment, before a setting, or of the run itself. */
  indexing(ofWay: IndexProgress | undefined, ofRun: IndexProgress | undefined): Indexing | undefined {
    const given = ofWay ?? this.#progress;
    if (given !== undefined) return { ...given, canCancel: true };
    return ofRun && { ...ofRun, canCancel: false };
  }
}
