/** How instants, durations and speeds are written on the time panel: as short as they stay exact. */
import { seconds } from "../../base/units.ts";

const MINUTE = seconds(60);
const HOUR = seconds(3_600);

/** An instant of the run with `decimals` of a second: "12.742 s", from a minute on "1:02.742", "1:00:02.742". */
export function formatInstant(at: number, decimals: number): string {
  const unit = 10 ** (6 - decimals);
  const rounded = Math.round(at / unit) * unit;
  const hours = Math.floor(rounded / HOUR);
  const minutes = Math.floor((rounded % HOUR) / MINUTE);
  const rest = ((rounded % MINUTE) / 1_000_000).toFixed(decimals);
  if (rounded < MINUTE) return `${rest} s`;
  const twoDigits = rest.padStart(decimals === 0 ? 2 : decimals + 3, "0");
  return hours === 0 ? `${minutes}:${twoDigits}` : `${hours}:${String(minutes).padStart(2, "0")}:${twoDigits}`;
}

/** The clock: milliseconds, because that is what one step is worth. */
export function formatClock(at: number): string {
  return formatInstant(at, 3);
}

/** A duration in two or three digits: "850 µs", "2.4 ms", "348 ms", "4.2 s", "75 s". */
export function formatDuration(duration: number): string {
  if (duration === 0) return "0 ms";
  if (duration < 1_000) return `${Math.round(duration)} µs`;
  if (duration < 9_950) return `${short(duration / 1_000)} ms`;
  if (duration < 999_500) return `${Math.round(duration / 1_000)} ms`;
  if (duration < 9_950_000) return `${short(duration / 1_000_000)} s`;
  return `${Math.round(duration / 1_000_000)} s`;
}

/** A speed: "1/20", "1×", "1/2.5", "100×". */
export function formatRate(rate: number): string {
  return rate < 0.999 ? `1/${plain(1 / rate)}` : `${plain(rate)}×`;
}

/** What a second in front of the screen is worth in the run. */
export function secondsWorth(rate: number): string {
  return `${formatRate(rate)}: one second here is ${formatDuration(rate * 1_000_000)} there`;
}

/** The same where there is little room. */
export function shortWorth(rate: number): string {
  return `1 s here = ${formatDuration(rate * 1_000_000)}`;
}

/** Said in place of it while the workers cannot keep up. */
export function reachedOnly(asked: number, reached: number): string {
  const said = asked >= 1 && reached < 1 ? `${plain(reached)}×` : formatRate(reached);
  return `${formatRate(asked)} asked, ${said} reached`;
}

/** Two digits, without a zero at the end. */
function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function plain(value: number): string {
  return String(value >= 9.95 ? Math.round(value) : Math.round(value * 10) / 10);
}
