/**
 * A history of operations as clients saw them, and as the lines of a history file: one line when a process asks, one
 * when it hears how that ended. A process has one operation at a time; one whose outcome is unknown asks no more.
 */

/** What a register holds: the name of the write that put it there; null for nothing. */
export type Held = string | null;

/** One line of a history file; searches are no operations of one id and are left out by whoever reads it. */
export interface HistoryEvent {
  readonly process: string;
  /** `fail`: it certainly took no effect. `info`: nobody knows. */
  readonly type: "invoke" | "ok" | "fail" | "info";
  readonly f: "get" | "put" | "delete";
  readonly id: string;
  /** Of a put what it writes, from its first line on; of a get that is ok what it read; else null. */
  readonly value: Held;
  /** Virtual microseconds. */
  readonly time: number;
}

/** One operation from its beginning to its end. */
export interface HistoryOperation {
  readonly process: string;
  readonly kind: "get" | "put" | "delete";
  readonly id: string;
  readonly value: Held;
  readonly startedAt: number;
  /** Infinity where the outcome is unknown: it may take effect at any time after its start, or never. */
  readonly endedAt: number;
}

/** A history is not one: a line does not fit what its process did before. */
export interface HistoryProblem {
  /** Counted from 0. */
  readonly event: number;
  readonly message: string;
}

function operationOf(invoke: HistoryEvent, end: HistoryEvent | undefined): HistoryOperation | undefined {
  const { process, f: kind, id, time: startedAt } = invoke;
  const known = end?.type === "ok";
  if (end?.type === "fail" || (kind === "get" && !known)) return undefined;
  const value = kind === "get" && known ? end.value : invoke.value;
  return { process, kind, id, value, startedAt, endedAt: known ? end.time : Number.POSITIVE_INFINITY };
}

/** Pairs beginnings with ends. Failed operations and reads without an answer say nothing and are left out. */
export function operationsOf(events: readonly HistoryEvent[]): readonly HistoryOperation[] | HistoryProblem {
  const operations: HistoryOperation[] = [];
  const open = new Map<string, HistoryEvent>();
  const close = (invoke: HistoryEvent, end: HistoryEvent | undefined) => {
    const operation = operationOf(invoke, end);
    if (operation !== undefined) operations.push(operation);
  };
  for (const [position, event] of events.entries()) {
    const { process, type, f, id, time } = event;
    const invoke = open.get(process);
    const problem = (what: string) => ({ event: position, message: `process ${process} ${what}` });
    if (type === "invoke") {
      if (invoke !== undefined) return problem("asks before its last operation has ended");
      if (f === "put" && event.value === null) return problem("puts nothing: a put names its value when it is asked");
      open.set(process, event);
      continue;
    }
    if (invoke === undefined) return problem("hears of an operation that it has not asked for");
    if (invoke.f !== f || invoke.id !== id)
      return problem(`asked for ${invoke.f} ${invoke.id} and hears of ${f} ${id}`);
    if (time < invoke.time) return problem("hears of an operation before it asked");
    open.delete(process);
    close(invoke, event);
  }
  for (const invoke of open.values()) close(invoke, undefined);
  return operations;
}
