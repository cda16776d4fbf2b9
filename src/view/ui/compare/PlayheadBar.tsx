/** The common playhead's controls: play, where it stands, how fast it goes. */
import { Pause, Play } from "lucide-react";
import { useSyncExternalStore } from "react";
import { instant } from "../../store/format.ts";
import { type Playhead, RATES } from "./playhead.ts";

/** Steps of the slider by keyboard: a hundredth of the span; by pointer any. */
const STEPS = 1_000;

function rateLabel(rate: number): string {
  return rate < 1 ? `1/${Math.round(1 / rate)}` : `${rate}×`;
}

/** Play, slider, clock, speed. */
export function PlayheadBar({ playhead }: { readonly playhead: Playhead }) {
  const at = useSyncExternalStore(playhead.onPanel, playhead.panelAt);
  const isPlaying = useSyncExternalStore(playhead.onPanel, () => playhead.isPlaying);
  const rate = useSyncExternalStore(playhead.onPanel, () => playhead.rate);
  const { from, to } = playhead.span;
  return (
    <div className="compare-transport" role="group" aria-label="Common playhead">
      <button
        type="button"
        className="button compare-play"
        data-kind="main"
        onClick={() => (isPlaying ? playhead.pause() : playhead.play())}
      >
        {isPlaying ? <Pause size={16} aria-hidden="true" /> : <Play size={16} aria-hidden="true" />}
        {isPlaying ? "Pause" : "Play"}
      </button>
      <span className="compare-clock" role="timer" aria-label="Virtual time of the compared runs">
        {instant(at)} s
      </span>
      <input
        type="range"
        className="compare-slider"
        aria-label="Playhead of the compared runs"
        aria-valuetext={`${instant(at)} s`}
        min={from}
        max={to}
        step={Math.max(1, Math.round((to - from) / STEPS))}
        value={at}
        onChange={({ target }) => playhead.seek(Number(target.value))}
      />
      <span className="compare-end">to {instant(to)} s</span>
      <label className="compare-rate">
        <span className="field-label">Speed</span>
        <select
          className="field-input"
          value={String(rate)}
          onChange={({ target }) => playhead.setRate(Number(target.value))}
        >
          {RATES.map((value) => (
            <option key={value} value={String(value)}>
              {rateLabel(value)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
