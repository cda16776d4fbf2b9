/** NumPy's .npy, versions 1 to 3: a matrix of float16, float32 or float64, of either byte order, row by row or by columns. */
import { textOf, viewOf } from "./bytes.ts";
import { quoted } from "./cells.ts";
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

/** What the header says. */
interface Shape {
  readonly rows: number;
  readonly dimension: number;
  readonly byColumns: boolean;
}

/** Reads the number at a byte. */
type ReadNumber = (view: DataView, at: number) => number;

/** The header, and where the numbers begin. */
interface Header {
  readonly text: string;
  readonly data: number;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** A float16 counts its fraction, or with a leading one, in these units at the smallest exponent. */
const SMALLEST_HALF = 1 / (1 << 24);

/** The value of the 16 bits of a float16. */
function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  // Subnormal numbers have the exponent of the smallest normal ones, and no leading one.
  if (exponent === 0) return sign * fraction * SMALLEST_HALF;
  return sign * (fraction + 1_024) * (1 << (exponent - 1)) * SMALLEST_HALF;
}

const types: Record<string, { readonly size: number; readonly read: (littleEndian: boolean) => ReadNumber }> = {
  f2: { size: 2, read: (little) => (view, at) => halfOf(view.getUint16(at, little)) },
  f4: { size: 4, read: (little) => (view, at) => view.getFloat32(at, little) },
  f8: { size: 8, read: (little) => (view, at) => view.getFloat64(at, little) },
};

function headerOf(bytes: Uint8Array): Header | string {
  if (MAGIC.some((byte, at) => at < bytes.length && bytes[at] !== byte)) {
    return "The file is no NumPy file: byte 0 should begin its signature.";
  }
  const view = viewOf(bytes);
  const major = bytes[6] ?? 0;
  const start = major === 1 ? 10 : 12;
  if (bytes.length < start) return `The file ends at byte ${bytes.length}, within its header: it is truncated.`;
  if (major < 1 || major > 3) return `Version ${major} of the NumPy format, at byte 6, is not supported.`;
  const data = start + (major === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (data > bytes.length) return `The file ends at byte ${bytes.length}, within its header: it is truncated.`;
  const text = textOf(bytes, { start, end: data });
  return text === undefined ? `The header at byte ${start} is not text.` : { text, data };
}

function shapeOf(header: string): Shape | string {
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(header)?.[1];
  const shape = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(header)?.[1];
  if (order === undefined || shape === undefined) return "The header gives no shape and order.";
  const sizes = [...shape.matchAll(/\d+/g)].map(([digits]) => Number(digits));
  const [first, second] = sizes;
  if (first === undefined || sizes.length > 2) {
    return `The array has ${counted(sizes.length, "axis").replace("axiss", "axes")}; a matrix is wanted, a row for each vector.`;
  }
  // An array with one axis is one vector: how a single query is often kept.
  const [rows, dimension] = second === undefined ? [1, first] : [first, second];
  return { rows, dimension, byColumns: order === "True" };
}

function sizeProblem({ rows, dimension }: Shape): string | undefined {
  if (rows === 0) return "The file has no rows.";
  if (dimension === 0) return "Row 1 has no numbers.";
  if (rows > MAX_ROWS) return tooManyRows(rows);
  if (dimension <= MAX_DIMENSION) return undefined;
  return `Row 1 has ${dimension} numbers: at most ${MAX_ROWS} x ${MAX_DIMENSION} can be loaded.`;
}

/** Reads a .npy file. */
export function readNpy(bytes: Uint8Array, choices: ReadChoices): ReadResult {
  const header = headerOf(bytes);
  if (typeof header === "string") return failed(header);
  const descr = /'descr'\s*:\s*'([<>=|]?)(\w+)'/.exec(header.text);
  const type = types[descr?.[2] ?? ""];
  if (type === undefined || descr === null) {
    const named = /'descr'\s*:\s*(?:'([^']*)'|([^,]*))/.exec(header.text);
    if (named === null) return failed("The header at byte 10 names no number type.");
    const which = quoted(named[1] ?? named[2] ?? "");
    return failed(`The number type ${which}, in the header at byte 10, is not supported: f2, f4 and f8 are.`);
  }
  const shape = shapeOf(header.text);
  if (typeof shape === "string") return failed(shape);
  const problem = sizeProblem(shape);
  if (problem !== undefined) return failed(problem);
  const { rows, dimension } = shape;
  const end = header.data + rows * dimension * type.size;
  if (bytes.length < end) {
    const row = shape.byColumns
      ? ""
      : `, in row ${Math.floor((bytes.length - header.data) / dimension / type.size) + 1}`;
    return failed(`The file ends at byte ${bytes.length}${row}, and should at ${end}: it is truncated.`);
  }
  if (bytes.length > end) return failed(`The file goes on behind its last row, which ends at byte ${end}.`);
  return readMatrix(
    bytes,
    { ...shape, data: header.data, size: type.size, read: type.read(descr[1] !== ">") },
    choices,
  );
}

interface Matrix extends Shape {
  readonly data: number;
  readonly size: number;
  readonly read: ReadNumber;
}

function readMatrix(bytes: Uint8Array, matrix: Matrix, choices: ReadChoices): ReadResult {
  const { rows, dimension, data, size, read, byColumns } = matrix;
  const view = viewOf(bytes);
  const table = new TableBuilder(choices, rows);
  const values = new Float64Array(dimension);
  const [rowStep, columnStep] = byColumns ? [size, size * rows] : [size * dimension, size];
  for (let row = 0; row < rows; row += 1) {
    const start = data + row * rowStep;
    for (let column = 0; column < dimension; column += 1) values[column] = read(view, start + column * columnStep);
    const problem = table.add({ place: placeOf(row + 1), values });
    if (problem !== undefined) return failed(problem);
    if (row % REPORT_EVERY === 0) choices.onProgress?.(row / rows);
  }
  return table.finish();
}
