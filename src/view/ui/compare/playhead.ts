/**
 * The common playhead of compared runs. It moves with the wall while it plays; whoever draws hears of every move, panels
 * at most ten times a second. Only the newest picture is asked for: one at a time, and none is drawn late.
 */
import { type Micros, micros } from "../../../base/units.ts";
import type { ComparedMotion, ComparedSpan } from "../../../model/protocol/comparison.ts";
import type { Frame } from "../../../model/protocol/frame.ts";

/** Virtual seconds per wall second, in the order in which they are offered. */
export const RATES = [0.05, 0.2, 1, 5, 20] as const;

/** Wall milliseconds between two moves that panels hear of. */
const PANEL_INTERVAL = 100;

/** What a playhead asks for. */
export interface PlayheadParts {
  readonly span: ComparedSpan;
  readonly pictures: (at: Micros, motion: ComparedMotion) => Promise<readonly Frame[]>;
  readonly onProblem: (error: unknown) => void;
}

type Listener = () => void;

export class Playhead {
  readonly #parts: PlayheadParts;
  readonly #drawers = new Set<Listener>();
  readonly #panels = new Set<Listener>();
  #at: Micros;
  #panelAt: Micros;
  #toldAt = Number.NEGATIVE_INFINITY;
  #rate: number = 1;
  #isPlaying = false;
  #frames: readonly Frame[] = [];
  #isAsking = false;
  #isStale = false;
  #paint: number | undefined;
  #lastTick = 0;

  constructor(parts: PlayheadParts) {
    this.#parts = parts;
    this.#at = parts.span.from;
    this.#panelAt = this.#at;
  }

  get span(): ComparedSpan {
    return this.#parts.span;
  }

  /** The newest pictures, one for each run; empty before the first. */
  get frames(): readonly Frame[] {
    return this.#frames;
  }

  get rate(): number {
    return this.#rate;
  }

  get isPlaying(): boolean {
    return this.#isPlaying;
  }

  /** The instant for what is read: it may be a tenth of a second behind what is drawn. */
  readonly panelAt = (): Micros => this.#panelAt;

  /** Calls `listener` with every new picture. Returns the way out. */
  readonly onDraw = (listener: Listener): (() => void) => {
    this.#drawers.add(listener);
    return () => this.#drawers.delete(listener);
  };

  /** Calls `listener` when what panels show has changed. Returns the way out. */
  readonly onPanel = (listener: Listener): (() => void) => {
    this.#panels.add(listener);
    return () => this.#panels.delete(listener);
  };

  /** Goes to `at`, or as near as the span allows. */
  seek(at: number): void {
    this.pause();
    this.#move(at);
  }

  play(): void {
    const { from, to } = this.#parts.span;
    if (this.#isPlaying) return;
    if (this.#at >= to) this.#move(from);
    this.#isPlaying = true;
    this.#lastTick = performance.now();
    this.#tellPanels();
    this.#paintNext();
  }

  pause(): void {
    if (this.#paint !== undefined) cancelAnimationFrame(this.#paint);
    this.#paint = undefined;
    if (!this.#isPlaying) return;
    this.#isPlaying = false;
    this.#ask();
    this.#tellPanels();
  }

  setRate(rate: number): void {
    this.#rate = rate;
    this.#tellPanels();
  }

  /** Asks for the pictures where it stands. */
  begin(): void {
    this.#ask();
  }

  #paintNext(): void {
    this.#paint = requestAnimationFrame((now) => {
      const passed = Math.max(0, now - this.#lastTick);
      this.#lastTick = now;
      this.#move(this.#at + passed * 1_000 * this.#rate);
      if (this.#at >= this.#parts.span.to) this.pause();
      else this.#paintNext();
    });
  }

  #move(at: number): void {
    const { from, to } = this.#parts.span;
    this.#at = micros(Math.min(to, Math.max(from, at)));
    this.#ask();
    if (!this.#isPlaying || performance.now() - this.#toldAt >= PANEL_INTERVAL) this.#tellPanels();
  }

  #tellPanels(): void {
    this.#toldAt = performance.now();
    this.#panelAt = this.#at;
    for (const listener of this.#panels) listener();
  }

  #ask(): void {
    this.#isStale = true;
    if (!this.#isAsking) void this.#fetch();
  }

  async #fetch(): Promise<void> {
    this.#isAsking = true;
    try {
      while (this.#isStale) {
        this.#isStale = false;
        this.#frames = await this.#parts.pictures(this.#at, { playing: this.#isPlaying, rate: this.#rate });
        for (const listener of this.#drawers) listener();
      }
    } catch (error) {
      this.pause();
      this.#isStale = false;
      this.#parts.onProblem(error);
    } finally {
      this.#isAsking = false;
    }
  }
}
