/**
 * The colours and the face of the axis, read from the page's tokens once per theme, because a canvas cannot name a
 * custom property. Nothing here is a colour of its own.
 */
import type { Term } from "../../../base/ids.ts";
import { HUES, hueOf } from "../draw/hues.ts";

/** How one term is painted. */
export interface TermInk {
  readonly fill: string;
  readonly on: string;
  readonly edge: string;
}

export interface AxisInk {
  readonly panel: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly amber: string;
  readonly amberText: string;
  readonly terms: readonly TermInk[];
  /** Canvas fonts: labels, and the same in bold. */
  readonly label: string;
  readonly strong: string;
}

/** The tokens as they are now. */
export function readInk(element: Element): AxisInk {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const face = `${token("--text-1") || "13px"} ${token("--font") || "sans-serif"}`;
  return {
    panel: token("--panel"),
    line: token("--line"),
    lineStrong: token("--line-strong"),
    ink: token("--ink"),
    ink2: token("--ink-2"),
    ink3: token("--ink-3"),
    amber: token("--amber"),
    amberText: token("--amber-text"),
    terms: Array.from({ length: HUES }, (_, place) => ({
      fill: token(`--term-${place + 1}`),
      on: token(`--term-${place + 1}-on`),
      edge: token(`--term-${place + 1}-edge`),
    })),
    label: `450 ${face}`,
    strong: `600 ${face}`,
  };
}

const NO_INK: TermInk = { fill: "", on: "", edge: "" };

/** The hue of `term`. */
export function termInk(ink: AxisInk, term: Term): TermInk {
  return ink.terms[hueOf(term) - 1] ?? NO_INK;
}

/** Calls `changed` whenever the page's theme or scale changes. Returns the way out. */
export function watchInk(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme", "data-presenter", "class"] });
  document.fonts?.ready.then(changed, changed);
  return () => observer.disconnect();
}
