/**
 * The logarithmic ruler of speeds, from 1/1000 to 100 times. A place on it is the decimal logarithm of the speed.
 * Keys go from stop to stop (1, 2, 5 of every decade); a pointer goes anywhere and is drawn to the two named speeds.
 */

/** Where a 10 ms flight is comfortable to follow. */
export const WATCH_RATE = 0.05;

/** The cluster's own time. */
export const LIVE_RATE = 1;

export const SLOWEST_RATE = 0.001;
export const FASTEST_RATE = 100;

/** Both ends of the ruler, as places. */
export const FIRST_PLACE = -3;
export const LAST_PLACE = 2;

/** How near, in decades, a pointer must come to a named speed to be drawn to it; a tenth of a centimetre on the page. */
const PULL = 0.09;

/** Every stop of the keys, slowest first: 1/1000, 1/500, 1/200 ... 50, 100. */
export const STOPS: readonly number[] = [1_000, 500, 200, 100, 50, 20, 10, 5, 2]
  .map((divisor) => 1 / divisor)
  .concat([1, 2, 5, 10, 20, 50, 100]);

/** The marks of the ruler with their names. */
export const DECADES: readonly { readonly place: number; readonly label: string }[] = [
  { place: -3, label: "1/1000" },
  { place: -2, label: "1/100" },
  { place: -1, label: "1/10" },
  { place: 0, label: "1" },
  { place: 1, label: "10" },
  { place: 2, label: "100×" },
];

/** Where `rate` stands on the ruler. */
export function placeOf(rate: number): number {
  return Math.min(Math.max(Math.log10(rate), FIRST_PLACE), LAST_PLACE);
}

/** The share of the ruler's length, from 0 to 1, at which `place` stands. */
export function shareOf(place: number): number {
  return (place - FIRST_PLACE) / (LAST_PLACE - FIRST_PLACE);
}

/** The speed that a pointer at `place` means: a named one when it is near, else one that is short to say. */
export function rateAt(place: number): number {
  const named = [WATCH_RATE, LIVE_RATE].find((rate) => Math.abs(place - Math.log10(rate)) < PULL);
  if (named !== undefined) return named;
  const rate = 10 ** place;
  const said = rate < 1 ? 1 / twoDigits(1 / rate) : twoDigits(rate);
  return Math.min(Math.max(said, SLOWEST_RATE), FASTEST_RATE);
}

/** The next stop above (`direction` 1) or below (-1) `rate`; the last one where there is none. */
export function nextStop(rate: number, direction: 1 | -1): number {
  const stops = direction === 1 ? STOPS : [...STOPS].reverse();
  const beyond = stops.find((stop) => (stop - rate) * direction > rate * 1e-6);
  return beyond ?? (direction === 1 ? FASTEST_RATE : SLOWEST_RATE);
}

/** Whether two speeds are the same but for rounding. */
export function isSameRate(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-6 * Math.max(a, b);
}

function twoDigits(value: number): number {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.round(value / power) * power;
}
