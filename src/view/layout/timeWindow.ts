/**
 * The part of a run that the time axis shows. It follows now until a person moves it, and follows again once they move
 * it back to now. Lengths in microseconds; not rounded, because a window moves by less than one.
 */
import { type Micros, millis, seconds } from "../../base/units.ts";

/** From `start`, `span` long. */
export interface TimeWindow {
  readonly start: number;
  readonly span: number;
}

/**
 * What a person wants to see: a window that stands, or the newest `span` of the run. While the run is shorter than that
 * all of it is shown; an infinite span is the whole run for ever.
 */
export interface TimeView extends TimeWindow {
  readonly isFollowing: boolean;
}

/** What the axis opens with. */
export const DEFAULT_SPAN: number = seconds(20);

/** A flight of 10 ms still fills the axis. */
export const SHORTEST_SPAN: number = millis(5);

/** However short the run is, this much is shown. */
const LEAST_WHOLE: number = seconds(5);

/** Where now stands in a window that follows it, so that there is room for the playhead and the eye. */
export const NOW_SHARE = 0.93;

/** The view as the page opens. */
export const OPENING_VIEW: TimeView = { start: 0, span: DEFAULT_SPAN, isFollowing: true };

/** The whole run at `now`: no window is longer. */
export function longestSpan(now: number): number {
  return Math.max(LEAST_WHOLE, now / NOW_SHARE);
}

/** Whether `view` shows the whole run at `now`. */
export function showsAll(view: TimeView, now: number): boolean {
  return view.isFollowing && view.span >= longestSpan(now);
}

/** What `view` shows at `now`: never more than the run, and never beyond it. */
export function settled(view: TimeView, now: number): TimeView {
  const span = Math.min(view.span, longestSpan(now));
  const latest = latestStart(span, now);
  // A run that began again is shorter than what was looked at.
  const isFollowing = view.isFollowing || view.start > latest;
  return { start: isFollowing ? latest : view.start, span, isFollowing };
}

/**
 * `view`, `factor` times as long; `anchor` stays where it is. It follows now when now has its place in the new window:
 * zooming out or around now keeps following, zooming into the past stops it.
 */
export function zoomed(view: TimeView, factor: number, anchor: number, now: number): TimeView {
  const shown = settled(view, now);
  const span = Math.max(shown.span * factor, SHORTEST_SPAN);
  if (span >= longestSpan(now)) return { start: 0, span: Number.POSITIVE_INFINITY, isFollowing: true };
  const start = Math.max(0, anchor - (anchor - shown.start) * (span / shown.span));
  const latest = latestStart(span, now);
  // Rounding must not end the following: a thousandth of the window is about a pixel.
  const isFollowing = start >= latest - span / 1_000;
  return { span, start: isFollowing ? latest : start, isFollowing };
}

/** `view` moved by `duration`; moved up to now it follows. */
export function panned(view: TimeView, duration: number, now: number): TimeView {
  const shown = settled(view, now);
  const start = Math.max(0, shown.start + duration);
  return start >= latestStart(shown.span, now)
    ? { ...view, isFollowing: true }
    : { start, span: shown.span, isFollowing: false };
}

/** `view` moved as little as need be for `at` to be in it, with a margin of a tenth. */
export function revealing(view: TimeView, at: number, now: number): TimeView {
  const { start, span } = settled(view, now);
  const margin = span / 10;
  if (at < start) return panned(view, at - margin - start, now);
  if (at > start + span) return panned(view, at + margin - start - span, now);
  return view;
}

/** The same span, at now. */
export function following(view: TimeView): TimeView {
  return { ...view, isFollowing: true };
}

/** Where `at` stands in `window` when it is `width` wide. */
export function xOf(window: TimeWindow, width: number, at: number): number {
  return ((at - window.start) / window.span) * width;
}

/** The instant at `x`. */
export function instantAt(window: TimeWindow, width: number, x: number): number {
  return window.start + (x / width) * window.span;
}

/** Parts of a window that a change of its length must reach to be painted: less than a pixel each. */
const LENGTH_PARTS = 4_096;

/**
 * `window` changed by less than a pixel, so that what is painted falls on whole pixels of the device, and a window that
 * grows with a long run is painted anew only now and then.
 */
export function onPixels(window: TimeWindow, width: number, pixelRatio: number): TimeWindow {
  const part = 2 ** Math.floor(Math.log2(window.span / LENGTH_PARTS));
  const span = Math.ceil(window.span / part) * part;
  const pixel = span / (width * pixelRatio);
  return { start: Math.round(window.start / pixel) * pixel, span };
}

/** How far one press of an arrow key moves the reading: a two-hundredth of the window on a 1-2-5 grid. */
export function readingStep(window: TimeWindow): Micros {
  const wanted = Math.max(1, window.span / 200);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const digit = wanted / power;
  return millis(((digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10) * power) / 1_000);
}

function latestStart(span: number, now: number): number {
  return Math.max(0, now - span * NOW_SHARE);
}
