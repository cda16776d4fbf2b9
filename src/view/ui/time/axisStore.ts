/**
 * What a person looks at on the time axis: the window and the reading cursor. It belongs to the panel, not to the run,
 * and changes with gestures only; where the window follows now, the painter moves it.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { LANES, type LaneName, OPENING_LANES } from "../../layout/timeRows.ts";
import { following, OPENING_VIEW, panned, revealing, type TimeView, zoomed } from "../../layout/timeWindow.ts";

/** The row of the axis under the pointer. */
export type RowName = "marks" | "band" | "ruler" | LaneName;

/** Where values are read: under the pointer, or at an instant that keys or a mark chose. */
export type Reading =
  | { readonly kind: "pointer"; readonly x: number; readonly row: RowName }
  | { readonly kind: "instant"; readonly at: number };

export interface AxisState {
  readonly view: TimeView;
  readonly reading: Reading | undefined;
  /** The lanes that are shown, in order. */
  readonly lanes: readonly LaneName[];
  readonly showLane: (lane: LaneName, shown: boolean) => void;
  /** Makes the window `factor` times as long around `anchor`. */
  readonly zoomBy: (factor: number, anchor: number, now: number) => void;
  readonly panBy: (duration: number, now: number) => void;
  readonly follow: () => void;
  readonly read: (reading: Reading | undefined) => void;
  /** Moves the window as little as need be for `at` to be in it. */
  readonly reveal: (at: number, now: number) => void;
  /** Reads at `at`, and moves the window there if need be. */
  readonly readInstant: (at: number, now: number) => void;
}

export type AxisStore = StoreApi<AxisState>;

/** The axis of a page that has just opened. */
export function createAxisStore(): AxisStore {
  return createStore<AxisState>()((set, get) => ({
    view: OPENING_VIEW,
    lanes: OPENING_LANES,
    showLane: (lane, shown) =>
      set(({ lanes }) => ({ lanes: LANES.filter((one) => (one === lane ? shown : lanes.includes(one))) })),
    reading: undefined,
    zoomBy: (factor, anchor, now) => set({ view: zoomed(get().view, factor, anchor, now) }),
    panBy: (duration, now) => set({ view: panned(get().view, duration, now) }),
    follow: () => set({ view: following(get().view) }),
    reveal: (at, now) => {
      const { view } = get();
      const next = revealing(view, at, now);
      if (next !== view) set({ view: next });
    },
    read: (reading) => set({ reading }),
    readInstant: (at, now) => {
      const within = Math.min(Math.max(at, 0), now);
      set({ reading: { kind: "instant", at: within }, view: revealing(get().view, within, now) });
    },
  }));
}
