/** The run's own time. It changes with every frame, so the text is written without React, and is not announced. */
import { useEffect, useRef } from "react";
import { formatClock } from "../../layout/timeWords.ts";
import { useServices } from "../appContext.ts";

/** Virtual time: "12.742 s". */
export function Clock() {
  const { frames } = useServices();
  const element = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      frames.subscribe(({ virtualNow }) => {
        const text = formatClock(virtualNow);
        if (element.current !== null && element.current.textContent !== text) element.current.textContent = text;
      }),
    [frames],
  );
  return <div className="time-clock" ref={element} role="timer" aria-live="off" aria-label="Virtual time" />;
}
