/**
 * Assertions of the machines. A broken invariant throws: it is a defect of ours, never something that happens in
 * operation. Hosts catch it and add replica, seed, virtual time and the tail of the trace.
 */

/** An invariant of the model does not hold. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
}

/** Throws {@link InvariantError} unless `condition` holds. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

/** `value`, which the caller knows to be present; throws {@link InvariantError} with `what` when it is not. */
export function present<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new InvariantError(`${what} is missing`);
  return value;
}

/** The end of an exhaustive `switch`: compiles only when every case was handled. */
export function assertNever(value: never): never {
  throw new InvariantError(`unhandled case ${JSON.stringify(value)}`);
}
