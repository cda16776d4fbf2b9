/** What every component may reach: the run's session, the frames, the view's store. Provided once by the App. */
import { createContext, useContext } from "react";
import { useStore } from "zustand";
import { present } from "../../base/assert.ts";
import type { ReadElsewhere } from "../../data/reading.ts";
import type { OpenComparison } from "../../model/protocol/comparison.ts";
import type { ClusterSession } from "../../model/protocol/session.ts";
import type { FrameSource } from "../store/frameSource.ts";
import type { ViewState, ViewStore } from "../store/viewStore.ts";

/** What the composition root hands to the view. */
export interface AppServices {
  readonly session: ClusterSession;
  readonly frames: FrameSource;
  readonly store: ViewStore;
  /** Computes runs beside the open one. */
  readonly openComparison: OpenComparison;
  /** Reads a person's file beside the page. */
  readonly readElsewhere: ReadElsewhere;
}

/** Set by the App; components use the hooks below. */
export const AppContext = createContext<AppServices | undefined>(undefined);

/** The services of the App around this component. */
export function useServices(): AppServices {
  return present(useContext(AppContext), "the App around this component");
}

/** A part of the view's slow state; the component renders again when it changes. */
export function useView<T>(selector: (state: ViewState) => T): T {
  return useStore(useServices().store, selector);
}
