/** Which endings of names are read, apart from the readers, so that a page can ask without them. */

/** The format of each ending, in lower case. */
export const FORMAT_ENDINGS = {
  jsonl: ["jsonl", "ndjson"],
  json: ["json"],
  csv: ["csv"],
  tsv: ["tsv", "tab"],
  words: ["txt", "vec", "glove", "w2v"],
  npy: ["npy"],
  fvecs: ["fvecs"],
  bvecs: ["bvecs"],
  fbin: ["fbin"],
  parquet: ["parquet"],
} as const;

/** The endings of names that can be read, each with its dot. */
export const FILE_ENDINGS: readonly string[] = Object.values(FORMAT_ENDINGS)
  .flat()
  .map((ending) => `.${ending}`);

/** What stands behind the last point of a name, in lower case; empty where there is none. */
export function endingOf(name: string): string {
  return /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
}
