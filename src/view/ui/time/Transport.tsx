/** The row of controls over the axis: what moves time, how fast, how much of it is shown, and which run it is. */
import {
  ChevronFirst,
  ChevronLast,
  FastForward,
  GitBranch,
  Pause,
  Play,
  RotateCcw,
  StepBack,
  StepForward,
} from "lucide-react";
import { lazy, type ReactElement, type ReactNode } from "react";
import { isSameRate, LIVE_RATE, WATCH_RATE } from "../../layout/timeSpeed.ts";
import { formatRate } from "../../layout/timeWords.ts";
import { keyLabel } from "../actions.ts";
import { useView } from "../appContext.ts";
import { PopupButton } from "../controls/PopupButton.tsx";
import { Tip } from "../controls/Tip.tsx";
import { useMedia } from "../useMedia.ts";
import type { AxisStore } from "./axisStore.ts";
import { Clock } from "./Clock.tsx";
import { useAction } from "./commands.ts";
import { PhoneStamp, RunStamp } from "./RunStamp.tsx";
import { NamedSpeeds, SpeedRuler, SpeedSentence } from "./SpeedRuler.tsx";
import { usePlaybackRate } from "./usePlaybackRate.ts";
import { WindowControls } from "./WindowControls.tsx";

const RunToMenu = lazy(() => import("./RunToMenu.tsx"));
const BranchPopup = lazy(() => import("./BranchPopup.tsx"));
const BreakMenu = lazy(() => import("./BreakMenu.tsx"));

interface ActionButtonProps {
  readonly id: string;
  /** When the action's own name does not say what the button does now. */
  readonly name?: string;
  readonly kind: "icon" | "main";
  readonly children: ReactNode;
}

function ActionButton({ id, name, kind, children }: ActionButtonProps) {
  const { action, isAllowed, perform } = useAction(id);
  const shown = name ?? action?.name ?? "";
  const tip = action?.key === undefined ? shown : `${shown} (${keyLabel(action.key)})`;
  return (
    <Tip text={tip}>
      <button
        type="button"
        className={kind === "main" ? "button time-play" : "button"}
        data-kind={kind}
        aria-label={shown}
        disabled={!isAllowed}
        onClick={perform}
      >
        {children}
      </button>
    </Tip>
  );
}

/** Back, play or pause, on; and where there is room restart, the turns of the story, and what to run to. */
function TimeButtons({ isPhone = false }: { readonly isPhone?: boolean }) {
  const isPlaying = useView((state) => state.playing);
  return (
    <div className="time-buttons" role="group" aria-label="Transport">
      {isPhone ? null : (
        <>
          <ActionButton id="restartRun" kind="icon">
            <RotateCcw size={18} aria-hidden="true" />
          </ActionButton>
          <ActionButton id="turnBefore" kind="icon">
            <ChevronFirst size={18} aria-hidden="true" />
          </ActionButton>
        </>
      )}
      <ActionButton id="stepBack" kind="icon">
        <StepBack size={18} aria-hidden="true" />
      </ActionButton>
      <ActionButton id="playPause" kind="main" name={isPlaying ? "Pause" : "Play"}>
        {isPlaying ? <Pause size={20} aria-hidden="true" /> : <Play size={20} aria-hidden="true" />}
      </ActionButton>
      <ActionButton id="step" kind="icon">
        <StepForward size={18} aria-hidden="true" />
      </ActionButton>
      {isPhone ? null : (
        <>
          <ActionButton id="turnAfter" kind="icon">
            <ChevronLast size={18} aria-hidden="true" />
          </ActionButton>
          <PopupButton className="button" kind="icon" name="Run to…" opens="menu" popup={RunToMenu}>
            <FastForward size={18} aria-hidden="true" />
          </PopupButton>
        </>
      )}
    </div>
  );
}

/** The branches, with their number once there are any. */
function Branches() {
  const others = useView((state) => state.branches.length);
  const current = useView((state) => state.currentBranch.name);
  const name = `Branches: ${current}${others === 0 ? "" : `, and ${others} more`}`;
  return (
    <PopupButton className="button time-branches-open" kind="icon" name={name} opens="dialog" popup={BranchPopup}>
      <GitBranch size={18} aria-hidden="true" />
      {others === 0 ? null : <span aria-hidden="true">{others + 1}</span>}
    </PopupButton>
  );
}

/** On a desk: everything in one row. */
export function Transport({ axis }: { readonly axis: AxisStore }) {
  const speed = usePlaybackRate();
  const isShort = useMedia("(max-width: 1600px)");
  return (
    <div className="time-transport">
      <TimeButtons />
      <div className="time-place">
        <Clock />
        <Branches />
      </div>
      <div className="time-speeds" role="group" aria-label="Speed">
        <SpeedRuler {...speed} />
        <NamedSpeeds {...speed} />
        <SpeedSentence rate={speed.rate} isShort={isShort} />
      </div>
      <WindowControls axis={axis} />
      <RunStamp />
    </div>
  );
}

/** Under the thumb: the clock over speed and hash, the large button in the middle, the verbs and further ways in time at the right. */
export function PhoneTransport() {
  return (
    <div className="time-transport">
      <div className="time-phone-clock">
        <Clock />
        <PhoneSpeed />
        <PhoneStamp />
      </div>
      <TimeButtons isPhone />
      <PopupButton className="button time-break" opens="menu" popup={BreakMenu}>
        Break
      </PopupButton>
    </div>
  );
}

/** The speed as text; a touch switches between watch and live. */
function PhoneSpeed(): ReactElement {
  const { rate, setRate } = usePlaybackRate();
  const other = isSameRate(rate, WATCH_RATE) ? LIVE_RATE : WATCH_RATE;
  return (
    <button
      type="button"
      className="time-phone-speed"
      aria-label={`${formatRate(rate)} speed, switch to ${formatRate(other)}`}
      onClick={() => setRate(other)}
    >
      {formatRate(rate)} speed
    </button>
  );
}
