/** What the shapes on the stage mean: only those that are in use now, or were a moment ago. */
import { useEffect, useState } from "react";
import type { Frame } from "../../../model/protocol/frame.ts";
import type { MessageShape } from "../../../model/protocol/messages.ts";
import { useServices } from "../appContext.ts";
import { SHAPES } from "../draw/messageShapes.ts";
import "./legend.css";
import { inUse, type LegendMark, type LegendUse, noteShapes, sameUse } from "./legendUse.ts";

/** How often the legend looks, in milliseconds of wall time. */
const INTERVAL = 500;

export interface LegendProps {
  /** Whether links show counts instead of messages. */
  readonly tooQuick: () => boolean;
}

/** The legend at the foot of the stage. */
export function Legend({ tooQuick }: LegendProps) {
  const { frames } = useServices();
  const [use, setUse] = useState<LegendUse>({ shapes: [], marks: [], hue: 1, leftOut: "" });
  useEffect(() => {
    let lookedAt = Number.NEGATIVE_INFINITY;
    const seen = new Map<MessageShape, number>();
    let runId = 0;
    return frames.subscribe((frame: Frame) => {
      const now = performance.now();
      if (frame.runId !== runId) seen.clear();
      runId = frame.runId;
      noteShapes(frame, seen);
      if (frame.playing && now - lookedAt < INTERVAL) return;
      lookedAt = now;
      const next = inUse(frame, seen, tooQuick());
      setUse((before) => (sameUse(before, next) ? before : next));
    });
  }, [frames, tooQuick]);
  return (
    <ul className="stage-legend" aria-label="Legend">
      {use.shapes.map((shape) => (
        <li key={shape}>
          <MessageIcon shape={shape} hue={use.hue} />
          {SHAPES[shape].name}
        </li>
      ))}
      {use.marks.map((mark) => (
        <li key={mark}>
          <MarkIcon mark={mark} hue={use.hue} />
          {mark === "folded" ? `left out: ${use.leftOut}` : MARK_NAMES[mark]}
        </li>
      ))}
    </ul>
  );
}

function MessageIcon({ shape, hue }: { readonly shape: MessageShape; readonly hue: number }) {
  const figure = SHAPES[shape];
  const half = Math.max(11, figure.half + 2);
  return (
    <svg
      className="stage-legend-icon"
      viewBox={`${-half} -11 ${2 * half} 22`}
      width={2 * half}
      height={22}
      data-hue={figure.neutral ? 0 : hue}
      aria-hidden="true"
    >
      {figure.parts.map((part) => (
        <path key={part.d} d={part.d} data-paint={part.paint} />
      ))}
      {figure.letter === undefined ? null : <text y={1}>{figure.letter}</text>}
    </svg>
  );
}

const MARK_NAMES: Readonly<Record<LegendMark, string>> = {
  committed: "committed",
  appended: "not committed",
  elsewhere: "another has it",
  commit: "commit",
  applied: "applied",
  waiting: "waiting",
  owed: "owed by a dead leader",
  dropped: "dropped",
  doomed: "acknowledged, to be rolled back",
  folded: "left out",
  traffic: "messages a virtual second",
};

function MarkIcon({ mark, hue }: { readonly mark: LegendMark; readonly hue: number }) {
  return (
    <svg
      className="stage-legend-icon"
      viewBox="-11 -11 22 22"
      width={22}
      height={22}
      data-hue={hue}
      data-mark={mark}
      aria-hidden="true"
    >
      {MARK_PATHS[mark].map((d) => (
        <path key={d} d={d} />
      ))}
    </svg>
  );
}

const CELL = "M-7.5-9H7.5V9H-7.5Z";
const MARK_PATHS: Readonly<Record<LegendMark, readonly string[]>> = {
  committed: [CELL],
  appended: [CELL],
  elsewhere: [CELL],
  commit: ["M0-11V11"],
  applied: ["M0-5l6 9h-12Z"],
  waiting: ["M-4.5-4.5h9v9h-9Z"],
  owed: ["M-4.5-4.5h9v9h-9Z"],
  dropped: ["M0-4V-10M0 4V10M-4 0H-10M4 0H10M-3-3L-7-7M3 3L7 7M-3 3L-7 7M3-3L7-7"],
  doomed: [CELL, "M-4-5L4 5M4-5L-4 5", "M-8 11H8"],
  folded: ["M-1.5-9l3 4.5l-3 4.5l3 4.5l-3 4.5"],
  traffic: ["M-10 0H10"],
};
