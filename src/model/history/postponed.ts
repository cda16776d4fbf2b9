/**
 * What a busy or paused replica, or one with a slow disk, does later than it was told: which event it finishes then.
 * Follows the replica's own queues by their length and order.
 */
import type { EventId } from "../protocol/chronicle.ts";
import type { TimerKind } from "../protocol/step.ts";

/** The part of a replica that this looks at. */
interface Queues {
  readonly inbox: readonly unknown[];
  readonly deferred: readonly object[];
}

export class Postponed {
  /** The events whose input waits, in order. */
  readonly #inbox: EventId[] = [];
  /** The events whose effects wait, by what the replica keeps of them, in order of release. */
  #deferred: { readonly kept: object; readonly event: EventId }[] = [];

  /** The replica has processed `event`. Returns the one that it finishes, if it finishes one. */
  note(event: EventId, timer: TimerKind | undefined, { inbox, deferred }: Queues): EventId | undefined {
    const finished = this.#finished(timer);
    if (timer === undefined && inbox.length > this.#inbox.length) this.#inbox.push(event);
    while (this.#inbox.length > inbox.length) this.#inbox.shift();
    const before = this.#deferred;
    // After a pause the replica keeps the same things anew, in the same order.
    const isAnew = before.length === deferred.length;
    this.#deferred = deferred.map((kept, place) => {
      const known = before.find((other) => other.kept === kept) ?? (isAnew ? before[place] : undefined);
      return { kept, event: known?.event ?? finished ?? event };
    });
    return finished;
  }

  #finished(timer: TimerKind | undefined): EventId | undefined {
    if (timer === "work") return this.#inbox.shift();
    return timer === "release" ? this.#deferred.shift()?.event : undefined;
  }
}
