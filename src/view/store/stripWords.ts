/** What folded log strips leave out, in words. */
import { count, list } from "./format.ts";

/** "entries 102 to 148 and 152 to 247"; empty where nothing is left out. */
export function leftOutWords(indices: readonly number[]): string {
  const spans = indices.flatMap((index, at) => {
    const before = indices[at - 1] ?? index - 1;
    if (index === before + 1) return [];
    return [index === before + 2 ? count(index - 1) : `${count(before + 1)} to ${count(index - 1)}`];
  });
  if (spans.length === 0) return "";
  return `${spans.length === 1 && !spans[0]?.includes(" ") ? "entry" : "entries"} ${list(spans)}`;
}
