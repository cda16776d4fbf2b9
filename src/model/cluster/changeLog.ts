/**
 * The last changes of a set of items, for whatever is derived from it and looks now and then: each follows at its own
 * pace, and who is too far behind begins anew. Kept outside of every state.
 */
import type { Item } from "../protocol/item.ts";

/** Changes that are remembered. */
const KEPT = 4_096;

/** What stood under one id, and what stands there now; at least one of them is something. */
export interface ItemChange {
  readonly id: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

export class ChangeLog {
  #changes: ItemChange[] = [];
  /** Changes before the first that is remembered. */
  #forgotten = 0;

  /** How many changes there have been. */
  get count(): number {
    return this.#forgotten + this.#changes.length;
  }

  /** The changes since there were `count`, oldest first; undefined when that is forgotten. */
  since(count: number): readonly ItemChange[] | undefined {
    return count < this.#forgotten ? undefined : this.#changes.slice(count - this.#forgotten);
  }

  /** What stood under `id` was replaced. */
  note(id: string, before: Item | undefined, after: Item | undefined): void {
    if (before === undefined && after === undefined) return;
    this.#changes.push({ id, before, after });
    if (this.#changes.length <= KEPT) return;
    this.#changes = this.#changes.slice(KEPT / 2);
    this.#forgotten += KEPT / 2;
  }
}

const logs = new WeakMap<object, ChangeLog>();

/** The log of the items that `owner` owns; it begins when somebody first asks for it. */
export function changesOf(owner: object): ChangeLog {
  let log = logs.get(owner);
  if (log === undefined) {
    log = new ChangeLog();
    logs.set(owner, log);
  }
  return log;
}

/** Whoever changes what `owner` holds says so; it is remembered if somebody follows. */
export function noteItem(owner: object, id: string, before: Item | undefined, after: Item | undefined): void {
  logs.get(owner)?.note(id, before, after);
}
