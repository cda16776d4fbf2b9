/** The length of the window, in words and with two buttons, and the way back to now. */
import { ChartLine, ChevronsRight, Minus, Plus } from "lucide-react";
import { lazy, useCallback } from "react";
import { useStore } from "zustand";
import { settled, showsAll } from "../../layout/timeWindow.ts";
import { formatDuration } from "../../layout/timeWords.ts";
import { actionById, performAction } from "../actions.ts";
import { useServices, useView } from "../appContext.ts";
import { PopupButton, type PopupProps } from "../controls/PopupButton.tsx";
import { Tip } from "../controls/Tip.tsx";
import type { AxisStore } from "./axisStore.ts";

const LaneMenu = lazy(() => import("./LaneMenu.tsx"));

/** One press of a button. */
const FACTOR = 2;

/** "20 s", or "all", between minus and plus; and "now", once the window was moved away from it. */
export function WindowControls({ axis }: { readonly axis: AxisStore }) {
  const { frames } = useServices();
  const view = useStore(axis, (state) => state.view);
  const hasAll = useView(({ travelled }) => showsAll(view, travelled.end));
  const Lanes = useCallback((props: PopupProps) => <LaneMenu {...props} axis={axis} />, [axis]);
  const services = useServices();
  const isPast = useView(({ virtualNow, travelled }) => virtualNow < travelled.end);
  const toNow = () => {
    axis.getState().follow();
    void performAction(actionById("backToNow"), services);
  };
  const zoom = (factor: number) => {
    const now = frames.latest?.travelled.end ?? 0;
    const { start, span, isFollowing } = settled(axis.getState().view, now);
    axis.getState().zoomBy(factor, isFollowing ? (frames.latest?.virtualNow ?? now) : start + span / 2, now);
  };
  return (
    <div className="time-window" role="group" aria-label="Window of the time axis">
      <Tip text="Show more time">
        <button
          type="button"
          className="button"
          data-kind="icon"
          aria-label="Show more time"
          onClick={() => zoom(FACTOR)}
        >
          <Minus size={16} aria-hidden="true" />
        </button>
      </Tip>
      <output className="time-span" aria-label="Length of the window">
        {hasAll ? "all" : formatDuration(view.span)}
      </output>
      <Tip text="Show less time, in more detail">
        <button
          type="button"
          className="button"
          data-kind="icon"
          aria-label="Show less time"
          onClick={() => zoom(1 / FACTOR)}
        >
          <Plus size={16} aria-hidden="true" />
        </button>
      </Tip>
      <PopupButton className="button" kind="icon" name="Lanes and values" opens="menu" popup={Lanes}>
        <ChartLine size={16} aria-hidden="true" />
      </PopupButton>
      <button
        type="button"
        className="button time-follow"
        disabled={view.isFollowing && !isPast}
        data-past={isPast ? "" : undefined}
        onClick={toNow}
        aria-label={isPast ? "Back to now" : "Follow now"}
      >
        now
        <ChevronsRight size={16} aria-hidden="true" />
      </button>
    </div>
  );
}
