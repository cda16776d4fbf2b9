/** The row of controls over the axis: what moves time, how fast, how much of it is shown, and which run it is. */
import { Menu } from "@base-ui/react/menu";
import { Pause, Play, SkipBack, StepForward } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { isSameRate, LIVE_RATE, WATCH_RATE } from "../../layout/timeSpeed.ts";
import { formatRate } from "../../layout/timeWords.ts";
import { keyLabel } from "../actions.ts";
import { useView } from "../appContext.ts";
import { Tip } from "../controls/Tip.tsx";
import { useMedia } from "../useMedia.ts";
import type { AxisStore } from "./axisStore.ts";
import { Clock } from "./Clock.tsx";
import { useAction } from "./commands.ts";
import { PhoneStamp, RunStamp } from "./RunStamp.tsx";
import { NamedSpeeds, SpeedRuler, SpeedSentence } from "./SpeedRuler.tsx";
import { usePlaybackRate } from "./usePlaybackRate.ts";
import { WindowControls } from "./WindowControls.tsx";

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

/** Restart, play or pause, step. */
function TimeButtons() {
  const isPlaying = useView((state) => state.playing);
  return (
    <div className="time-buttons" role="group" aria-label="Transport">
      <ActionButton id="restartRun" kind="icon">
        <SkipBack size={18} aria-hidden="true" />
      </ActionButton>
      <ActionButton id="playPause" kind="main" name={isPlaying ? "Pause" : "Play"}>
        {isPlaying ? <Pause size={20} aria-hidden="true" /> : <Play size={20} aria-hidden="true" />}
      </ActionButton>
      <ActionButton id="step" kind="icon">
        <StepForward size={18} aria-hidden="true" />
      </ActionButton>
    </div>
  );
}

/** On a desk: everything in one row. */
export function Transport({ axis }: { readonly axis: AxisStore }) {
  const speed = usePlaybackRate();
  const isShort = useMedia("(max-width: 1280px)");
  return (
    <div className="time-transport">
      <TimeButtons />
      <Clock />
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

/** Under the thumb: the clock over speed and hash, the large button in the middle, the verbs at the right. */
export function PhoneTransport() {
  return (
    <div className="time-transport">
      <div className="time-phone-clock">
        <Clock />
        <PhoneSpeed />
        <PhoneStamp />
      </div>
      <TimeButtons />
      <BreakMenu />
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

const verbs = ["killLeader", "partition", "heal"];

/** What goes wrong on purpose, where a keyboard is out of reach. */
function BreakMenu() {
  return (
    <Menu.Root>
      <Menu.Trigger className="button time-break">Break</Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="popup-positioner" sideOffset={8} align="end" side="top">
          <Menu.Popup className="popup menu">
            {verbs.map((id) => (
              <BreakVerb key={id} id={id} />
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function BreakVerb({ id }: { readonly id: string }) {
  const { action, isAllowed, perform } = useAction(id);
  return (
    <Menu.Item className="menu-item" disabled={!isAllowed} onClick={perform}>
      {action?.name}
    </Menu.Item>
  );
}
