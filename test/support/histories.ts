/** Small random histories of a few ids for comparing the checkers of linearizability. */
import fc from "fast-check";
import { present } from "../../src/base/assert.ts";
import { clientId, logIndex, term } from "../../src/base/ids.ts";
import { micros } from "../../src/base/units.ts";
import type { Version } from "../../src/model/protocol/item.ts";
import type { Held, HistoryOperation } from "../../src/model/verdict/history.ts";
import { Linearizability, type LinearizabilityBreak } from "../../src/model/verdict/linearizability.ts";

/** One operation as it is drawn; times are made from it, one process after the other. */
interface Draft {
  readonly process: number;
  readonly id: string;
  readonly kind: "get" | "put" | "delete";
  readonly pause: number;
  readonly duration: number;
  /** Where between start and end it takes effect, in quarters. */
  readonly effect: number;
  /** A read shows the value that so many writes of the id ago was there; 0 is right. Negative: some write at random. */
  readonly stale: number;
  readonly unknown: boolean;
  /** An unknown write takes effect so much after its start; undefined: never. */
  readonly late: number | undefined;
}

export interface HistoryShape {
  readonly deletes: boolean;
  readonly unknown: boolean;
  readonly maxOperations: number;
  readonly ids: readonly string[];
}

function draftArbitrary(shape: HistoryShape): fc.Arbitrary<Draft> {
  const kinds = shape.deletes ? (["get", "get", "put", "delete"] as const) : (["get", "get", "put"] as const);
  return fc.record({
    process: fc.integer({ min: 0, max: 4 }),
    id: fc.constantFrom(...shape.ids),
    kind: fc.constantFrom(...kinds),
    pause: fc.integer({ min: 0, max: 6 }),
    duration: fc.integer({ min: 0, max: 8 }),
    effect: fc.integer({ min: 0, max: 4 }),
    stale: fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 2, -1, -2),
    unknown: shape.unknown ? fc.constantFrom(false, false, false, true) : fc.constant(false),
    late: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
  });
}

interface Timed extends Draft {
  readonly index: number;
  readonly startedAt: number;
  readonly endedAt: number;
  /** When it takes effect; infinity for never. */
  readonly effectAt: number;
  readonly writes: Held;
}

function timed(drafts: readonly Draft[]): Timed[] {
  const freeAt = [0, 0, 0, 0, 0];
  return drafts.map((draft, index) => {
    const { process, pause, duration, effect, kind, late } = draft;
    const unknown = draft.unknown && kind !== "get";
    const startedAt = (freeAt[process] ?? 0) + pause;
    freeAt[process] = startedAt + duration;
    const lateAt = late === undefined ? Number.POSITIVE_INFINITY : startedAt + late;
    return {
      ...draft,
      unknown,
      index,
      startedAt,
      endedAt: unknown ? Number.POSITIVE_INFINITY : startedAt + duration,
      effectAt: unknown ? lateAt : startedAt + (duration * effect) / 4,
      writes: kind === "put" ? `w${index}` : null,
    };
  });
}

/** What `read` shows: by its staleness, from the values of its id in the order in which they took effect. */
function shownBy(read: Timed, all: readonly Timed[], initial: Held): Held {
  const writes = all
    .filter(({ kind, id, effectAt }) => kind !== "get" && id === read.id && Number.isFinite(effectAt))
    .sort((a, b) => a.effectAt - b.effectAt || a.index - b.index);
  const values = [initial, ...writes.map(({ writes: value }) => value)];
  if (read.stale < 0) return values[(read.index * 7 + read.effect) % values.length] ?? null;
  const done = writes.filter(({ effectAt }) => effectAt <= read.effectAt).length;
  return values[Math.max(0, done - read.stale)] ?? null;
}

/** Histories of which many are linearizable, and many are not by a little. `initially` goes with them. */
export function historyArbitrary(shape: HistoryShape): fc.Arbitrary<readonly HistoryOperation[]> {
  return fc.array(draftArbitrary(shape), { minLength: 1, maxLength: shape.maxOperations }).map((drafts) => {
    const all = timed(drafts);
    return all.map((operation) => {
      const { process, kind, id, startedAt, endedAt, writes } = operation;
      const value = kind === "get" ? shownBy(operation, all, initially(id)) : writes;
      return { process: `c${process + 1}`, kind, id, value, startedAt, endedAt };
    });
  });
}

/** Ids that begin with a vowel are there in the beginning. */
export function initially(id: string): Held {
  return /^[aeiou]/.test(id) ? "initial" : null;
}

function versionOf(value: string): Version {
  return value === "initial"
    ? { term: term(0), logIndex: logIndex(0) }
    : { term: term(1), logIndex: logIndex(Number(value.slice(1)) + 1) };
}

/** How a history is told to the live checker. */
export interface Telling {
  /** Every write's version is announced as soon as it is asked; else only its end tells it. */
  readonly placed: boolean;
  /** Operations without an end are given up so long after their start. */
  readonly giveUpAfter: number;
}

type Line = {
  readonly at: number;
  readonly order: number;
  readonly tell: (live: Linearizability) => LinearizabilityBreak | undefined;
};

function linesOf(operation: HistoryOperation, ordinal: number, telling: Telling): readonly Line[] {
  const { kind, id, value, startedAt, endedAt, process } = operation;
  const client = clientId(Number(process.slice(1)));
  const request = ordinal + 1;
  const start = micros(startedAt * 4);
  const end = micros((Number.isFinite(endedAt) ? endedAt : startedAt + telling.giveUpAfter) * 4);
  const version = value === null ? { term: term(1), logIndex: logIndex(ordinal + 1) } : versionOf(value);
  const invoke = (live: Linearizability) => {
    if (kind === "get") live.asked(start, client, request, id);
    else live.wrote(start, client, request, kind, id);
    return telling.placed && kind === "put" ? live.placed(request, version) : undefined;
  };
  const finish = (live: Linearizability) => {
    if (!Number.isFinite(endedAt)) live.ended(request);
    else if (kind === "get") return live.answered(end, request, value === null ? undefined : version);
    else return live.acknowledged(end, request, version);
    return undefined;
  };
  return [
    { at: start, order: 0, tell: invoke },
    { at: end, order: 1, tell: finish },
  ];
}

/** What the live checker says of a whole history. At one instant beginnings are told before ends. */
export function liveBreaks(
  operations: readonly HistoryOperation[],
  telling: Telling = { placed: true, giveUpAfter: 3 },
): readonly LinearizabilityBreak[] {
  const live = new Linearizability((id) => (initially(id) === null ? undefined : versionOf("initial")));
  const lines = operations.flatMap((operation, ordinal) => linesOf(operation, ordinal, telling));
  lines.sort((a, b) => a.at - b.at || a.order - b.order);
  return lines.flatMap(({ tell }) => {
    const found = tell(live);
    return found === undefined ? [] : [found];
  });
}

/** Every order of the operations that keeps to their times, tried one after the other: slow and obviously right. */
export function hasOrder(operations: readonly HistoryOperation[], held: Held): boolean {
  const open = operations.filter(({ endedAt }) => Number.isFinite(endedAt));
  if (open.length === 0) return true;
  const firstEnd = Math.min(...open.map(({ endedAt }) => endedAt));
  return operations.some((first, position) => {
    if (first.startedAt > firstEnd || (first.kind === "get" && first.value !== held)) return false;
    const others = operations.filter((_, other) => other !== position);
    return hasOrder(others, present([first.value], "a value")[0] ?? null);
  });
}
