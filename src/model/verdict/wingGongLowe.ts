/**
 * Is a complete history linearizable? Wing and Gong, "Testing and verifying concurrent objects" (JPDC 17, 1993), with
 * Lowe's memory of the configurations that have been tried ("Testing for linearizability", CCPE 29, 2017), per id, since
 * linearizability is local. It searches for an order, takes values that are written twice as they come, and is what the
 * live checker is compared with; it may take exponential time where many operations overlap.
 */
import { present } from "../../base/assert.ts";
import type { Held, HistoryOperation } from "./history.ts";

/** What came of a history. `key` is the id that has no order. */
export type HistoryVerdict =
  | { readonly linearizable: true }
  | { readonly linearizable: false; readonly key: string; readonly explanation: string }
  /** The search was ended: too many operations overlap. */
  | { readonly linearizable: undefined; readonly key: string; readonly explanation: string };

export interface HistoryOptions {
  /** What an id held before the first operation; undefined if that is not known. Without it nothing is known of any. */
  readonly initially?: (id: string) => Held | undefined;
  /** Configurations per id beyond which the search ends. */
  readonly limit?: number;
}

const DEFAULT_LIMIT = 5_000_000;

/** The value before anything is known: the first read says what it was. */
const ANYTHING = Symbol("anything");
type State = Held | typeof ANYTHING;

/** The beginning or the end of an operation, in a list from which operations are lifted out and put back. */
interface Point {
  readonly operation: Indexed;
  readonly isEnd: boolean;
  before: Point | undefined;
  next: Point | undefined;
}

interface Indexed extends HistoryOperation {
  readonly index: number;
  start: Point | undefined;
  end: Point | undefined;
}

function timeOf({ operation, isEnd }: Point): number {
  return isEnd ? operation.endedAt : operation.startedAt;
}

/** Beginnings come before ends at the same instant: such operations count as concurrent. */
function comparePoints(a: Point, b: Point): number {
  return timeOf(a) - timeOf(b) || Number(a.isEnd) - Number(b.isEnd) || a.operation.index - b.operation.index;
}

/** Writes of unknown outcome that nobody has read can be left out: then they never took effect. */
function relevant(operations: readonly HistoryOperation[]): readonly HistoryOperation[] {
  const read = new Set(operations.flatMap(({ kind, value }) => (kind === "get" ? [value] : [])));
  return operations.filter(({ endedAt, value }) => Number.isFinite(endedAt) || read.has(value));
}

/** State after `operation`, undefined where it cannot happen in `state`. */
function apply(state: State, { kind, value }: HistoryOperation): { readonly state: State } | undefined {
  if (kind !== "get") return { state: value };
  return state === ANYTHING || state === value ? { state: value } : undefined;
}

/** Which operations have been placed in the order, and what the register then holds. */
class Configurations {
  readonly #placed: boolean[];
  readonly #numbers = new Map<State, number>();
  readonly #seen = new Set<string>();
  /** Everything before is placed. */
  #low = 0;

  constructor(size: number) {
    this.#placed = Array.from({ length: size }, () => false);
  }

  get size(): number {
    return this.#seen.size;
  }

  place(index: number): void {
    this.#placed[index] = true;
    while (this.#placed[this.#low]) this.#low += 1;
  }

  take(index: number): void {
    this.#placed[index] = false;
    if (index < this.#low) this.#low = index;
  }

  /** Notes the configuration; false if it was there before. `horizon`: nothing from there on is placed. */
  isNew(state: State, horizon: number): boolean {
    let key = `${this.#numberOf(state)}:${this.#low}`;
    for (let index = this.#low + 1; index < horizon; index += 1) if (this.#placed[index]) key += `,${index}`;
    const before = this.#seen.size;
    return this.#seen.add(key).size > before;
  }

  #numberOf(state: State): number {
    const known = this.#numbers.get(state);
    if (known !== undefined) return known;
    this.#numbers.set(state, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}

/** The search for one id. */
class Search {
  readonly #head: { next: Point | undefined };
  readonly #configurations: Configurations;
  readonly #stack: { readonly operation: Indexed; readonly state: State }[] = [];
  readonly #limit: number;
  #state: State;
  /** Operations with an end that are not placed yet. */
  #open: number;
  /** One past the last operation that was ever placed. */
  #horizon = 0;
  /** Where the search got furthest: what could not be placed, and what the register may have held there. */
  #deepest = -1;
  #blocked: Indexed | undefined;
  readonly #heldThere = new Set<State>();

  constructor(operations: readonly HistoryOperation[], initial: State, limit: number) {
    const indexed: Indexed[] = [...operations]
      .sort((a, b) => a.startedAt - b.startedAt)
      .map((operation, index) => ({ ...operation, index, start: undefined, end: undefined }));
    this.#head = { next: linked(indexed) };
    this.#configurations = new Configurations(indexed.length);
    this.#open = indexed.filter(({ end }) => end !== undefined).length;
    this.#state = initial;
    this.#limit = limit;
  }

  /** Undefined when the limit was reached. */
  run(): boolean | undefined {
    let point = this.#head.next;
    while (this.#open > 0) {
      if (this.#configurations.size > this.#limit) return undefined;
      if (point !== undefined && !point.isEnd) {
        point = this.#tryToPlace(point.operation) ? this.#head.next : point.next;
        continue;
      }
      // Somebody has ended whom no order has placed: the last decision was wrong.
      this.#noteBlocked(point?.operation);
      const last = this.#stack.pop();
      if (last === undefined) return false;
      this.#takeBack(last.operation, last.state);
      point = last.operation.start?.next;
    }
    return true;
  }

  /** In words: the operation that fits nowhere, and what it would have had to find. */
  explain(): string {
    const blocked = present(this.#blocked, "the operation that could not be placed");
    const { kind, id, process, startedAt, endedAt, value } = blocked;
    const held = [...this.#heldThere].map((state) => (state === ANYTHING ? "anything" : nameOf(state)));
    const what = kind === "get" ? `read ${nameOf(value)}` : kind === "put" ? `wrote ${nameOf(value)}` : "deleted it";
    return `${id}: process ${process} ${what} between ${startedAt} and ${endedAt} us; no order of the operations explains that. It could then hold ${held.join(" or ")}.`;
  }

  #tryToPlace(operation: Indexed): boolean {
    const applied = apply(this.#state, operation);
    if (applied === undefined) return false;
    const { index } = operation;
    this.#configurations.place(index);
    if (index >= this.#horizon) this.#horizon = index + 1;
    if (!this.#configurations.isNew(applied.state, this.#horizon)) {
      this.#configurations.take(index);
      return false;
    }
    this.#stack.push({ operation, state: this.#state });
    this.#state = applied.state;
    for (const point of [operation.start, operation.end]) if (point !== undefined) this.#lift(point);
    if (operation.end !== undefined) this.#open -= 1;
    return true;
  }

  #takeBack(operation: Indexed, state: State): void {
    this.#state = state;
    this.#configurations.take(operation.index);
    for (const point of [operation.end, operation.start]) if (point !== undefined) this.#putBack(point);
    if (operation.end !== undefined) this.#open += 1;
  }

  #lift(point: Point): void {
    if (point.before === undefined) this.#head.next = point.next;
    else point.before.next = point.next;
    if (point.next !== undefined) point.next.before = point.before;
  }

  #putBack(point: Point): void {
    if (point.before === undefined) this.#head.next = point;
    else point.before.next = point;
    if (point.next !== undefined) point.next.before = point;
  }

  #noteBlocked(operation: Indexed | undefined): void {
    const depth = this.#stack.length;
    if (operation === undefined || depth < this.#deepest) return;
    if (depth > this.#deepest) {
      this.#deepest = depth;
      this.#blocked = operation;
      this.#heldThere.clear();
    }
    this.#heldThere.add(this.#state);
  }
}

function nameOf(value: Held): string {
  return value === null ? "nothing" : value;
}

/** The list of all beginnings and ends in order; its first point. */
function linked(operations: readonly Indexed[]): Point | undefined {
  const points: Point[] = [];
  for (const operation of operations) {
    operation.start = { operation, isEnd: false, before: undefined, next: undefined };
    points.push(operation.start);
    if (!Number.isFinite(operation.endedAt)) continue;
    operation.end = { operation, isEnd: true, before: undefined, next: undefined };
    points.push(operation.end);
  }
  points.sort(comparePoints);
  for (const [position, point] of points.entries()) {
    point.before = points[position - 1];
    point.next = points[position + 1];
  }
  return points[0];
}

function byKey(operations: readonly HistoryOperation[]): ReadonlyMap<string, readonly HistoryOperation[]> {
  const keys = new Map<string, HistoryOperation[]>();
  for (const operation of operations) {
    const known = keys.get(operation.id);
    if (known === undefined) keys.set(operation.id, [operation]);
    else known.push(operation);
  }
  return keys;
}

/** Whether some order of the operations, each at an instant between its start and its end, explains every read. */
export function checkHistory(operations: readonly HistoryOperation[], options: HistoryOptions = {}): HistoryVerdict {
  const { initially, limit = DEFAULT_LIMIT } = options;
  let undecided: HistoryVerdict = { linearizable: true };
  for (const [key, all] of byKey(operations)) {
    const initial = initially?.(key);
    const search = new Search(relevant(all), initial === undefined ? ANYTHING : initial, limit);
    const found = search.run();
    if (found === false) return { linearizable: false, key, explanation: search.explain() };
    if (found === undefined) {
      const explanation = `${key}: no order found among ${limit} configurations, the search was ended.`;
      undecided = { linearizable: undefined, key, explanation };
    }
  }
  return undecided;
}
