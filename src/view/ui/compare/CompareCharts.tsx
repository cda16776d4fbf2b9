/** Shared axes: every run on the same scale, one line style each, with the values at the playhead in words beside it. */
import { type PointerEvent, useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { micros } from "../../../base/units.ts";
import type { ComparedSpan } from "../../../model/protocol/comparison.ts";
import { pointAt, type Reading, type Scale, seriesPath, sharedTop, shareOf } from "../../layout/compareSeries.ts";
import { LEAST_LAG_TOP, LEAST_QUEUE_TOP } from "../../layout/timeLanes.ts";
import { timeTicks } from "../../layout/timeTicks.ts";
import { count, duration, percent } from "../../store/format.ts";
import { LineSample } from "./CompareStages.tsx";
import type { Playhead } from "./playhead.ts";
import type { NamedRun } from "./runNames.ts";

/** One of the axes. */
interface Axis {
  readonly name: string;
  readonly read: Reading;
  readonly words: (value: number) => string;
  readonly scale: Scale;
  /** The scale reaches at least so far, so that the flicker of a healthy cluster stays small. */
  readonly least: number;
}

const microseconds = (value: number) => duration(micros(value));
const milliseconds = (value: number) => duration(micros(value * 1_000));

const share = (value: number) => percent(Math.round(value * 1_000) / 1_000);
/** What the replica that finds least does not find of the true nearest. */
const missed: Reading = ({ recall }) => (recall === null ? null : 1 - recall);

const AXES: readonly Axis[] = [
  { name: "Largest lag", read: ({ lag }) => lag, words: microseconds, scale: "even", least: LEAST_LAG_TOP },
  { name: "Longest queue", read: ({ queueDepth }) => queueDepth, words: count, scale: "even", least: LEAST_QUEUE_TOP },
  { name: "Slowest write", read: ({ writeMs }) => writeMs, words: milliseconds, scale: "log", least: 50 },
  { name: "Acknowledged", read: ({ acknowledged }) => acknowledged, words: count, scale: "even", least: 10 },
  { name: "Lost", read: ({ lost }) => lost, words: count, scale: "even", least: 5 },
  { name: "Stale reads", read: ({ stale }) => stale, words: count, scale: "even", least: 5 },
  { name: "Missed in searches", read: missed, words: share, scale: "even", least: 0.1 },
];

/** The plane of every axis, stretched to the room there is. */
const WIDTH = 440;
const HEIGHT = 72;

interface ChartProps {
  readonly axis: Axis;
  readonly runs: readonly NamedRun[];
  readonly playhead: Playhead;
}

function Readings({ axis, runs, playhead }: ChartProps) {
  const at = useSyncExternalStore(playhead.onPanel, playhead.panelAt);
  return (
    <dl className="compare-readings">
      {runs.map(({ title, run }, position) => {
        const point = pointAt(run.points, at);
        const value = point === undefined ? null : axis.read(point);
        return (
          <div key={title}>
            <dt>
              <LineSample position={position} />
              <span className="only-read">{title}</span>
            </dt>
            <dd data-lost={axis.name === "Lost" && (value ?? 0) > 0 ? "" : undefined}>
              {value === null ? "none" : axis.words(value)}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** Labels nearer to an edge than this would leave the plane. */
const EDGE = 0.05;

/** The instants under one axis. */
function Ruler({ span }: { readonly span: ComparedSpan }) {
  const ticks = timeTicks({ start: span.from, span: span.to - span.from }, WIDTH);
  return (
    <div className="compare-ruler" aria-hidden="true">
      {ticks.map(({ at, label }) => {
        const share = shareOf(at, span);
        if (label === undefined || share < EDGE || share > 1 - EDGE) return null;
        return (
          <span key={at} style={{ left: `${share * 100}%` }}>
            {label}
          </span>
        );
      })}
    </div>
  );
}

/** The playhead over one axis: moved without a render. */
function Cursor({ playhead }: { readonly playhead: Playhead }) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = () => {
      line.current?.style.setProperty("left", `${shareOf(playhead.panelAt(), playhead.span) * 100}%`);
    };
    place();
    return playhead.onPanel(place);
  }, [playhead]);
  return <div className="compare-cursor" ref={line} />;
}

function Chart({ axis, runs, playhead }: ChartProps) {
  const { span } = playhead;
  const top = useMemo(
    () =>
      sharedTop(
        runs.map(({ run }) => run.points),
        axis.read,
        axis.least,
      ),
    [runs, axis],
  );
  const paths = useMemo(() => {
    const plane = { width: WIDTH, height: HEIGHT, top, scale: axis.scale };
    return runs.map(({ run }) => seriesPath(run.points, axis.read, span, plane));
  }, [runs, axis, span, top]);
  const seek = ({ currentTarget, clientX, buttons, type }: PointerEvent<HTMLElement>) => {
    if (type === "pointermove" && buttons === 0) return;
    const { left, width } = currentTarget.getBoundingClientRect();
    playhead.seek(span.from + ((clientX - left) / Math.max(1, width)) * (span.to - span.from));
  };
  return (
    <figure className="compare-chart" aria-label={axis.name}>
      <figcaption>
        <span className="compare-axis">{axis.name}</span>
        <span className="compare-top">
          up to {axis.words(top)}
          {axis.scale === "log" ? ", log scale" : ""}
        </span>
      </figcaption>
      {/* The slider above does the same by keyboard. */}
      <div className="compare-plane" onPointerDown={seek} onPointerMove={seek}>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          {paths.map((path, position) => (
            <path key={runs[position]?.title} className="compare-line" data-run={position} d={path} />
          ))}
        </svg>
        <Cursor playhead={playhead} />
      </div>
      <Ruler span={span} />
      <Readings axis={axis} runs={runs} playhead={playhead} />
    </figure>
  );
}

/** All axes, over the same span. */
export function CompareCharts({ runs, playhead }: Omit<ChartProps, "axis">) {
  return (
    <section className="compare-charts" aria-label="Shared axes, with the values at the playhead">
      {AXES.map((axis) => (
        <Chart key={axis.name} axis={axis} runs={runs} playhead={playhead} />
      ))}
    </section>
  );
}
