/** An embedding as text, to the bit: its float32 values, little-endian, in base64. */

/** What such a text looks like. */
export const VECTOR_PATTERN = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const FLOAT_BYTES = 4;

/** `values` as text. */
export function vectorText(values: Float32Array): string {
  const view = new DataView(new ArrayBuffer(values.length * FLOAT_BYTES));
  for (const [at, value] of values.entries()) view.setFloat32(at * FLOAT_BYTES, value, true);
  return btoa(String.fromCharCode(...new Uint8Array(view.buffer)));
}

/** The values that `text`, which has been checked, stands for; bytes that make up no value are left out. */
export function vectorOf(text: string): Float32Array {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const length = Math.floor(bytes.length / FLOAT_BYTES);
  return Float32Array.from({ length }, (_, at) => view.getFloat32(at * FLOAT_BYTES, true));
}
