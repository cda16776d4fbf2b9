/**
 * The latest frame and who draws it. One animation loop feeds it; draw layers subscribe and never cause a React render.
 */
import type { Frame } from "../../model/protocol/frame.ts";

/** Called once per animation frame with the newest picture. */
export type FrameListener = (frame: Frame) => void;

export class FrameSource {
  #latest: Frame | undefined;
  readonly #listeners = new Set<FrameListener>();

  /** The newest frame; undefined before the first. */
  get latest(): Frame | undefined {
    return this.#latest;
  }

  /** Calls `listener` for every frame from now on, and at once when there is one already. Returns the way out. */
  subscribe(listener: FrameListener): () => void {
    this.#listeners.add(listener);
    if (this.#latest !== undefined) listener(this.#latest);
    return () => this.#listeners.delete(listener);
  }

  /** Lets every listener draw `frame`, which lies between two pictures and is none itself. */
  show(frame: Frame): void {
    for (const listener of this.#listeners) listener(frame);
  }

  /** Hands a new frame to every listener. */
  publish(frame: Frame): void {
    this.#latest = frame;
    for (const listener of this.#listeners) listener(frame);
  }
}
