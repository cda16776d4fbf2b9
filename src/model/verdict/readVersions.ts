/**
 * Which versions clients have read where, until their entries can no longer be taken back: an answer whose entry its
 * replica removes afterwards was a dirty read.
 */
import type { ClientId, LogIndex, ReplicaId, Term } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import type { Version } from "../protocol/item.ts";
import type { Entry } from "../protocol/log.ts";

/** One answer that a client heard. */
export interface VersionRead {
  readonly client: ClientId;
  readonly itemId: string;
  readonly version: Version;
  readonly askedAt: Micros;
  /** The replica whose store answered. */
  readonly by: ReplicaId;
}

/** Indexes that are remembered; older entries are folded or committed everywhere long since. */
const REMEMBERED = 4_096;

/** Never changed, so that a checkpoint shares it with the run. */
interface Heard extends VersionRead {
  /** Another answer that showed the same index. */
  readonly earlier: Heard | undefined;
}

function isOf(answer: VersionRead, by: ReplicaId, term: Term): boolean {
  return answer.by === by && answer.version.term === term;
}

export class ReadVersions {
  private readonly byIndex = new Map<LogIndex, Heard>();

  /** A client heard this. Only the first answer of each replica and version counts. */
  read(answer: VersionRead): void {
    const { logIndex, term } = answer.version;
    if (logIndex === 0) return;
    const newest = this.byIndex.get(logIndex);
    for (let known = newest; known !== undefined; known = known.earlier) if (isOf(known, answer.by, term)) return;
    this.byIndex.set(logIndex, { ...answer, earlier: newest });
    if (newest === undefined) this.forgetOldest();
  }

  /** The answers that showed one of the entries that `by` removes; they are reported once. */
  removed(by: ReplicaId, entries: readonly Entry[]): readonly VersionRead[] {
    const dirty: VersionRead[] = [];
    for (const { index, term } of entries) {
      let left: Heard | undefined;
      for (let known = this.byIndex.get(index); known !== undefined; known = known.earlier) {
        if (isOf(known, by, term)) dirty.push(known);
        else left = { ...known, earlier: left };
      }
      if (left === undefined) this.byIndex.delete(index);
      else this.byIndex.set(index, left);
    }
    return dirty;
  }

  private forgetOldest(): void {
    if (this.byIndex.size <= REMEMBERED) return;
    const oldest = this.byIndex.keys().next().value;
    if (oldest !== undefined) this.byIndex.delete(oldest);
  }
}
