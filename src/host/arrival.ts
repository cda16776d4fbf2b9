/**
 * Taking in what came from another thread. A structured clone copies every embedding; here each becomes the one that
 * this thread keeps, with a digest computed from the bits that arrived, never the one that the sender wrote: a bit that
 * changed on the way changes the run hash. One walk serves every kind of message, those that come later included.
 */
import type { EmbeddingTable } from "../model/vector/embedding.ts";

/** The fields of an object that has just been cloned: nobody else holds it, so they may be set. */
type Fields = Record<string, unknown>;

function valuesOf(value: object): Float32Array | undefined {
  return "digestLow" in value && "values" in value && value.values instanceof Float32Array ? value.values : undefined;
}

function takeIn(table: EmbeddingTable, value: unknown): unknown {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) {
      const element: unknown = value[at];
      if (typeof element === "object") value[at] = takeIn(table, element);
    }
    return value;
  }
  if (value instanceof Map) {
    for (const [key, element] of value) if (typeof element === "object") value.set(key, takeIn(table, element));
    return value;
  }
  const values = valuesOf(value);
  if (values !== undefined) return table.intern(values);
  const fields = value as Fields;
  for (const name in fields) {
    const field = fields[name];
    if (typeof field === "object" && field !== null) fields[name] = takeIn(table, field);
  }
  return value;
}

/** `arrived`, a clone that nobody else holds, with every embedding in it replaced by this thread's. */
export function internArrived<Value extends object>(table: EmbeddingTable, arrived: Value): Value {
  takeIn(table, arrived);
  return arrived;
}
