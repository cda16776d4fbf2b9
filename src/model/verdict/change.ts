/**
 * What changed in one replica since it was seen last. Entries are immutable and a log changes only at its end, so the
 * first changed entry is found by walking back from the end while the entries differ.
 */
import { type LogIndex, logIndex, type Term } from "../../base/ids.ts";
import type { Entry } from "../protocol/log.ts";
import type { Role } from "../protocol/step.ts";
import type { Shown } from "../protocol/work.ts";
import { entryAt, type LogView, lastIndexOf, type Observation, termAt } from "./observation.ts";

/** What one replica showed before, as far as checkers compare with it. */
export interface Before {
  readonly role: Role;
  readonly currentTerm: Term;
  readonly commitIndex: LogIndex;
  readonly lastApplied: LogIndex;
  readonly lastLogIndex: LogIndex;
}

export interface Change {
  /** Undefined for a replica that is new, or has been started again. */
  readonly before: Before | undefined;
  /** The first index whose entry is new; one past the end when none is. */
  readonly firstNew: LogIndex;
  /** Whether entries went: cut off, or replaced by others. */
  readonly removed: boolean;
  /** The log is now a snapshot of a history that it did not contain. */
  readonly replaced: boolean;
}

/** Follows one replica. */
export class ChangeTracker {
  private incarnation = -1;
  private base = -1;
  private entries: Entry[] = [];
  private before: Before | undefined;

  /** Whether anything that a checker looks at may have changed: cheap, and never falsely "no". */
  isUnchanged(incarnation: number, shown: Shown, { entries, snapshot }: LogView): boolean {
    const before = this.before;
    return (
      before !== undefined &&
      incarnation === this.incarnation &&
      shown.role === before.role &&
      shown.currentTerm === before.currentTerm &&
      shown.commitIndex === before.commitIndex &&
      shown.lastApplied === before.lastApplied &&
      snapshot.lastIncludedIndex === this.base &&
      entries.length === this.entries.length &&
      entries[entries.length - 1] === this.entries[entries.length - 1]
    );
  }

  /** Compares with what was seen last, and remembers what is seen now. */
  note(shown: Observation): Change {
    const { log, incarnation, role, currentTerm, commitIndex, lastApplied } = shown;
    const before = incarnation === this.incarnation ? this.before : undefined;
    const known = this.base >= 0;
    const lastBefore = this.base + this.entries.length;
    const replaced = known && !this.follow(shown);
    const base = log.snapshot.lastIncludedIndex;
    const same = incarnation === this.incarnation ? this.sharedFromTheEnd(log) : this.sharedFromTheStart(log);
    const firstNew = logIndex(base + same + 1);
    this.entries.length = same;
    for (let at = same; at < log.entries.length; at += 1) {
      const entry = log.entries[at];
      if (entry !== undefined) this.entries.push(entry);
    }
    this.base = base;
    this.incarnation = incarnation;
    this.before = { role, currentTerm, commitIndex, lastApplied, lastLogIndex: logIndex(lastIndexOf(log)) };
    return { before, firstNew, removed: replaced || (known && firstNew <= lastBefore), replaced };
  }

  /** How many entries are those of before: a log that lives changes at its end only. */
  private sharedFromTheEnd({ entries }: LogView): number {
    let same = Math.min(this.entries.length, entries.length);
    while (same > 0 && this.entries[same - 1] !== entries[same - 1]) same -= 1;
    return same;
  }

  /** The same for a log that was read from a disk again: a damaged record may stand anywhere. */
  private sharedFromTheStart({ entries }: LogView): number {
    const least = Math.min(this.entries.length, entries.length);
    let same = 0;
    while (same < least && this.entries[same] === entries[same]) same += 1;
    return same;
  }

  /** Drops what the log has folded since; false when the snapshot does not continue what was seen. */
  private follow({ log }: Observation): boolean {
    const { lastIncludedIndex, lastIncludedTerm } = log.snapshot;
    const folded = lastIncludedIndex - this.base;
    if (folded === 0) return true;
    const there = this.entries[folded - 1];
    const continues = folded > 0 && (there === undefined || there.term === lastIncludedTerm);
    const behind = folded > this.entries.length;
    this.entries = continues ? this.entries.slice(folded) : [];
    return continues && !behind;
  }
}

/** The term at `index` and the request behind it: what makes two entries the same. */
export function identityAt(shown: Observation, index: number): { term: Term; requestId: number } | undefined {
  const term = termAt(shown.log, index);
  if (term === undefined) return undefined;
  return { term, requestId: entryAt(shown.log, index)?.requestId ?? -1 };
}
