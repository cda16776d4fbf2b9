/**
 * The page's one animation loop: pulls a frame, hands it to the draw layers, and folds slow facts into the store at most
 * ten times a second. At most one pull is under way. A hidden tab pulls about once a second, so that nothing is lost.
 */
import type { Frame } from "../../model/protocol/frame.ts";
import type { ClusterSession } from "../../model/protocol/session.ts";
import { frameApplier } from "../store/applyFrame.ts";
import { FrameCollector } from "../store/frameCollector.ts";
import type { FrameSource } from "../store/frameSource.ts";
import type { ViewStore } from "../store/viewStore.ts";
import { type StepTween, TWEEN_TIME, tweenOf } from "./stepTween.ts";

/** The wall, as far as the loop needs it; tests bring their own. */
export interface Wall {
  readonly now: () => number;
  /** Calls back before the next paint; returns the way out. */
  readonly beforePaint: (run: () => void) => () => void;
  /** Calls again and again; returns the way out. */
  readonly every: (milliseconds: number, run: () => void) => () => void;
  readonly isHidden: () => boolean;
  /** Whether things should rather not move. */
  readonly isCalm?: () => boolean;
}

/** Wall time between two folds, at least. */
export const FOLD_INTERVAL = 100;

/** Wall time between two pulls of a hidden tab. */
const HIDDEN_INTERVAL = 1_000;

/** The browser's wall. */
export const browserWall: Wall = {
  now: () => performance.now(),
  beforePaint: (run) => {
    const handle = requestAnimationFrame(run);
    return () => cancelAnimationFrame(handle);
  },
  every: (milliseconds, run) => {
    const handle = setInterval(run, milliseconds);
    return () => clearInterval(handle);
  },
  isHidden: () => document.hidden,
  isCalm: () => matchMedia("(prefers-reduced-motion: reduce)").matches,
};

/** What the loop connects. */
export interface LoopParts {
  readonly session: ClusterSession;
  readonly frames: FrameSource;
  readonly store: ViewStore;
  readonly wall?: Wall;
}

/** Runs the loop until the returned function is called. */
export function startFrameLoop({ session, frames, store, wall = browserWall }: LoopParts): () => void {
  const collector = new FrameCollector();
  const apply = frameApplier(store);
  let isPulling = false;
  let isStopped = false;
  let foldedAt = Number.NEGATIVE_INFINITY;
  let cancelPaint = () => {};

  const fold = () => {
    if (wall.now() - foldedAt < FOLD_INTERVAL) return;
    const batch = collector.take();
    if (batch === undefined) return;
    foldedAt = wall.now();
    apply(batch);
  };

  const move = async (tween: StepTween, frame: Frame) => {
    const began = wall.now();
    for (let share = 0; share < 1 && !isStopped; share = (wall.now() - began) / TWEEN_TIME) {
      frames.show(tween.at(share));
      await new Promise<void>((resolve) => wall.beforePaint(resolve));
    }
    frames.publish(frame);
  };

  const pull = async () => {
    if (isPulling || isStopped) return;
    isPulling = true;
    try {
      const frame = await session.pull();
      if (isStopped) return;
      collector.add(frame);
      const moves = wall.isCalm?.() === false && !wall.isHidden();
      const tween = moves ? tweenOf(frames.latest, frame) : undefined;
      if (tween === undefined) frames.publish(frame);
      else await move(tween, frame);
      fold();
    } catch (error) {
      reportLost(store, error);
    } finally {
      isPulling = false;
    }
  };

  const onPaint = () => {
    cancelPaint = wall.beforePaint(onPaint);
    void pull();
  };

  onPaint();
  const cancelTimer = wall.every(HIDDEN_INTERVAL, () => {
    if (wall.isHidden()) void pull();
  });
  return () => {
    isStopped = true;
    cancelPaint();
    cancelTimer();
  };
}

/** The session itself gave no picture: shown like any failure, and the next pull may mend it. */
function reportLost(store: ViewStore, error: unknown): void {
  const { failure, virtualNow, config } = store.getState();
  if (failure !== undefined) return;
  const message = error instanceof Error ? error.message : String(error);
  store.setState({
    failure: { replicaId: undefined, at: virtualNow, seed: config?.seed ?? 0, message, trace: [] },
    playing: false,
  });
}
