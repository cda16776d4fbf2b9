/**
 * Quorum reads: an answer contains every write that was acknowledged before it was asked for. Where commitment is safe,
 * states are prefixes of one another, so that an answer misses a write exactly if its replica had not applied that far.
 */
import { nameOf, type ReplicaId } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import { compareVersions, type Version } from "../protocol/item.ts";
import type { RequestId } from "../protocol/log.ts";
import type { VerdictName, Violation } from "./verdict.ts";

export class QuorumReads {
  readonly name: VerdictName = "QuorumReads";
  readonly sentence = "A quorum read sees every write that was acknowledged before it was asked.";
  #newest: Version | undefined;
  readonly #open = new Map<RequestId, Version | undefined>();

  /** A client has heard that its write is acknowledged. */
  acknowledged(version: Version): void {
    if (this.#newest === undefined || compareVersions(version, this.#newest) > 0) this.#newest = version;
  }

  /** A client asks. */
  asked(requestId: RequestId): void {
    this.#open.set(requestId, this.#newest);
  }

  /** A client gives up. */
  ended(requestId: RequestId): void {
    this.#open.delete(requestId);
  }

  /** A client hears an answer from the store of `by`, which had applied up to `appliedTo`. */
  answered(at: Micros, requestId: RequestId, by: ReplicaId, appliedTo: Version): Violation | undefined {
    const needed = this.#open.get(requestId);
    this.#open.delete(requestId);
    if (needed === undefined || compareVersions(appliedTo, needed) >= 0) return undefined;
    return {
      verdict: this.name,
      at,
      replicas: [by],
      term: needed.term,
      index: needed.logIndex,
      what: `${nameOf(by)} answered without entry ${needed.logIndex} of term ${needed.term}, which had been acknowledged.`,
    };
  }
}
