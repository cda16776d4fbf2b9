/**
 * Which versions clients have read where, until their entries can no longer be taken back: an answer whose entry its
 * replica removes afterwards was a dirty read.
 */
import type { ClientId, LogIndex, ReplicaId } from "../../base/ids.ts";
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

export class ReadVersions {
  private readonly byIndex = new Map<LogIndex, VersionRead[]>();

  /** A client heard this. Only the first answer of each replica and version counts. */
  read(answer: VersionRead): void {
    const { logIndex, term } = answer.version;
    if (logIndex === 0) return;
    const known = this.byIndex.get(logIndex);
    if (known === undefined) {
      this.byIndex.set(logIndex, [answer]);
      this.forgetOldest();
    } else if (!known.some((other) => other.by === answer.by && other.version.term === term)) {
      known.push(answer);
    }
  }

  /** The answers that showed one of the entries that `by` removes; they are reported once. */
  removed(by: ReplicaId, entries: readonly Entry[]): readonly VersionRead[] {
    const dirty: VersionRead[] = [];
    for (const { index, term } of entries) {
      const known = this.byIndex.get(index);
      if (known === undefined) continue;
      const isGone = (answer: VersionRead) => answer.by === by && answer.version.term === term;
      dirty.push(...known.filter(isGone));
      const left = known.filter((answer) => !isGone(answer));
      if (left.length === 0) this.byIndex.delete(index);
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
