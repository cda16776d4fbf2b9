/** Numbers and lists as people read them. The same words everywhere: in sentences, panels and names. */
import { type Address, nameOf } from "../../base/ids.ts";
import { type Micros, toMillis, toSeconds } from "../../base/units.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A duration: "26 ms", "0.4 ms", "4.2 s"; from ten minutes on "53 min", past an hour "1:05 h". */
export function duration(time: Micros): string {
  const ms = toMillis(time);
  if (ms >= HOUR) return `${hoursAndMinutes(ms)} h`;
  if (ms >= 10 * MINUTE) return `${Math.floor(ms / MINUTE)} min`;
  if (ms >= 1_000) return `${toSeconds(time).toFixed(1)} s`;
  if (ms >= 10 || Number.isInteger(ms)) return `${Math.round(ms)} ms`;
  return `${ms.toFixed(1)} ms`;
}

/** "1:05" of an hour and five minutes; minutes that are not over do not count. */
function hoursAndMinutes(ms: number): string {
  const minutes = Math.floor(ms / MINUTE);
  return `${count(Math.floor(minutes / 60))}:${String(minutes % 60).padStart(2, "0")}`;
}

/** A long time in round words, for progress: "42 s", "12 min", "31:20 h". */
export function clockWords(time: Micros): string {
  const ms = toMillis(time);
  if (ms >= HOUR) return `${hoursAndMinutes(ms)} h`;
  return ms >= 2 * MINUTE ? `${Math.floor(ms / MINUTE)} min` : `${Math.floor(ms / 1_000)} s`;
}

/** A virtual instant as the feed shows it: "12.742". */
export function instant(time: Micros): string {
  return toSeconds(time).toFixed(3);
}

const thousands = new Intl.NumberFormat("en-US");

/** "1,204". Asked for several times per replica and frame: small numbers need no formatting. */
export function count(value: number): string {
  return value < 1_000 ? String(value) : thousands.format(value);
}

/** "1 write", "5 writes". */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** "r1", "r1 and r2", "r1, r2 and r3". */
export function list(words: readonly string[], joint = "and"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${joint} ${words.at(-1)}`;
}

/** The names of `addresses` as a list. */
export function names(addresses: readonly Address[], joint = "and"): string {
  return list(addresses.map(nameOf), joint);
}

const smallNumbers = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];

/** A count at the beginning of a sentence: "Two", "Nine", "12". */
export function countWord(value: number): string {
  return smallNumbers[value] ?? String(value);
}

/** A price in euros. */
export function price(cents: number): string {
  return `€ ${(cents / 100).toFixed(2)}`;
}

/** A share from 0 to 1 in percent, without needless digits: "0.5 %", "20 %". */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}
