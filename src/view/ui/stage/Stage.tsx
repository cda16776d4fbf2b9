/**
 * The stage: the hero of the page. React owns its containers, the menus, the wall's tag and the legend; the figures inside
 * are drawn by plain functions, once per frame, without a render.
 */
import { lazy, Suspense, useCallback, useId, useRef, useState } from "react";
import type { StageLayout } from "../../layout/stageLayout.ts";
import { useServices, useView } from "../appContext.ts";
import type { FigureTarget } from "../behaviours/figureKeys.ts";
import { GameDayTag } from "./GameDayTag.tsx";
import { Legend } from "./Legend.tsx";
import { PartitionTag } from "./PartitionTag.tsx";
import "./stage.css";
import "./figures.css";
import "./links.css";
import { useStageFigure } from "./useStageFigure.ts";

/** Loaded with the first click on a figure: menus are a fifth of the page's first load otherwise. */
const VerbMenu = lazy(async () => ({ default: (await import("./VerbMenu.tsx")).VerbMenu }));

/** The cluster in motion. */
export function Stage() {
  const { store, session } = useServices();
  const field = useRef<HTMLDivElement>(null);
  const plane = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [layout, setLayout] = useState<StageLayout>();
  const [target, setTarget] = useState<FigureTarget>();
  const [isOpen, setOpen] = useState(false);
  /** Time stood still only for the choice. */
  const goesOn = useRef(false);
  const hatchId = useId();
  const replicaCount = useView((state) => state.replicas.length);
  const open = useCallback(
    (figure: FigureTarget) => {
      // A message does not wait for a choice: time does.
      const { playing } = store.getState();
      if (figure.selection.kind === "message" && playing) {
        goesOn.current = true;
        void session.pause();
      }
      store.getState().select(figure.selection);
      setTarget(figure);
      setOpen(true);
    },
    [store, session],
  );
  const close = useCallback(() => {
    setOpen(false);
    const { selection, select } = store.getState();
    if (selection?.kind === "message") select(undefined);
    if (goesOn.current) void session.play();
    goesOn.current = false;
  }, [store, session]);
  const { tooQuick } = useStageFigure({ field, plane, svg, canvas, hatchId, onLayout: setLayout, onOpen: open });
  return (
    <section className="stage" aria-label="Stage" ref={field}>
      <div className="stage-window">
        <div className="stage-plane" ref={plane}>
          <svg className="stage-figure" ref={svg} role="group" aria-label={`Cluster of ${replicaCount} replicas`} />
          <canvas className="stage-flights" ref={canvas} />
          <PartitionTag layout={layout} />
        </div>
      </div>
      <GameDayTag />
      <Legend tooQuick={tooQuick} />
      {target === undefined ? null : (
        <Suspense fallback={null}>
          <VerbMenu target={target} isOpen={isOpen} onClose={close} />
        </Suspense>
      )}
    </section>
  );
}
