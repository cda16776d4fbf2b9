/**
 * What clients may rely on, per id: their own writes, reads that do not go backwards, reads that include what was
 * acknowledged before. An operation is compared with those that had ended when it was invoked (DESIGN section 5).
 */
import { type ClientId, nameOf } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import { compareVersions, type Version } from "../protocol/item.ts";
import type { RequestId } from "../protocol/log.ts";
import type { VerdictName } from "../protocol/verdict.ts";

/** A read that broke something that a session may rely on. */
export interface SessionBreak {
  readonly name: Extract<VerdictName, "ReadYourWrites" | "MonotonicReads" | "FreshReads">;
  /** When the read was asked: it is judged by what was promised then. */
  readonly askedAt: Micros;
  readonly message: string;
}

interface Asked {
  readonly at: Micros;
  readonly id: string;
  /** Newest acknowledged version of the id when it was asked: by anybody, by this client, and read by this client. */
  readonly acknowledged: Version | undefined;
  readonly own: Version | undefined;
  readonly seen: Version | undefined;
}

/** Reads that are followed at a time; each client has at most its open operations, so this is never reached in practice. */
const OPEN_LIMIT = 4_096;

function newer(a: Version | undefined, b: Version): Version {
  return a === undefined || compareVersions(b, a) > 0 ? b : a;
}

/** A key for "this client and this id". */
function key(client: ClientId, id: string): string {
  return `${client} ${id}`;
}

export class Sessions {
  private readonly newest = new Map<string, Version>();
  private readonly own = new Map<string, Version>();
  private readonly seen = new Map<string, Version>();
  private readonly open = new Map<RequestId, Asked>();

  /** A client hears that its write of `id` is acknowledged. */
  acknowledged(client: ClientId, id: string, version: Version): void {
    this.newest.set(id, newer(this.newest.get(id), version));
    const own = key(client, id);
    this.own.set(own, newer(this.own.get(own), version));
  }

  /** A client asks for `id`. */
  asked(at: Micros, client: ClientId, requestId: RequestId, id: string): void {
    const own = key(client, id);
    this.open.set(requestId, {
      at,
      id,
      acknowledged: this.newest.get(id),
      own: this.own.get(own),
      seen: this.seen.get(own),
    });
    if (this.open.size <= OPEN_LIMIT) return;
    const oldest = this.open.keys().next().value;
    if (oldest !== undefined) this.open.delete(oldest);
  }

  /** A client gives up. */
  ended(requestId: RequestId): void {
    this.open.delete(requestId);
  }

  /**
   * A client hears an answer. `version` is that of the item, undefined when there was none: then what its replica had
   * applied says how old the answer is.
   */
  answered(
    client: ClientId,
    requestId: RequestId,
    version: Version | undefined,
    applied: Version,
  ): readonly SessionBreak[] {
    const asked = this.open.get(requestId);
    this.open.delete(requestId);
    if (asked === undefined) return [];
    // An id that is not there was deleted, or its writes have not come yet: only the applied state can tell which.
    const shown = version ?? applied;
    const { at: askedAt, id } = asked;
    const breaks: SessionBreak[] = [];
    const judge = (name: SessionBreak["name"], needed: Version | undefined, what: string) => {
      if (needed === undefined || compareVersions(shown, needed) >= 0) return;
      breaks.push({
        name,
        askedAt,
        message: `${nameOf(client)} read ${id} as of entry ${shown.logIndex}, ${what} ${needed.logIndex}.`,
      });
    };
    judge("FreshReads", asked.acknowledged, "although everybody had been told of entry");
    judge("ReadYourWrites", asked.own, "but had itself written it in entry");
    judge("MonotonicReads", asked.seen, "but had read it before as of entry");
    const own = key(client, id);
    this.seen.set(own, newer(this.seen.get(own), shown));
    return breaks;
  }
}
