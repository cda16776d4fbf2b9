/** The small stages, one per run, at the common playhead. */
import { useEffect, useId, useRef } from "react";
import type { Playhead } from "./playhead.ts";
import type { NamedRun } from "./runNames.ts";
import { SmallStage } from "./smallStage.ts";

interface SmallStageViewProps {
  readonly title: string;
  readonly position: number;
  readonly playhead: Playhead;
}

function SmallStageView({ title, position, playhead }: SmallStageViewProps) {
  const field = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const cover = useRef<HTMLDivElement>(null);
  const hatchId = useId();
  useEffect(() => {
    const parts = { field: field.current, svg: svg.current, canvas: canvas.current, cover: cover.current };
    if (parts.field === null || parts.svg === null || parts.canvas === null || parts.cover === null) return;
    const elements = { field: parts.field, svg: parts.svg, canvas: parts.canvas, cover: parts.cover };
    const stage = new SmallStage(elements, hatchId, title);
    const draw = () => {
      const frame = playhead.frames[position];
      if (frame !== undefined) stage.show(frame);
    };
    const stop = playhead.onDraw(draw);
    draw();
    return () => {
      stop();
      stage.destroy();
    };
  }, [hatchId, title, position, playhead]);
  return (
    <figure className="compare-stage">
      <figcaption className="compare-run">
        <LineSample position={position} />
        {title}
      </figcaption>
      <div className="compare-field">
        {/* For looking only: its figures are buttons on the large stage, here one name tells what is seen. */}
        <div className="stage" ref={field} inert aria-hidden="true">
          <svg className="stage-figure" ref={svg} />
          <canvas className="stage-flights" ref={canvas} />
        </div>
        <div className="compare-cover" ref={cover} role="img" aria-label={title} />
      </div>
    </figure>
  );
}

/** The line by which a run is told from the others on every axis. */
export function LineSample({ position }: { readonly position: number }) {
  return (
    <svg className="compare-sample" viewBox="0 0 32 6" width="32" height="6" aria-hidden="true">
      <path className="compare-line" data-run={position} d="M0 3H32" />
    </svg>
  );
}

/** All of them. */
export function CompareStages({ runs, playhead }: { readonly runs: readonly NamedRun[]; readonly playhead: Playhead }) {
  useEffect(() => playhead.begin(), [playhead]);
  return (
    <div className="compare-stages" data-runs={runs.length}>
      {runs.map(({ title }, position) => (
        <SmallStageView key={title} title={title} position={position} playhead={playhead} />
      ))}
    </div>
  );
}
