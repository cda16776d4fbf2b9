/**
 * The logarithmic ruler from 1/1000 to 100 times. A pointer goes anywhere and is drawn to watch and live; arrow keys go
 * through 1, 2, 5 of every decade; Page Up and Page Down by a decade.
 */
import type { KeyboardEvent } from "react";
import {
  DECADES,
  FIRST_PLACE,
  isSameRate,
  LAST_PLACE,
  LIVE_RATE,
  nextStop,
  placeOf,
  rateAt,
  shareOf,
  WATCH_RATE,
} from "../../layout/timeSpeed.ts";
import { reachedOnly, secondsWorth, shortWorth } from "../../layout/timeWords.ts";
import { Segmented } from "../controls/Segmented.tsx";
import { type PlaybackRate, useShortfall } from "./usePlaybackRate.ts";

/** The slider's own grain: finer than a pixel of the ruler. */
const GRAIN = 0.01;

/** The speed that a key means; undefined for a key that means none. */
function rateOfKey(key: string, rate: number): number | undefined {
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return nextStop(rate, 1);
    case "ArrowLeft":
    case "ArrowDown":
      return nextStop(rate, -1);
    case "PageUp":
      return rateAt(Math.min(LAST_PLACE, placeOf(rate) + 1));
    case "PageDown":
      return rateAt(Math.max(FIRST_PLACE, placeOf(rate) - 1));
    case "Home":
      return rateAt(FIRST_PLACE);
    case "End":
      return rateAt(LAST_PLACE);
    default:
      return undefined;
  }
}

function ratesOfToggle(rate: number): "watch" | "live" | "other" {
  if (isSameRate(rate, WATCH_RATE)) return "watch";
  return isSameRate(rate, LIVE_RATE) ? "live" : "other";
}

/** The ruler with its ticks. */
export function SpeedRuler({ rate, setRate }: PlaybackRate) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const wanted = rateOfKey(event.key, rate);
    if (wanted === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setRate(wanted);
  };
  return (
    <div className="time-speed">
      <div className="time-speed-track">
        {DECADES.map(({ place, label }) => (
          <span key={place} className="time-speed-tick" style={{ left: `${100 * shareOf(place)}%` }} aria-hidden="true">
            {label}
          </span>
        ))}
        <input
          type="range"
          className="time-speed-range"
          aria-label="Speed"
          aria-valuetext={secondsWorth(rate)}
          min={FIRST_PLACE}
          max={LAST_PLACE}
          step={GRAIN}
          value={placeOf(rate)}
          onChange={({ target }) => setRate(rateAt(target.valueAsNumber))}
          onKeyDown={onKeyDown}
        />
      </div>
    </div>
  );
}

const choices = [
  { value: "watch", label: "watch 1/20" },
  { value: "live", label: "live 1×" },
] as const;

/** The two speeds that most people need. */
export function NamedSpeeds({ rate, setRate }: PlaybackRate) {
  return (
    <Segmented<"watch" | "live" | "other">
      label="Named speeds"
      value={ratesOfToggle(rate)}
      choices={choices}
      onChoose={(chosen) => setRate(chosen === "live" ? LIVE_RATE : WATCH_RATE)}
    />
  );
}

/** What a second here is worth there; or, while the workers cannot keep up, what they reach. */
export function SpeedSentence({ rate, isShort }: { readonly rate: number; readonly isShort: boolean }) {
  const shortfall = useShortfall(rate);
  const worth = isShort ? shortWorth(rate) : secondsWorth(rate);
  return <p className="time-worth">{shortfall === undefined ? worth : reachedOnly(rate, shortfall)}</p>;
}
