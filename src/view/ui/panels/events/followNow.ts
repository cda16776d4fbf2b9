/**
 * Keeps the playhead's place in the feed in sight: after every seek, and while the run plays as long as nobody has
 * scrolled by hand. The focus stays where it is, and nothing but the feed's own panel scrolls.
 */
import { type RefObject, useEffect, useRef } from "react";

/** Where the run stands, as far as it matters here. */
export interface Standing {
  readonly now: number;
  readonly playing: boolean;
  /** Whether it stands before the end of what is known. */
  readonly isBack: boolean;
}

/** Whether somebody was taken elsewhere: time does not go backwards by itself, and not at all while it stands. */
export function isSought(before: Standing, after: Standing): boolean {
  const stands = !before.playing && !after.playing;
  return after.now < before.now || (stands && after.now !== before.now);
}

/** Where a panel has to stand so that a line is in its middle; where it stands, if the whole line is seen already. */
export function scrollTo(
  panel: { readonly top: number; readonly height: number; readonly scrolled: number },
  line: { readonly top: number; readonly height: number },
): number {
  const above = line.top - panel.top;
  if (above >= 0 && above + line.height <= panel.height) return panel.scrolled;
  return Math.max(0, panel.scrolled + above - (panel.height - line.height) / 2);
}

const SCROLL_KEYS: ReadonlySet<string> = new Set(["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " "]);

/** Notes in `isByHand` that a person scrolls `panel`: by wheel, finger, key or the bar. */
function watchHand(panel: HTMLElement, isByHand: { current: boolean }): () => void {
  const stop = new AbortController();
  const byHand = () => {
    isByHand.current = true;
  };
  for (const kind of ["wheel", "touchmove"] as const) {
    panel.addEventListener(kind, byHand, { passive: true, signal: stop.signal });
  }
  panel.addEventListener("pointerdown", ({ target }) => target === panel && byHand(), { signal: stop.signal });
  panel.addEventListener("keydown", ({ key }) => SCROLL_KEYS.has(key) && byHand(), { signal: stop.signal });
  return () => stop.abort();
}

function showLine(panel: HTMLElement, line: Element | null): void {
  if (line === null) {
    panel.scrollTop = 0;
    return;
  }
  const [outer, inner] = [panel.getBoundingClientRect(), line.getBoundingClientRect()];
  panel.scrollTop = scrollTo({ top: outer.top, height: panel.clientHeight, scrolled: panel.scrollTop }, inner);
}

/** Follows the line that says where now is, in the panel around `list`; without one now is at the top. */
export function useFollowNow(list: RefObject<HTMLElement | null>, standing: Standing): void {
  const isByHand = useRef(false);
  const before = useRef<Standing>({ now: standing.now, playing: standing.playing, isBack: false });
  useEffect(() => {
    const panel = list.current?.closest<HTMLElement>(".panel-body");
    return panel === null || panel === undefined ? undefined : watchHand(panel, isByHand);
  }, [list]);
  useEffect(() => {
    const { current: last } = before;
    before.current = standing;
    if (isSought(last, standing)) isByHand.current = false;
    // At the end the newest stand at the top: whoever has scrolled down there reads.
    const moves = isSought(last, standing) || standing.isBack || last.isBack;
    const panel = list.current?.closest<HTMLElement>(".panel-body");
    if (!moves || isByHand.current || panel === null || panel === undefined) return;
    showLine(panel, list.current?.querySelector(".event-now") ?? null);
  });
}
