/** Instants as people type them: "12.7", "1:02.742", "90 s", "5 min", "1 h", and "+10" from where they are. */
import { type Micros, micros, seconds } from "../../base/units.ts";

const UNITS: Readonly<Record<string, number>> = {
  "": seconds(1),
  µs: 1,
  us: 1,
  ms: 1_000,
  s: seconds(1),
  sec: seconds(1),
  m: seconds(60),
  min: seconds(60),
  h: seconds(3_600),
};

/** No run is computed further than this at one go. */
export const LATEST_INSTANT: Micros = seconds(100 * 3_600);

/** What is wrong with what was typed, said beside the field. */
export const INSTANT_HELP = "An instant is like 12.5, 1:02.742, 5 min or +10 s.";

/** The instant that `text` means, from `now` on where it begins with a sign; undefined where it means none. */
export function parseInstant(text: string, now: Micros): Micros | undefined {
  const match = /^([+-]?)\s*(.+)$/.exec(text.trim().toLowerCase().replace(",", "."));
  const length = match?.[2] === undefined ? undefined : lengthOf(match[2]);
  if (length === undefined) return undefined;
  const sign = match?.[1] ?? "";
  const at = Math.round(sign === "" ? length : sign === "+" ? now + length : now - length);
  return at > LATEST_INSTANT ? undefined : micros(Math.max(0, at));
}

function lengthOf(text: string): number | undefined {
  const parts = /^(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)$/.exec(text);
  if (parts !== null) {
    const [, hours = "0", minutes = "0", rest = "0"] = parts;
    return (Number(hours) * 3_600 + Number(minutes) * 60 + Number(rest)) * seconds(1);
  }
  const plain = /^(\d+(?:\.\d+)?|\.\d+)\s*([a-zµ]*)$/.exec(text);
  const unit = UNITS[plain?.[2] ?? "?"];
  return plain === null || unit === undefined ? undefined : Number(plain[1]) * unit;
}
