/**
 * Raft figure 3, Log Matching: "if two logs contain an entry with the same index and term, then the logs are identical
 * in all entries up through the given index" (section 5.3). Checked by induction, once per new entry: an entry of a
 * given index and term always has the same content, and behind it always an entry of the same term.
 */
import { logIndex, nameOf, type ReplicaId, type Term } from "../../base/ids.ts";
import type { WriteOperation } from "../protocol/item.ts";
import type { Entry } from "../protocol/log.ts";
import type { Change } from "./change.ts";
import { entryAt, lastIndexOf, type Observation, termAt } from "./observation.ts";
import { type Checker, REMEMBERED_INDEXES, type Violation } from "./verdict.ts";

/** Never changed, so that a checkpoint shares it with the run. */
interface Known {
  readonly entry: Entry;
  readonly termBefore: Term;
  readonly seenAt: ReplicaId;
  /** What was known before of the same index, of other terms. */
  readonly older: Known | undefined;
}

/** A damaged record has another embedding than the one that was written. */
function sameEmbedding(a: WriteOperation, b: WriteOperation): boolean {
  if (a.kind !== "put" || b.kind !== "put") return true;
  return a.embedding.digestLow === b.embedding.digestLow && a.embedding.digestHigh === b.embedding.digestHigh;
}

function sameContent(a: Entry, b: Entry): boolean {
  if (a === b) return true;
  if (a.requestId !== b.requestId || a.operation.kind !== b.operation.kind) return false;
  if (a.operation.kind === "noop" || b.operation.kind === "noop") return true;
  return a.operation.id === b.operation.id && sameEmbedding(a.operation, b.operation);
}

export class LogMatching implements Checker {
  readonly name = "LogMatching";
  readonly sentence = "Two logs that share an entry are the same up to that entry.";
  private readonly known = new Map<number, Known>();
  private forgotten = 0;

  observe(shown: Observation, { firstNew }: Change): Violation | undefined {
    const { log } = shown;
    let found: Violation | undefined;
    for (let index: number = firstNew; index <= lastIndexOf(log); index += 1) {
      const entry = entryAt(log, index);
      const termBefore = termAt(log, index - 1);
      if (entry !== undefined && termBefore !== undefined) found ??= this.compare(shown, entry, termBefore);
    }
    this.forget(lastIndexOf(log) - REMEMBERED_INDEXES);
    return found;
  }

  private compare(shown: Observation, entry: Entry, termBefore: Term): Violation | undefined {
    const { index, term } = entry;
    const newest = this.known.get(index);
    let other = newest;
    while (other !== undefined && other.entry.term !== term) other = other.older;
    if (other === undefined) {
      this.known.set(index, { entry, termBefore, seenAt: shown.replicaId, older: newest });
      return undefined;
    }
    if (other.termBefore === termBefore && sameContent(other.entry, entry)) return undefined;
    const where = other.termBefore === termBefore ? index : index - 1;
    return {
      verdict: this.name,
      at: shown.at,
      replicas: [shown.replicaId, other.seenAt],
      term,
      index: logIndex(where),
      what: `${nameOf(shown.replicaId)} and ${nameOf(other.seenAt)} share entry ${index} of term ${term}, but not entry ${where}.`,
    };
  }

  private forget(upTo: number): void {
    for (; this.forgotten < upTo; this.forgotten += 1) this.known.delete(this.forgotten + 1);
  }
}
