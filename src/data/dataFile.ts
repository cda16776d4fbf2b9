/** A person's file as the data set of a run: read whole, or one sentence; the same in the page and on the command line. */
import type { LoadedData } from "../model/protocol/dataset.ts";
import { digestOfTable } from "./loaded.ts";
import { readVectors } from "./readers/readVectors.ts";
import type { ReadChoices } from "./readers/table.ts";
import { baseName, type ColumnChoices, type DataFileResult } from "./reading.ts";

/** Without the choices that nobody made: equal descriptions have equal keys. */
function chosen({ idColumn, vectorColumns }: ColumnChoices): ColumnChoices {
  return {
    ...(idColumn === undefined ? {} : { idColumn }),
    ...(vectorColumns === undefined ? {} : { vectorColumns }),
  };
}

/** Reads the bytes of the file called `name`. */
export async function readDataFile(name: string, bytes: Uint8Array, choices: ReadChoices): Promise<DataFileResult> {
  const read = await readVectors(name, bytes, choices);
  if (!read.ok) return read;
  const { ids, texts, vectors: found, dimension, norms } = read.table;
  const vectors =
    found.buffer instanceof ArrayBuffer
      ? new Float32Array(found.buffer, found.byteOffset, found.length)
      : found.slice();
  const content = { ids, texts, vectors };
  const data: LoadedData = {
    file: baseName(name),
    bytes: bytes.length,
    digest: digestOfTable(content, dimension),
    rows: ids.length,
    dimension,
    ...chosen(choices),
  };
  const { columns } = read;
  return { ok: true, table: { data, ...content }, norms, ...(columns === undefined ? {} : { columns }) };
}
