/** The door: a file's name and bytes in, a whole table of vectors or one sentence out. */
import { contentByBytes } from "./bytes.ts";
import { readDelimited } from "./delimited.ts";
import { endingOf, FILE_ENDINGS, FORMAT_ENDINGS } from "./endings.ts";
import { readJson, readJsonLines } from "./json.ts";
import { readNpy } from "./npy.ts";
import { failed, type ReadChoices, type ReadResult } from "./table.ts";
import { readBvecs, readFbin, readFvecs } from "./vecs.ts";
import { readWordVectors } from "./wordVectors.ts";

/** A reader of one format. */
interface Format {
  /** Endings of names, in lower case. */
  readonly endings: readonly string[];
  /** Text: then what begins like a file of bytes is not what its name says. */
  readonly text: boolean;
  readonly read: (bytes: Uint8Array, choices: ReadChoices) => ReadResult | Promise<ReadResult>;
}

const formats: readonly Format[] = [
  { endings: FORMAT_ENDINGS.jsonl, text: true, read: readJsonLines },
  { endings: FORMAT_ENDINGS.json, text: true, read: readJson },
  { endings: FORMAT_ENDINGS.csv, text: true, read: (bytes, choices) => readDelimited(bytes, ",", choices) },
  { endings: FORMAT_ENDINGS.tsv, text: true, read: (bytes, choices) => readDelimited(bytes, "\t", choices) },
  { endings: FORMAT_ENDINGS.words, text: true, read: readWordVectors },
  { endings: FORMAT_ENDINGS.npy, text: false, read: readNpy },
  { endings: FORMAT_ENDINGS.fvecs, text: false, read: readFvecs },
  { endings: FORMAT_ENDINGS.bvecs, text: false, read: readBvecs },
  { endings: FORMAT_ENDINGS.fbin, text: false, read: readFbin },
  {
    endings: FORMAT_ENDINGS.parquet,
    text: false,
    read: async (...file) => (await import("./parquet.ts")).readParquet(...file),
  },
];

/** What the first bytes say about a file that should be something else; its own name's signature is for its reader. */
function otherContent(bytes: Uint8Array, { text }: Format, name: string): string | undefined {
  const found = text ? contentByBytes(bytes) : undefined;
  return found === undefined
    ? undefined
    : `The file is not what its name says: ${name} begins, at byte 0, as ${found}.`;
}

/** Reads the vectors of a file; the end of its `name` says what it is. */
export async function readVectors(name: string, bytes: Uint8Array, choices: ReadChoices = {}): Promise<ReadResult> {
  const ending = endingOf(name);
  const format = formats.find(({ endings }) => endings.includes(ending));
  if (format === undefined) {
    return failed(
      `Files that end in ${ending === "" ? "nothing" : `.${ending}`} cannot be read; ${FILE_ENDINGS.join(" ")} can.`,
    );
  }
  if (bytes.length === 0) return failed("The file is empty: it ends at byte 0.");
  const other = otherContent(bytes, format, ending);
  if (other !== undefined) return failed(other);
  // A Buffer of Node is bytes too, but its slices are no copies.
  return format.read(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength), choices);
}
