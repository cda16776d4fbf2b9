/**
 * Hands on the axis: pointing reads, a click goes there, dragging the playhead or the ruler scrubs, dragging anything else
 * moves the window, wheel and pinch zoom; every one of them has a key.
 * It reads the axis through an accessor, so that a gesture always meets the newest state, and gives back the way out.
 */
import { seconds } from "../../../base/units.ts";
import { instantAt, readingStep, type TimeWindow, xOf } from "../../layout/timeWindow.ts";
import type { AxisStore, RowName } from "./axisStore.ts";

/** What a gesture must know of the axis at this moment. */
export interface AxisPlace {
  readonly window: TimeWindow;
  readonly width: number;
  /** The furthest instant that the run has been at: the axis ends here. */
  readonly now: number;
  /** Where the run stands. */
  readonly playhead: number;
}

/** Where a gesture takes the run. */
export interface AxisTravel {
  readonly seek: (at: number) => void;
  readonly by: (duration: number) => void;
  readonly step: (direction: 1 | -1) => void;
  readonly turn: (direction: 1 | -1) => void;
  readonly toEnd: () => void;
}

export interface GestureParts {
  readonly store: AxisStore;
  readonly place: () => AxisPlace;
  readonly rowAt: (y: number) => RowName;
  readonly travel: AxisTravel;
}

/** Pixels that a pointer may tremble before a press becomes a drag. */
const TREMBLE = 4;

/** How near a pointer must come to the playhead to take hold of it, in pixels; a finger is wider. */
const GRASP = { mouse: 9, touch: 20 };

/** What Shift with an arrow key goes by. */
const LEAP = seconds(1);

/** One notch of a wheel, and one press of + or -. */
const WHEEL_RATE = 0.0016;
const KEY_FACTOR = 1.6;

/** Attaches all gestures to `surface`. Returns the way out. */
export function attachAxisGestures(surface: HTMLElement, parts: GestureParts): () => void {
  const attached = new AbortController();
  attachPointer(surface, parts, attached.signal);
  attachWheel(surface, parts, attached.signal);
  attachKeys(surface, parts, attached.signal);
  return () => attached.abort();
}

function localX(surface: HTMLElement, event: { readonly clientX: number }): number {
  return event.clientX - surface.getBoundingClientRect().left;
}

/** Pointers that are down, by id, and where they stand. */
class HeldPointers {
  readonly #places = new Map<number, number>();
  /** Set once one of them moved further than a hand trembles. */
  isDragging = false;

  get count(): number {
    return this.#places.size;
  }

  get centre(): number {
    return [...this.#places.values()].reduce((sum, x) => sum + x, 0) / Math.max(1, this.count);
  }

  get spread(): number {
    return this.count < 2 ? 0 : Math.max(...this.#places.values()) - Math.min(...this.#places.values());
  }

  put(id: number, x: number): void {
    this.#places.set(id, x);
  }

  /** Whether `id` is down and has moved far enough, now or before, to be a drag. */
  drags(id: number, x: number): boolean {
    const before = this.#places.get(id);
    if (before === undefined) return false;
    this.isDragging = this.isDragging || Math.abs(x - before) >= TREMBLE;
    return this.isDragging;
  }

  /** Takes `id` away; says whether it was a tap. */
  release(id: number): boolean {
    const wasTap = this.#places.delete(id) && !this.isDragging;
    if (this.count === 0) this.isDragging = false;
    return wasTap;
  }
}

function attachPointer(surface: HTMLElement, parts: GestureParts, signal: AbortSignal): void {
  const { store, place, rowAt, travel } = parts;
  const held = new HeldPointers();
  let isScrubbing = false;
  const scrubTo = (event: PointerEvent) => {
    const { window, width, now } = place();
    store.getState().read(undefined);
    travel.seek(Math.min(Math.max(0, instantAt(window, width, localX(surface, event))), now));
  };
  const isOnHandle = (event: PointerEvent) => {
    const { window, width, playhead } = place();
    const { top } = surface.getBoundingClientRect();
    const grasp = event.pointerType === "touch" ? GRASP.touch : GRASP.mouse;
    const isNear = Math.abs(localX(surface, event) - xOf(window, width, playhead)) <= grasp;
    return isNear || rowAt(event.clientY - top) === "ruler";
  };
  const readUnder = (event: PointerEvent) => {
    const { top } = surface.getBoundingClientRect();
    store.getState().read({ kind: "pointer", x: localX(surface, event), row: rowAt(event.clientY - top) });
  };
  const drag = (event: PointerEvent) => {
    const x = localX(surface, event);
    if (!held.drags(event.pointerId, x)) return;
    const { window, width, now } = place();
    const { centre, spread } = held;
    held.put(event.pointerId, x);
    store.getState().panBy(((centre - held.centre) / width) * window.span, now);
    if (spread === 0) return;
    store.getState().zoomBy(spread / Math.max(1, held.spread), instantAt(window, width, held.centre), now);
  };
  const release = (event: PointerEvent) => {
    const wasTap = held.release(event.pointerId);
    if (event.type === "pointerup" && (wasTap || isScrubbing)) scrubTo(event);
    isScrubbing = false;
    surface.classList.toggle("is-dragging", held.isDragging);
  };
  const press = (event: PointerEvent) => {
    if (event.button !== 0) return;
    surface.setPointerCapture(event.pointerId);
    held.put(event.pointerId, localX(surface, event));
    isScrubbing = held.count === 1 && isOnHandle(event);
  };
  const move = (event: PointerEvent) => {
    if (isScrubbing && held.drags(event.pointerId, localX(surface, event))) {
      scrubTo(event);
      return;
    }
    drag(event);
    surface.classList.toggle("is-dragging", held.isDragging);
    surface.classList.toggle("is-on-handle", held.count === 0 && isOnHandle(event));
    if (event.pointerType !== "touch") readUnder(event);
  };
  const leave = (event: PointerEvent) => {
    if (event.pointerType !== "touch") store.getState().read(undefined);
  };
  surface.addEventListener("pointerdown", press, { signal });
  surface.addEventListener("pointermove", move, { signal });
  surface.addEventListener("pointerup", release, { signal });
  surface.addEventListener("pointercancel", release, { signal });
  surface.addEventListener("pointerleave", leave, { signal });
}

function attachWheel(surface: HTMLElement, { store, place }: GestureParts, signal: AbortSignal): void {
  const turn = (event: WheelEvent) => {
    event.preventDefault();
    const { window, width, now } = place();
    const unit = event.deltaMode === 1 ? 16 : 1;
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      const sideways = event.deltaX === 0 ? event.deltaY : event.deltaX;
      store.getState().panBy(((sideways * unit) / width) * window.span, now);
      return;
    }
    // A pinch on a touchpad comes as a wheel with the control key, in smaller steps.
    const rate = event.ctrlKey ? 6 * WHEEL_RATE : WHEEL_RATE;
    const anchor = instantAt(window, width, localX(surface, event));
    store.getState().zoomBy(Math.exp(event.deltaY * unit * rate), anchor, now);
  };
  // Not passive: a wheel that zooms must keep the page from scrolling.
  surface.addEventListener("wheel", turn, { signal, passive: false });
}

function attachKeys(surface: HTMLElement, parts: GestureParts, signal: AbortSignal): void {
  const { store } = parts;
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { now } = parts.place();
    const at = readingInstant(parts);
    const goal = goalOf(event, parts, at);
    if (goal !== undefined) store.getState().readInstant(goal, now);
    else if (travels(event, parts)) store.getState().read(undefined);
    else if (event.key === "Enter") parts.travel.seek(at);
    else if (event.key === "+" || event.key === "=") store.getState().zoomBy(1 / KEY_FACTOR, at, now);
    else if (event.key === "-") store.getState().zoomBy(KEY_FACTOR, at, now);
    else if (event.key === "Escape" && store.getState().reading !== undefined) store.getState().read(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  surface.addEventListener("keydown", press, { signal });
  surface.addEventListener("blur", () => store.getState().read(undefined), { signal });
}

/** Where the reading stands, or now. */
function readingInstant({ store, place }: GestureParts): number {
  const { reading } = store.getState();
  const { window, width, now, playhead } = place();
  if (reading === undefined) return playhead;
  return reading.kind === "instant" ? reading.at : Math.min(now, instantAt(window, width, reading.x));
}

/** Moves the run where a key says so. */
function travels({ key, shiftKey }: KeyboardEvent, { travel }: GestureParts): boolean {
  switch (key) {
    case "ArrowLeft":
    case "ArrowRight": {
      const direction = key === "ArrowLeft" ? -1 : 1;
      if (shiftKey) travel.by(direction * LEAP);
      else travel.step(direction);
      return true;
    }
    case "PageUp":
    case "PageDown":
      travel.turn(key === "PageUp" ? -1 : 1);
      return true;
    case "Home":
      travel.seek(0);
      return true;
    case "End":
      travel.toEnd();
      return true;
    default:
      return false;
  }
}

/** The instant to which a key moves the reading, while the run stays where it is. */
function goalOf({ key, shiftKey }: KeyboardEvent, parts: GestureParts, at: number): number | undefined {
  const step = readingStep(parts.place().window) * (shiftKey ? 10 : 1);
  if (key === "ArrowDown") return Math.ceil(at / step - 1) * step;
  return key === "ArrowUp" ? Math.floor(at / step + 1) * step : undefined;
}

/** Where a reading stands on the plot; undefined when it is outside the window or later than now. */
export function readingX(store: AxisStore, { window, width, now }: AxisPlace): number | undefined {
  const { reading } = store.getState();
  if (reading === undefined) return undefined;
  const at = reading.kind === "instant" ? reading.at : instantAt(window, width, reading.x);
  const x = xOf(window, width, at);
  return at > now || at < 0 || x < 0 || x > width ? undefined : x;
}
