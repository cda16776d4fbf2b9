/**
 * Zooming into the stage with Ctrl or ⌘ and the wheel, or by pinching; a double click on the empty stage shows all of it
 * again. A plain wheel is left alone, so that a page around the stage scrolls.
 */
import { type D3ZoomEvent, select, type ZoomTransform, zoom, zoomIdentity } from "d3";
import type { StageSize } from "../../layout/stageSizes.ts";
import type { Behaviour } from "./partitionDrag.ts";

export interface StageZoomOptions {
  readonly surface: HTMLElement;
  readonly size: () => StageSize;
  readonly onZoom: (transform: ZoomTransform) => void;
}

const MOST = 4;

/** Starts the behaviour. */
export function stageZoom({ surface, size, onZoom }: StageZoomOptions): Behaviour {
  const extent = (): [[number, number], [number, number]] => [
    [0, 0],
    [size().width, size().height],
  ];
  const behaviour = zoom<HTMLElement, unknown>()
    .scaleExtent([1, MOST])
    .extent(extent)
    .filter(mayZoom)
    .on("zoom", (event: D3ZoomEvent<HTMLElement, unknown>) => onZoom(event.transform))
    .on("start", () => behaviour.translateExtent(extent()));
  const selection = select(surface).call(behaviour);
  surface.style.removeProperty("touch-action");
  selection.on("dblclick.zoom", (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest("[role=button]") !== null) return;
    selection.call(behaviour.transform, zoomIdentity);
  });
  return { destroy: () => selection.on(".zoom", null) };
}

function mayZoom(event: Event): boolean {
  if (event instanceof WheelEvent) return event.ctrlKey || event.metaKey;
  return "touches" in event && event.touches instanceof TouchList && event.touches.length === 2;
}
