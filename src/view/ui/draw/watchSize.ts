/** How large the place of a stage is. */
import type { StageSize } from "../../layout/stageSizes.ts";

/**
 * Tells `changed` the size of `field`, now and whenever it changes: `usual` while it has none, as in a test without layout.
 * Returns the way out.
 */
export function watchSize(field: HTMLElement, usual: StageSize, changed: (size: StageSize) => void): () => void {
  const measure = () => {
    const { clientWidth: width, clientHeight: height } = field;
    changed(width > 0 && height > 0 ? { width, height } : usual);
  };
  measure();
  if (typeof ResizeObserver === "undefined") return () => undefined;
  const observer = new ResizeObserver(measure);
  observer.observe(field);
  return () => observer.disconnect();
}
