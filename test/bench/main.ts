/**
 * `npm run bench`: the figures of docs/performance.md. Each is the median of several runs, beside the score of a
 * calibration loop. A change is judged by the ratio on one machine, never by an absolute time.
 *
 *     npm run bench                  everything
 *     npm run bench -- headless      one part: headless, memory, comlink, page, search, hnsw, map, link
 */
import { comlink } from "./comlink.ts";
import { headless } from "./headless.ts";
import { hnsw } from "./hnsw.ts";
import { link } from "./link.ts";
import { map } from "./map.ts";
import { type Figure, machine, row } from "./measure.ts";
import { memory } from "./memory.ts";
import { page } from "./page.ts";
import { search } from "./search.ts";

const parts: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  headless,
  memory,
  comlink,
  page,
  search,
  hnsw,
  map,
  link,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`There is no bench part ${unknown.join(", ")}; there are ${Object.keys(parts).join(", ")}.`);
  process.exit(2);
}

console.log(`${machine()}\n`);
console.log("| what | median | spread | calibration | to hold |");
console.log("| --- | --- | --- | --- | --- |");
for (const [name, measure] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  for (const figure of await measure()) console.log(row(figure));
}
