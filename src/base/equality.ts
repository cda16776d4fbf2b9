/** Structural equality of plain data: a fact that is equal to the one before need not be sent, told or drawn again. */

function sameNumbers(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, at) => Object.is(value, b[at]));
}

function sameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, at) => isSame(value, b[at]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function sameRecord(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && isSame(a[key], b[key]));
}

/** Whether `a` and `b` are the same plain data: numbers, texts, lists, records and vectors, to any depth. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (a instanceof Float32Array) return b instanceof Float32Array && sameNumbers(a, b);
  if (Array.isArray(a)) return Array.isArray(b) && sameList(a, b);
  return isRecord(a) && isRecord(b) && !Array.isArray(b) && sameRecord(a, b);
}

/** `before` while it is equal to `now`, else `now`. */
export function keep<T>(before: T, now: T): T {
  return isSame(before, now) ? before : now;
}
