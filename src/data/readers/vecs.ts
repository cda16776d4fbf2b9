/**
 * The formats of nearest-neighbour benchmarks: .fvecs and .bvecs, where every row says how many float32 or bytes follow;
 * and .fbin, which says once how many rows of how many float32. All little endian.
 */
import { viewOf } from "./bytes.ts";
import {
  counted,
  failed,
  MAX_DIMENSION,
  MAX_ROWS,
  placeOf,
  REPORT_EVERY,
  type ReadChoices,
  type ReadResult,
  TableBuilder,
  tooManyRows,
} from "./table.ts";

/** Bytes of the number before a row, or of each of the two at the start of an .fbin. */
const COUNT_BYTES = 4;

/** How a format keeps the numbers of a row. */
interface Encoding {
  readonly size: number;
  readonly read: (view: DataView, at: number) => number;
}

const floats: Encoding = { size: 4, read: (view, at) => view.getFloat32(at, true) };
const byteValues: Encoding = { size: 1, read: (view, at) => view.getUint8(at) };

/** A dimension this large is no dimension: the bytes mean something else. */
const ABSURD = 1 << 20;

function countProblem(count: number, place: string, at: number): string | undefined {
  if (count >= 1 && count <= MAX_DIMENSION) return undefined;
  if (count < 1 || count > ABSURD) {
    return `${place} would have ${count} numbers, says byte ${at}: the file is not what its name says.`;
  }
  return `${place} has ${count} numbers: at most ${MAX_ROWS} x ${MAX_DIMENSION} can be loaded.`;
}

function truncated(bytes: Uint8Array, place: string): ReadResult {
  return failed(`${place} is cut off at byte ${bytes.length}: the file is truncated.`);
}

function fill(values: Float64Array, view: DataView, at: number, { size, read }: Encoding): void {
  for (let column = 0; column < values.length; column += 1) values[column] = read(view, at + column * size);
}

/** Rows of which each begins with its number of values. */
function readCounted(bytes: Uint8Array, encoding: Encoding, choices: ReadChoices): ReadResult {
  const view = viewOf(bytes);
  const table = new TableBuilder(choices);
  let values = new Float64Array(0);
  for (let at = 0; at < bytes.length; ) {
    const place = placeOf(table.rows + 1);
    if (table.rows === MAX_ROWS) return failed(tooManyRows());
    if (at + COUNT_BYTES > bytes.length) return truncated(bytes, place);
    const count = view.getInt32(at, true);
    if (table.rows > 0 && count !== values.length) {
      return failed(
        `${place} has ${counted(count, "number")}, says byte ${at}; the rows before it have ${values.length}.`,
      );
    }
    const problem = countProblem(count, place, at);
    if (problem !== undefined) return failed(problem);
    const start = at + COUNT_BYTES;
    at = start + count * encoding.size;
    if (at > bytes.length) return truncated(bytes, place);
    if (values.length !== count) values = new Float64Array(count);
    fill(values, view, start, encoding);
    const wrong = table.add({ place, values });
    if (wrong !== undefined) return failed(wrong);
    if (table.rows % REPORT_EVERY === 0) choices.onProgress?.(at / bytes.length);
  }
  return table.finish();
}

/** Reads .fvecs: rows of float32. */
export function readFvecs(bytes: Uint8Array, choices: ReadChoices): ReadResult {
  return readCounted(bytes, floats, choices);
}

/** Reads .bvecs: rows of bytes from 0 to 255. */
export function readBvecs(bytes: Uint8Array, choices: ReadChoices): ReadResult {
  return readCounted(bytes, byteValues, choices);
}

/** Reads .fbin: the numbers of rows and columns, then the rows. */
export function readFbin(bytes: Uint8Array, choices: ReadChoices): ReadResult {
  const view = viewOf(bytes);
  const data = 2 * COUNT_BYTES;
  if (bytes.length < data) return failed(`The file ends at byte ${bytes.length}, within its header: it is truncated.`);
  const rows = view.getUint32(0, true);
  const dimension = view.getUint32(COUNT_BYTES, true);
  if (rows === 0) return failed("The file has no rows.");
  const problem = countProblem(dimension, placeOf(1), COUNT_BYTES);
  if (problem !== undefined) return failed(problem);
  if (rows > MAX_ROWS) return failed(tooManyRows(rows));
  const rowBytes = dimension * floats.size;
  if (bytes.length < data + rows * rowBytes) {
    return truncated(bytes, placeOf(Math.floor((bytes.length - data) / rowBytes) + 1));
  }
  if (bytes.length > data + rows * rowBytes) {
    return failed(`The file goes on behind its last row, which ends at byte ${data + rows * rowBytes}.`);
  }
  const table = new TableBuilder(choices, rows);
  const values = new Float64Array(dimension);
  for (let row = 0; row < rows; row += 1) {
    fill(values, view, data + row * rowBytes, floats);
    const wrong = table.add({ place: placeOf(row + 1), values });
    if (wrong !== undefined) return failed(wrong);
    if (row % REPORT_EVERY === 0) choices.onProgress?.(row / rows);
  }
  return table.finish();
}
