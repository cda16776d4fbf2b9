/**
 * The logarithmic ruler from 1/1000 to 100 times. A pointer goes anywhere and is drawn to watch and live; arrow keys go
 * through 1, 2, 5 of every decade; Page Up and Page Down by a decade.
 */
import { Slider } from "@base-ui/react/slider";
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

/** The speed that a key means: a step is the next stop, a large one a decade, anything else an end of the ruler. */
function rateOfKey(rate: number, place: number): number {
  const moved = place - placeOf(rate);
  if (Math.abs(moved) < 3 * GRAIN) return nextStop(rate, moved > 0 ? 1 : -1);
  return rateAt(place);
}

function ratesOfToggle(rate: number): "watch" | "live" | "other" {
  if (isSameRate(rate, WATCH_RATE)) return "watch";
  return isSameRate(rate, LIVE_RATE) ? "live" : "other";
}

/** The ruler with its ticks. */
export function SpeedRuler({ rate, setRate }: PlaybackRate) {
  return (
    <Slider.Root
      className="time-speed"
      value={placeOf(rate)}
      min={FIRST_PLACE}
      max={LAST_PLACE}
      step={GRAIN}
      largeStep={1}
      onValueChange={(place, { reason }) => setRate(reason === "keyboard" ? rateOfKey(rate, place) : rateAt(place))}
    >
      <Slider.Control className="time-speed-control">
        <Slider.Track className="time-speed-track">
          {DECADES.map(({ place, label }) => (
            <span
              key={place}
              className="time-speed-tick"
              style={{ left: `${100 * shareOf(place)}%` }}
              aria-hidden="true"
            >
              {label}
            </span>
          ))}
          <Slider.Thumb
            className="time-speed-thumb"
            getAriaLabel={() => "Speed"}
            getAriaValueText={() => secondsWorth(rate)}
          />
        </Slider.Track>
      </Slider.Control>
    </Slider.Root>
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
