/**
 * The run's own time, written without React and not announced. While it runs, twenty times a second are enough for the
 * eye; shaping the text for every frame would cost as much as painting all lanes. Standing still it is exact.
 */
import { useEffect, useRef } from "react";
import { formatClock } from "../../layout/timeWords.ts";
import { useServices } from "../appContext.ts";

/** Wall milliseconds between two texts of a running clock; less than three frames. */
const SHOWN_FOR = 45;

/** Virtual time: "12.742 s". */
export function Clock() {
  const { frames } = useServices();
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let shown = "";
    let shownAt = Number.NEGATIVE_INFINITY;
    return frames.subscribe(({ virtualNow, playing }) => {
      const wallNow = performance.now();
      if (playing && wallNow - shownAt < SHOWN_FOR) return;
      const text = formatClock(virtualNow);
      if (text === shown || element.current === null) return;
      element.current.textContent = text;
      [shown, shownAt] = [text, wallNow];
    });
  }, [frames]);
  return <div className="time-clock" ref={element} role="timer" aria-live="off" aria-label="Virtual time" />;
}
