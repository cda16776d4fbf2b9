/** The tokens' colours for the canvas, read from the document and read again when the theme changes. */
import { HUES } from "./hues.ts";

/** Colours of one theme. */
export interface Palette {
  readonly surface: string;
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  /** By hue, 0 for none: fill and edge. */
  readonly hue: readonly string[];
  readonly edge: readonly string[];
  readonly font: string;
}

/** Reads the colours in force for `element`. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const token = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise;
  const ink = token("--ink", "#000");
  const hues = Array.from({ length: HUES }, (_, at) => at + 1);
  return {
    surface: token("--surface", "#fff"),
    ink,
    quiet: token("--ink-2", ink),
    line: token("--line-strong", "#888"),
    hue: [ink, ...hues.map((hue) => token(`--term-${hue}`, ink))],
    edge: [ink, ...hues.map((hue) => token(`--term-${hue}-edge`, ink))],
    font: token("--font", "sans-serif"),
  };
}

/** Calls `changed` whenever the theme does, by attribute or by the system. Returns the way out. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class"] });
  const dark = typeof matchMedia === "function" ? matchMedia("(prefers-color-scheme: dark)") : undefined;
  dark?.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    dark?.removeEventListener("change", changed);
  };
}
