/** The painted axis: React makes its containers once, {@link AxisView} keeps them in step with the run. */
import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import { present } from "../../../base/assert.ts";
import { BRIEF_ROWS, fullRows, type LaneName } from "../../layout/timeRows.ts";
import { useServices } from "../appContext.ts";
import type { AxisStore } from "./axisStore.ts";
import { AxisView } from "./axisView.ts";
import { TimeSummary } from "./TimeSummary.tsx";
import "./timeAxis.css";

interface TimeAxisProps {
  readonly axis: AxisStore;
  /** Marks and terms only. */
  readonly isBrief: boolean;
}

function Label({ part, name, hasOwner }: { readonly part: string; readonly name: string; readonly hasOwner: boolean }) {
  return (
    <div className="time-label" data-row={part}>
      <dt>
        {name}
        {hasOwner ? <span className="time-label-owner" data-part={`${part}-owner`} /> : null}
      </dt>
      <dd data-part={`${part}-value`}>–</dd>
    </div>
  );
}

/** Name and part of every lane's label. */
const LABELS: Readonly<Record<LaneName, { readonly part: string; readonly name: string; readonly hasOwner: boolean }>> =
  {
    lag: { part: "lag", name: "Lag", hasOwner: true },
    queue: { part: "queue", name: "Queue", hasOwner: true },
    recall: { part: "recall", name: "Recall", hasOwner: true },
    writes: { part: "write", name: "Write", hasOwner: false },
    quantiles: { part: "quantiles", name: "p50|p99", hasOwner: false },
    availability: { part: "availability", name: "Available", hasOwner: false },
  };

interface LabelColumnProps {
  readonly ref: React.Ref<HTMLDListElement>;
  readonly lanes: readonly LaneName[];
}

function LabelColumn({ ref, lanes }: LabelColumnProps) {
  return (
    <dl className="time-labels" ref={ref}>
      <Label part="term" name="Term" hasOwner={false} />
      {lanes.map((lane) => (
        <Label key={lane} {...LABELS[lane]} />
      ))}
    </dl>
  );
}

/** Everything on the one scale of time: marks, terms, lanes, ruler, playhead. */
export function TimeAxis({ axis, isBrief }: TimeAxisProps) {
  const services = useServices();
  const lanes = useStore(axis, (state) => state.lanes);
  const labels = useRef<HTMLDListElement>(null);
  const plot = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const surface = useRef<HTMLDivElement>(null);
  const marks = useRef<SVGSVGElement>(null);
  const markLabel = useRef<HTMLDivElement>(null);
  const playhead = useRef<HTMLDivElement>(null);
  const hairline = useRef<HTMLDivElement>(null);
  const hairlineLabel = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const made = <T,>(ref: React.RefObject<T | null>, what: string): T => present(ref.current, what);
    const rows = isBrief ? BRIEF_ROWS : fullRows(lanes);
    const panel = plot.current?.closest<HTMLElement>(".app-time") ?? plot.current?.closest<HTMLElement>(".time");
    panel?.style.setProperty("--axis-height", `${rows.height}px`);
    const view = new AxisView({
      services,
      axis,
      rows,
      markTarget: isBrief ? rows.height : rows.marks.height,
      elements: {
        plot: made(plot, "plot"),
        canvas: made(canvas, "canvas"),
        surface: made(surface, "surface"),
        marks: made(marks, "marks"),
        markLabel: made(markLabel, "label of a mark"),
        playhead: made(playhead, "playhead"),
        hairline: made(hairline, "hairline"),
        hairlineLabel: made(hairlineLabel, "label of the hairline"),
        labels: labels.current ?? undefined,
      },
    });
    return () => view.destroy();
  }, [services, axis, isBrief, lanes]);

  return (
    <div className="time-axis">
      {isBrief ? null : <LabelColumn ref={labels} lanes={lanes} />}
      <div className="time-plot" ref={plot}>
        <canvas className="time-canvas" ref={canvas} />
        <div
          className="time-surface"
          ref={surface}
          role="slider"
          tabIndex={0}
          aria-label="Playhead"
          aria-valuemin={0}
          aria-valuemax={0}
          aria-valuenow={0}
          aria-description="Left and Right go by one event, with Shift by one second; Page Up and Page Down from turn to turn of the story; Home to the beginning, End back to now. Up and Down read the values at other times while the run stays, Enter goes there. Plus and minus zoom."
        />
        <div className="time-playhead" ref={playhead} aria-hidden="true">
          <svg className="time-handle" width="17" height="15" viewBox="0 0 17 15" aria-hidden="true">
            <path d="M8.5 1L16 7.5V14.5H1V7.5Z" />
          </svg>
        </div>
        <div className="time-hairline-clip" aria-hidden="true">
          <div className="time-hairline" ref={hairline} hidden />
          <div className="time-hairline-label" ref={hairlineLabel} />
        </div>
        <div className="time-marks" role="group" aria-label="Marks on the time axis">
          <svg ref={marks} width="1" height="1" />
        </div>
        <div className="time-mark-label" ref={markLabel} hidden aria-hidden="true" />
      </div>
      <TimeSummary />
    </div>
  );
}
