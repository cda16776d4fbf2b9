/**
 * Linearizability per id, live (Herlihy and Wing 1990; the algorithm is Gibbons and Korach 1997, see `register.ts`).
 * Linearizability is local: a history is linearizable exactly if it is so for each id. Every put makes a version of its
 * own (term and index of its entry), which is what reads show.
 *
 * Exact for puts and reads, as long as every version is announced with {@link Linearizability.placed} before a read can
 * show it. Conservative, never a false alarm: where several deletes explain an absence, where a version belongs to a write
 * that was never announced, where two writes got one version (two leaders in one term), and for an id for which more
 * than {@link GIVEN_UP_LIMIT} writes have no outcome. Operations of which one ends at the microsecond at which the other
 * starts count as concurrent.
 *
 * Work per operation is proportional to the writes of its id that overlap it: a few. Kept are the open operations, and
 * per id what `register.ts` says.
 */
import { type ClientId, nameOf } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import type { Version } from "../protocol/item.ts";
import type { RequestId } from "../protocol/log.ts";
import { type Conflict, Register, type Zone } from "./register.ts";

/** An answer that no order of the operations explains. */
export interface LinearizabilityBreak {
  readonly name: "Linearizability";
  /** When the operation was asked: it is judged by what was promised then. */
  readonly askedAt: Micros;
  readonly message: string;
}

/** Writes of unknown outcome that are remembered per id; the outcome of older ones stays open for good. */
export const GIVEN_UP_LIMIT = 16;

interface Operation {
  readonly kind: "read" | "put" | "delete";
  readonly client: ClientId;
  readonly id: string;
  readonly entry: IdEntry;
  readonly startedAt: Micros;
  /** Of a put: the version that it has got last. */
  version: Version | undefined;
  givenUp: boolean;
}

interface IdEntry {
  readonly register: Register;
  /** Writes of unknown outcome, oldest first. */
  readonly givenUp: RequestId[];
}

export class Linearizability {
  readonly sentence = "Every read shows the newest write, as if there were one copy.";
  private readonly initial: (id: string) => Version | undefined;
  private readonly ids = new Map<string, IdEntry>();
  private readonly operations = new Map<RequestId, Operation>();

  /** `initial` says what an id holds at virtual 0: the version of the data set's item, undefined for nothing. */
  constructor(initial: (id: string) => Version | undefined) {
    this.initial = initial;
  }

  /** A client asks for `id`. */
  asked(at: Micros, client: ClientId, requestId: RequestId, id: string): void {
    this.open("read", at, client, requestId, id).register.startRead(at);
  }

  /** A client sends a write for the first time. A retry is the same operation and is not told. */
  wrote(at: Micros, client: ClientId, requestId: RequestId, kind: "put" | "delete", id: string): void {
    const { register } = this.open(kind, at, client, requestId, id);
    if (kind === "put") register.startPut();
    else register.startDelete(requestId, at);
  }

  /** Some replica appends the write to its log. Every append may be told; what is known already costs one look-up. */
  placed(requestId: RequestId, version: Version): LinearizabilityBreak | undefined {
    const operation = this.operations.get(requestId);
    if (operation?.kind !== "put") return undefined;
    const before = operation.version;
    if (before?.logIndex === version.logIndex && before.term === version.term) return undefined;
    operation.version = version;
    const { entry, startedAt } = operation;
    const conflict = entry.register.place(version, requestId, startedAt, before === undefined);
    return conflict === undefined ? undefined : writeBreak(operation, version);
  }

  /** A client hears that its write is acknowledged, also if it had given up. */
  acknowledged(at: Micros, requestId: RequestId, version: Version): LinearizabilityBreak | undefined {
    const found = this.placed(requestId, version);
    const operation = this.close(requestId);
    if (operation?.kind === "put") operation.entry.register.endPut(version, at);
    if (operation?.kind === "delete") operation.entry.register.endDelete(requestId, at);
    return found;
  }

  /** A client hears the answer to a read: the version of the item, undefined when there was none. */
  answered(at: Micros, requestId: RequestId, version: Version | undefined): LinearizabilityBreak | undefined {
    const operation = this.close(requestId);
    if (operation?.kind !== "read") return undefined;
    const conflict = operation.entry.register.endRead(version, operation.startedAt, at);
    return conflict === undefined ? undefined : readBreak(operation, version, conflict);
  }

  /** A client gives up. A write may still take effect at any time; that goes for a refused one too, if messages repeat. */
  ended(requestId: RequestId): void {
    const operation = this.operations.get(requestId);
    if (operation === undefined || operation.givenUp) return;
    const { kind, entry, startedAt } = operation;
    if (kind === "read") {
      this.operations.delete(requestId);
      entry.register.dropRead(startedAt);
      return;
    }
    operation.givenUp = true;
    entry.givenUp.push(requestId);
    if (entry.givenUp.length > GIVEN_UP_LIMIT) this.forgetOldest(entry);
  }

  private open(
    kind: Operation["kind"],
    startedAt: Micros,
    client: ClientId,
    requestId: RequestId,
    id: string,
  ): IdEntry {
    let entry = this.ids.get(id);
    if (entry === undefined) {
      entry = { register: new Register(this.initial(id)), givenUp: [] };
      this.ids.set(id, entry);
    }
    this.operations.set(requestId, { kind, client, id, entry, startedAt, version: undefined, givenUp: false });
    return entry;
  }

  private close(requestId: RequestId): Operation | undefined {
    const operation = this.operations.get(requestId);
    if (operation === undefined) return undefined;
    this.operations.delete(requestId);
    const { givenUp } = operation.entry;
    if (operation.givenUp) givenUp.splice(givenUp.indexOf(requestId), 1);
    return operation;
  }

  private forgetOldest({ givenUp, register }: IdEntry): void {
    const oldest = givenUp.shift();
    const operation = oldest === undefined ? undefined : this.operations.get(oldest);
    if (oldest === undefined || operation === undefined) return;
    this.operations.delete(oldest);
    register.forget(oldest, operation.kind === "delete" || operation.version !== undefined);
  }
}

/** What a write did, as the subject of a sentence. */
function deed({ version }: Zone): string {
  if (version === undefined) return "its deletion";
  return version.logIndex === 0 ? "the beginning" : `entry ${version.logIndex} of term ${version.term}`;
}

function readBreak(operation: Operation, version: Version | undefined, { replacedBy }: Conflict): LinearizabilityBreak {
  const { client, id, startedAt } = operation;
  const shown =
    version === undefined
      ? `was told that ${id} is not there`
      : `read ${id} as ${deed({ version, writer: undefined, firstEnd: startedAt, lastStart: startedAt })} left it`;
  const why =
    replacedBy === undefined ? "which nobody had written" : `although ${deed(replacedBy)} had taken effect before`;
  return { name: "Linearizability", askedAt: startedAt, message: `${nameOf(client)} ${shown}, ${why}.` };
}

function writeBreak({ client, id, startedAt }: Operation, { term, logIndex }: Version): LinearizabilityBreak {
  const write = `entry ${logIndex} of term ${term}, which ${nameOf(client)} wrote`;
  const message = `Reads had shown ${id} as of ${write}, too early for that.`;
  return { name: "Linearizability", askedAt: startedAt, message };
}
