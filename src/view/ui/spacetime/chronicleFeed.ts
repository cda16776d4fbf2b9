/**
 * The part of the run that the diagram knows: asked for as the window moves and as the run goes on, one part at a time,
 * each beside the one before. Another run, or another branch of it, begins from nothing.
 */
import { micros } from "../../../base/units.ts";
import type { Chronicle } from "../../../model/protocol/chronicle.ts";
import { NO_PASSAGE, type Passage } from "../../layout/spacetime.ts";
import { joined, MOST_EVENTS } from "../../layout/spacetimePassage.ts";
import type { AppServices } from "../appContext.ts";

/** Wall milliseconds between two parts while the run goes on. */
const PAUSE = 200;
/** Virtual microseconds beside the window that are asked for too. */
const MARGIN = 200_000;

export class ChronicleFeed {
  readonly #services: AppServices;
  readonly #onChange: () => void;
  #passage: Passage = NO_PASSAGE;
  #of = { runId: 0, branch: 0 };
  #isAsking = false;
  #askedAt = Number.NEGATIVE_INFINITY;
  #isClosed = false;

  constructor(services: AppServices, onChange: () => void) {
    this.#services = services;
    this.#onChange = onChange;
  }

  get passage(): Passage {
    return this.#passage;
  }

  close(): void {
    this.#isClosed = true;
  }

  /** Asks for what is missing of a window, unless something is being asked for already. */
  want(from: number, to: number): void {
    const frame = this.#services.frames.latest;
    if (frame === undefined || this.#isAsking || this.#isClosed) return;
    const { runId, travelled, playing } = frame;
    if (runId !== this.#of.runId || travelled.branch !== this.#of.branch) {
      this.#of = { runId, branch: travelled.branch };
      this.#passage = NO_PASSAGE;
      this.#onChange();
    }
    if (playing && performance.now() - this.#askedAt < PAUSE) return;
    const part = this.#missing(Math.max(0, Math.floor(from)), Math.min(Math.ceil(to), travelled.end + 1));
    if (part !== undefined) void this.#ask(part.from, part.to);
  }

  #missing(from: number, to: number): { readonly from: number; readonly to: number } | undefined {
    const known = this.#passage;
    if (to <= from) return undefined;
    const isEmpty = known.to === known.from;
    if (isEmpty || to < known.from || from > known.to) return { from: Math.max(0, from - MARGIN), to };
    if (to > known.to) return { from: known.to, to };
    // What was given up at this end for the other is not asked for again.
    const isFull = known.events.length >= MOST_EVENTS && known.to <= to;
    return from < known.from && !isFull ? { from: Math.max(0, from - MARGIN), to: known.from } : undefined;
  }

  async #ask(from: number, to: number): Promise<void> {
    this.#isAsking = true;
    this.#askedAt = performance.now();
    try {
      const { session } = this.#services;
      this.#take(await session.chronicle({ from: micros(from), to: micros(to), limit: MOST_EVENTS }));
    } catch {
      // The run has stopped, and the page says so. What is known stays.
    } finally {
      this.#isAsking = false;
    }
  }

  #take(part: Chronicle): void {
    const { runId, branch } = this.#of;
    if (this.#isClosed || part.runId !== runId || part.branch !== branch) return;
    this.#passage = joined(this.#passage, part);
    this.#onChange();
  }
}
