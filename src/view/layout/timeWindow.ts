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

/** A window and whether it moves with now. */
export interface TimeView extends TimeWindow {
  readonly isFollowing: boolean;
}

/** What the axis opens with. */
export const DEFAULT_SPAN: number = seconds(20);

/** A flight of 10 ms still fills the axis. */
export const SHORTEST_SPAN: number = millis(5);

/** Where now stands in a window that follows it, so that there is room for the playhead and the eye. */
export const NOW_SHARE = 0.93;

/** The window as the page opens. */
export const OPENING_VIEW: TimeView = { start: 0, span: DEFAULT_SPAN, isFollowing: true };

/** The longest window: the whole run, and never less than the default. */
export function longestSpan(now: number): number {
  return Math.max(DEFAULT_SPAN, now / NOW_SHARE);
}

/** `view` at `now`: where it follows, now stands at {@link NOW_SHARE} once the run is that long. */
export function settled(view: TimeView, now: number): TimeView {
  const start = latestStart(view.span, now);
  if (view.isFollowing) return view.start === start ? view : { ...view, start };
  // A run that began again is shorter than what was looked at.
  return view.start > start ? { ...view, start, isFollowing: true } : view;
}

/**
 * `view`, `factor` times as long; `anchor` stays where it is. It follows now when now has its place in the new window:
 * zooming out or around now keeps following, zooming into the past stops it.
 */
export function zoomed(view: TimeView, factor: number, anchor: number, now: number): TimeView {
  const span = Math.min(Math.max(view.span * factor, SHORTEST_SPAN), longestSpan(now));
  const start = Math.max(0, anchor - (anchor - view.start) * (span / view.span));
  const latest = latestStart(span, now);
  // Rounding must not end the following: a thousandth of the window is less than a pixel.
  const isFollowing = start >= latest - span / 1_000;
  return { span, start: isFollowing ? latest : start, isFollowing };
}

/** `view` moved by `duration`; moved up to now it follows. */
export function panned(view: TimeView, duration: number, now: number): TimeView {
  const start = Math.max(0, view.start + duration);
  return { span: view.span, start, isFollowing: start >= latestStart(view.span, now) };
}

/** `view` moved as little as need be for `at` to be in it, with a margin of a tenth. */
export function revealing(view: TimeView, at: number, now: number): TimeView {
  const margin = view.span / 10;
  if (at < view.start) return panned(view, at - margin - view.start, now);
  if (at > view.start + view.span) return panned(view, at + margin - view.start - view.span, now);
  return view;
}

/** The same span, at now. */
export function following(view: TimeView, now: number): TimeView {
  return settled({ ...view, isFollowing: true }, now);
}

/** Where `at` stands in `window` when it is `width` wide. */
export function xOf(window: TimeWindow, width: number, at: number): number {
  return ((at - window.start) / window.span) * width;
}

/** The instant at `x`. */
export function instantAt(window: TimeWindow, width: number, x: number): number {
  return window.start + (x / width) * window.span;
}

/** `window` moved by less than a pixel, so that what is painted falls on whole pixels of the device. */
export function onPixels(window: TimeWindow, width: number, pixelRatio: number): TimeWindow {
  const pixel = window.span / (width * pixelRatio);
  return { start: Math.round(window.start / pixel) * pixel, span: window.span };
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
