// Files of vectors in every format, made as other programs make them.
import { ByteWriter, parquetWrite } from "hyparquet-writer";

/** What a file holds. */
export interface Content {
  readonly rows: readonly (readonly number[])[];
  readonly ids?: readonly string[];
  readonly texts?: readonly string[];
}

/** A made file. */
export interface MadeFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const encoder = new TextEncoder();

export function textFile(name: string, text: string): MadeFile {
  return { name, bytes: encoder.encode(text) };
}

export function joined(...parts: readonly ArrayBufferView[]): Uint8Array {
  const all = parts.map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  const bytes = new Uint8Array(all.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of all) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function records({ rows, ids, texts }: Content): Record<string, unknown>[] {
  return rows.map((embedding, row) => ({
    ...(ids === undefined ? {} : { id: ids[row] }),
    ...(texts === undefined ? {} : { text: texts[row] }),
    embedding,
  }));
}

export function jsonLines(content: Content, name = "made.jsonl"): MadeFile {
  return textFile(
    name,
    records(content)
      .map((record) => `${JSON.stringify(record)}\n`)
      .join(""),
  );
}

export function jsonList(content: Content): MadeFile {
  return textFile("made.json", JSON.stringify(records(content), undefined, 1));
}

export function jsonColumns({ rows, ids, texts }: Content): MadeFile {
  return textFile("made.json", JSON.stringify({ model: "x", ids, documents: texts, embeddings: rows }));
}

function cell(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

export function delimited(content: Content, delimiter: "," | "\t", header = true): MadeFile {
  const { rows, ids, texts } = content;
  const lines = rows.map((row, at) => [
    ...(ids === undefined ? [] : [cell(ids[at] ?? "")]),
    ...(texts === undefined ? [] : [cell(texts[at] ?? "")]),
    ...row.map(String),
  ]);
  if (header) {
    const names = rows[0]?.map((_, column) => `v${column}`) ?? [];
    lines.unshift([...(ids === undefined ? [] : ["id"]), ...(texts === undefined ? [] : ["text"]), ...names]);
  }
  const text = lines.map((line) => `${line.join(delimiter)}\r\n`).join("");
  return textFile(delimiter === "," ? "made.csv" : "made.tsv", text);
}

export function wordVectors({ rows, ids = [] }: Content, counts: boolean): MadeFile {
  const first = counts ? `${rows.length} ${rows[0]?.length}\n` : "";
  return textFile("made.vec", first + rows.map((row, at) => `${ids[at]} ${row.join(" ")}\n`).join(""));
}

/** The 16 bits of a number that a float16 holds exactly. */
function halfBits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size === 0) return sign;
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  const fraction = size / 2 ** (exponent - 10);
  return fraction < 1_024 ? sign | fraction : sign | ((exponent + 15) << 10) | (fraction - 1_024);
}

export type NumberType = "<f2" | "<f4" | "<f8" | ">f2" | ">f4" | ">f8";

export function npyHeader(header: string, version = 1): Uint8Array {
  const size = version === 1 ? 2 : 4;
  const padded = encoder.encode(`${header.padEnd(Math.ceil((header.length + 11 + size) / 64) * 64 - 9 - size)}\n`);
  const start = new DataView(new ArrayBuffer(8 + size));
  for (const [at, byte] of [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0].entries()) start.setUint8(at, byte);
  if (version === 1) start.setUint16(8, padded.length, true);
  else start.setUint32(8, padded.length, true);
  return joined(start, padded);
}

export function npy({ rows }: Content, type: NumberType, byColumns = false, version = 1): MadeFile {
  const columns = rows[0]?.length ?? 0;
  const size = Number(type[2]);
  const data = new DataView(new ArrayBuffer(rows.length * columns * size));
  const little = type.startsWith("<");
  const write = {
    2: (at: number, value: number) => data.setUint16(at, halfBits(value), little),
    4: (at: number, value: number) => data.setFloat32(at, value, little),
    8: (at: number, value: number) => data.setFloat64(at, value, little),
  }[size];
  for (const [row, values] of rows.entries()) {
    for (const [column, value] of values.entries()) {
      write?.((byColumns ? column * rows.length + row : row * columns + column) * size, value);
    }
  }
  const order = byColumns ? "True" : "False";
  const header = `{'descr': '${type}', 'fortran_order': ${order}, 'shape': (${rows.length}, ${columns}), }`;
  return { name: "made.npy", bytes: joined(npyHeader(header, version), data) };
}

export function fvecs({ rows }: Content): MadeFile {
  const parts = rows.flatMap((row) => [new Int32Array([row.length]), new Float32Array(row)]);
  return { name: "made.fvecs", bytes: joined(...parts) };
}

export function bvecs({ rows }: Content): MadeFile {
  const parts = rows.flatMap((row) => [new Int32Array([row.length]), new Uint8Array(row)]);
  return { name: "made.bvecs", bytes: joined(...parts) };
}

export function fbin({ rows }: Content): MadeFile {
  const counts = new Uint32Array([rows.length, rows[0]?.length ?? 0]);
  return { name: "made.fbin", bytes: joined(counts, new Float32Array(rows.flat())) };
}

type Column = Parameters<typeof parquetWrite>[0]["columnData"][number];
type Schema = NonNullable<Parameters<typeof parquetWrite>[0]["schema"]>;

const listSchema = (name: string, type: "FLOAT" | "DOUBLE" | "INT32"): Schema => [
  { name, num_children: 1, repetition_type: "OPTIONAL", converted_type: "LIST" },
  { name: "list", num_children: 1, repetition_type: "REPEATED" },
  { name: "element", type, repetition_type: "OPTIONAL" },
];

/** How a Parquet file is made. */
export interface ParquetStyle {
  readonly type?: "FLOAT" | "DOUBLE" | "INT32";
  readonly codec?: "UNCOMPRESSED" | "SNAPPY" | "GZIP" | "ZSTD";
  readonly compress?: (input: Uint8Array) => Uint8Array;
  readonly vectorName?: string;
  readonly idName?: string;
  /** Ids as 64-bit integers. */
  readonly integerIds?: boolean;
  readonly rowGroupSize?: number;
}

export function parquet({ rows, ids, texts }: Content, style: ParquetStyle = {}): MadeFile {
  const { type = "FLOAT", codec = "SNAPPY", compress, vectorName = "embedding", idName = "id" } = style;
  const columnData: Column[] = [];
  const schema: Schema = [];
  if (ids !== undefined) {
    const data = style.integerIds === true ? ids.map((id) => BigInt(id)) : [...ids];
    columnData.push({ name: idName, data });
    schema.push(
      style.integerIds === true
        ? { name: idName, type: "INT64", repetition_type: "OPTIONAL" }
        : { name: idName, type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" },
    );
  }
  if (texts !== undefined) {
    columnData.push({ name: "text", data: [...texts] });
    schema.push({ name: "text", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" });
  }
  columnData.push({ name: vectorName, data: rows.map((row) => [...row]) });
  schema.push(...listSchema(vectorName, type));
  const writer = new ByteWriter();
  // Into memory it has no need to wait.
  void parquetWrite({
    writer,
    columnData,
    schema: [{ name: "root", num_children: columnData.length }, ...schema],
    codec,
    ...(compress === undefined ? {} : { compressors: { [codec]: compress } }),
    ...(style.rowGroupSize === undefined ? {} : { rowGroupSize: style.rowGroupSize }),
  });
  return { name: "made.parquet", bytes: new Uint8Array(writer.getBuffer()) };
}
