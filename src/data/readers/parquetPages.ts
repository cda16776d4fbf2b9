/**
 * The headers of a Parquet file's pages, checked before hyparquet reads the pages: it believes what they say, and of a
 * damaged one it might never come to an end.
 */
import type { FileMetaData } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";

type ColumnMetaData = NonNullable<FileMetaData["row_groups"][number]["columns"][number]["meta_data"]>;
type PageHeader = ReturnType<typeof parquetHeader>;

/** Whether all are whole numbers from 0 to `most`. */
function areCounts(values: readonly unknown[], most: number): boolean {
  return values.every((value) => typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most);
}

/** The values in a page; undefined when its header makes no sense. */
function valuesIn(header: PageHeader, most: number): number | undefined {
  const { compressed_page_size: size, data_page_header: one, data_page_header_v2: two } = header;
  switch (header.type) {
    case "DATA_PAGE":
      return one !== undefined && areCounts([one.num_values], most) ? one.num_values : undefined;
    case "DATA_PAGE_V2": {
      if (two === undefined || !areCounts([two.num_values, two.num_nulls, two.num_rows], most)) return undefined;
      const levels = [two.definition_levels_byte_length, two.repetition_levels_byte_length];
      return areCounts(levels, size) ? two.num_values : undefined;
    }
    case "DICTIONARY_PAGE":
      return areCounts([header.dictionary_page_header?.num_values], most) ? 0 : undefined;
    default:
      return undefined;
  }
}

/** Where the pages of a column's chunk go wrong, as a byte of the file; undefined when they add up. */
function faultyPage(bytes: Uint8Array, meta: ColumnMetaData): number | undefined {
  const start = Number(meta.dictionary_page_offset || meta.data_page_offset);
  const end = start + Number(meta.total_compressed_size);
  if (!areCounts([start, end], bytes.length) || end < start) return Math.min(Math.max(0, start), bytes.length);
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset + start, end - start), offset: 0 };
  const most = Number(meta.num_values);
  let left = most;
  while (reader.offset < end - start) {
    const at = start + reader.offset;
    let header: PageHeader;
    try {
      header = parquetHeader(reader);
    } catch {
      return at;
    }
    const size = header.compressed_page_size;
    if (!areCounts([size], end - start - reader.offset)) return at;
    if (!areCounts([header.uncompressed_page_size], Number(meta.total_uncompressed_size))) return at;
    const values = valuesIn(header, most);
    if (values === undefined || values > left) return at;
    left -= values;
    reader.offset += size;
  }
  return left === 0 ? undefined : end;
}

/** The sentence for the first page that makes no sense, of the columns that are read. */
export function pageProblem(bytes: Uint8Array, metadata: FileMetaData, names: readonly string[]): string | undefined {
  for (const { columns } of metadata.row_groups) {
    for (const { meta_data } of columns) {
      if (meta_data === undefined || !names.includes(meta_data.path_in_schema[0] ?? "")) continue;
      const at = faultyPage(bytes, meta_data);
      if (at !== undefined) return `The file is damaged at byte ${at}, where a page of values should stand.`;
    }
  }
  return undefined;
}
