/**
 * Dragging a line across the stage cuts the network along it. Reads the layout as it is now through an accessor; what
 * comes of the gesture leaves through callbacks. Escape cancels. A short movement is a click and belongs to the figures.
 */
import { type D3DragEvent, drag, select } from "d3";
import { distance, type Point } from "../../layout/geometry.ts";
import { cutAlong, type LineCut } from "../../layout/partitionLine.ts";
import type { StageLayout } from "../../layout/stageLayout.ts";
import type { LineDraft } from "../draw/draftFigure.ts";

export interface PartitionDragOptions {
  readonly surface: SVGSVGElement;
  /** The element around the surface, of the same size. */
  readonly container: HTMLElement;
  readonly layout: () => StageLayout | undefined;
  /** Called for every movement, and with undefined when the gesture ends. */
  readonly onDraft: (draft: LineDraft | undefined) => void;
  readonly onCut: (cut: LineCut) => void;
}

/** What a behaviour gives back to the hook that owns it. */
export interface Behaviour {
  readonly destroy: () => void;
}

/** Shorter lines are clicks. */
const SHORTEST_LINE = 16;

type LineEvent = D3DragEvent<SVGSVGElement, unknown, unknown>;

/** Starts the behaviour. */
export function partitionDrag({ surface, container, layout, onDraft, onCut }: PartitionDragOptions): Behaviour {
  let start: Point | undefined;
  let draft: LineDraft | undefined;

  // d3 gives screen pixels from the container's corner; a zoomed stage has several of them to one of its own.
  const placeOf = (event: LineEvent): Point => {
    const zoom = surface.getBoundingClientRect().width / (layout()?.size.width ?? 0);
    const scale = Number.isFinite(zoom) && zoom > 0 ? zoom : 1;
    return { x: event.x / scale, y: event.y / scale };
  };
  const end = () => {
    start = undefined;
    draft = undefined;
    onDraft(undefined);
  };
  const behaviour = drag<SVGSVGElement, unknown>()
    .filter(mayBegin)
    .container(() => container)
    .clickDistance(SHORTEST_LINE)
    .on("start", (event: LineEvent) => {
      start = placeOf(event);
    })
    .on("drag", (event: LineEvent) => {
      const now = layout();
      if (start === undefined || now === undefined) return;
      const b = placeOf(event);
      if (draft === undefined && distance(start, b) < SHORTEST_LINE) return;
      draft = { a: start, b, cut: cutAlong(now, start, b) };
      onDraft(draft);
    })
    .on("end", () => {
      const cut = draft?.cut;
      end();
      if (cut !== undefined) onCut(cut);
    });
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || start === undefined) return;
    event.stopPropagation();
    end();
  };

  const selection = select(surface).call(behaviour);
  // d3 forbids every touch action on the surface; scrolling a page that can scroll stays the browser's business.
  surface.style.removeProperty("touch-action");
  window.addEventListener("keydown", onKey, true);
  return {
    destroy: () => {
      selection.on(".drag", null);
      window.removeEventListener("keydown", onKey, true);
    },
  };
}

/** A line begins on the empty stage or on a link, with the main button or one finger; never where the page could scroll. */
function mayBegin(event: MouseEvent | TouchEvent): boolean {
  if (event.target instanceof Element && event.target.closest(".stage-replica, .stage-client") !== null) return false;
  if ("touches" in event) return event.touches.length === 1 && !pageScrolls();
  return event.view !== null && event.button === 0 && !event.ctrlKey && !event.metaKey;
}

function pageScrolls(): boolean {
  const page = document.scrollingElement;
  return page !== null && page.scrollHeight > page.clientHeight + 1;
}
