/** What one chooses in the map, and how far it is: slow facts for React. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Shown } from "./mapModel.ts";

/** How far the map is. */
export type MapStage =
  | { readonly kind: "asking" }
  | { readonly kind: "laying"; readonly share: number; readonly items: number }
  | { readonly kind: "shown" }
  | { readonly kind: "failed"; readonly problem: string };

export interface MapState {
  readonly stage: MapStage;
  /** The model's version that React has seen. */
  readonly version: number;
  /** Whose map is the large one. */
  readonly large: Shown;
  /** What the list lists: items that are not as they should be, or those in sight. */
  readonly listed: "differences" | "inSight";
  /** Positions of the items in sight, when the list asks for them. */
  readonly inSight: readonly number[];
  readonly zoom: number;
}

export type MapStore = StoreApi<MapState>;

/** A store for a map that has just been opened. */
export function createMapStore(): MapStore {
  return createStore<MapState>()(() => ({
    stage: { kind: "asking" },
    version: 0,
    large: "all",
    listed: "differences",
    inSight: [],
    zoom: 1,
  }));
}
