/** What a person has chosen on the diagram, and what it shows: the diagram's own small store, gone when it is closed. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { EventId, Explanation } from "../../../model/protocol/chronicle.ts";
import { NO_PASSAGE, type Passage, type Spacing } from "../../layout/spacetime.ts";
import type { Direction } from "../../layout/spacetimePlan.ts";

/** What is chosen. */
export type Chosen =
  | { readonly kind: "event"; readonly event: EventId }
  | { readonly kind: "message"; readonly flight: number };

/** What became of a "why?". */
export type Answer =
  | { readonly kind: "none" }
  | { readonly kind: "asking" }
  | { readonly kind: "unknown" }
  | { readonly kind: "told"; readonly explanation: Explanation };

export interface SpacetimeState {
  readonly spacing: Spacing;
  /** Undefined: as there is room. */
  readonly direction: Direction | undefined;
  /** The one that there is. */
  readonly shown: Direction;
  /** Whether the window goes with the playhead. */
  readonly isFollowing: boolean;
  readonly chosen: Chosen | undefined;
  readonly answer: Answer;
  readonly passage: Passage;
  /** The window in instants. */
  readonly window: { readonly from: number; readonly to: number };
}

export type SpacetimeStore = StoreApi<SpacetimeState>;

/** A diagram that has just been opened. */
export function createSpacetimeStore(): SpacetimeStore {
  return createStore<SpacetimeState>()(() => ({
    spacing: "true",
    direction: undefined,
    shown: "right",
    isFollowing: true,
    chosen: undefined,
    answer: { kind: "none" },
    passage: NO_PASSAGE,
    window: { from: 0, to: 0 },
  }));
}
