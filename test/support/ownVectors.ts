// Vectors of a person's own, as files would have them: a hundred rows in ten bunches, with ids and texts of every kind.
import { readDataFile } from "../../src/data/dataFile.ts";
import type { LoadedTable } from "../../src/data/loaded.ts";

const WORDS = [
  "größe",
  "☃ snow",
  "東京",
  "a\u0301 accent",
  "👩‍👩‍👧 family",
  "tab\tand\nline",
  "\u200bzero width",
  "plain",
  "ﬁ",
  "é",
];

/** Row `row` of `dimension` numbers, near those of its bunch. */
export function ownRow(row: number, dimension = 6): readonly number[] {
  return Array.from({ length: dimension }, (_, at) => {
    const bunch = Math.sin((row % 10) * 7.3 + at * 1.7) * 3;
    return Number((bunch + Math.sin(row * 12.9 + at * 78.2)).toFixed(4));
  });
}

/** A JSON lines file of `count` rows. */
export function ownJsonLines(count = 100, dimension = 6): string {
  return Array.from({ length: count }, (_, row) => {
    const text = `${WORDS[row % WORDS.length]} ${row}`;
    return JSON.stringify({ id: `row-${row}`, text, embedding: ownRow(row, dimension) });
  }).join("\n");
}

/** The same rows as a NumPy file, which has neither ids nor texts. */
export function ownNumpy(count = 100, dimension = 6): Uint8Array<ArrayBuffer> {
  const shape = `{'descr': '<f4', 'fortran_order': False, 'shape': (${count}, ${dimension}), }`;
  const header = `${shape.padEnd(117)}\n`;
  const values = Float32Array.from(Array.from({ length: count }, (_, row) => ownRow(row, dimension)).flat());
  const file = new Uint8Array(10 + header.length + values.byteLength);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
  file.set(new TextEncoder().encode(header), 10);
  file.set(new Uint8Array(values.buffer), 10 + header.length);
  return file;
}

/** What is read from a file. */
export async function tableIn(name: string, content: string | Uint8Array): Promise<LoadedTable> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const read = await readDataFile(name, bytes, {});
  if (!read.ok) throw new Error(read.problem.message);
  return read.table;
}
