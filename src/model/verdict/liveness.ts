/**
 * Liveness (DESIGN section 5; Raft section 5.6 states the timing it needs): while one and the same majority is fit,
 * connected both ways and undisturbed, somebody leads, and what is pending commits, within ten times the largest
 * election timeout.
 *
 * "Somebody leads" counts who is connected both ways with a majority of fit replicas and has committed the no-op of its
 * term. It need not be one of the majority in question: with three replicas the two followers are a majority too. What is
 * pending is noted in marks, one per largest timeout, and looked at as often: a span is noticed up to two of them late,
 * and none that is shorter is ever reported.
 */
import { nameOf, type ReplicaId, type Term } from "../../base/ids.ts";
import { after, type Micros, micros, toSeconds, ZERO } from "../../base/units.ts";
import { before, type Circumstances } from "./circumstances.ts";

/** A span in which the cluster should have got on and did not. */
export interface LivenessBreak {
  readonly name: "Liveness";
  /** When the span began: it is judged by what was promised then. */
  readonly since: Micros;
  readonly message: string;
}

/** A span is this many largest election timeouts. */
const TIMEOUTS_IN_SPAN = 10;

/** Everything up to `index` was in the leader's log at `at`. */
interface Mark {
  readonly index: number;
  readonly at: Micros;
}

interface Leadership {
  readonly id: ReplicaId;
  readonly term: Term;
  /** Where the no-op of its term stands. */
  readonly noopIndex: number;
  /** What is pending, oldest first; at most one more than timeouts in a span. */
  readonly pending: Mark[];
  /** It has committed its no-op. */
  commits: boolean;
  /** Its conclusions about the circumstances hold while they have changed so often. */
  changesSeen: number;
  connected: boolean;
}

/** What a replica shows after an event, as far as it matters here. */
export interface LeadFacts {
  readonly leads: boolean;
  readonly term: Term;
  readonly commitIndex: number;
  readonly lastIndex: number;
}

export class Liveness {
  readonly sentence =
    "Whenever a majority has been well and connected for ten election timeouts, one leads and what is pending commits.";
  private readonly circumstances: Circumstances;
  /** By replica id. */
  private readonly leaderships: (Leadership | undefined)[] = [];
  /** When somebody last led who was connected with a majority and had committed its no-op. */
  private ledAt: Micros;
  private checkAt: Micros;

  constructor(circumstances: Circumstances, at: Micros = ZERO) {
    this.circumstances = circumstances;
    this.ledAt = at;
    this.checkAt = after(at, circumstances.longestTimeout);
  }

  /** {@link check} has nothing to say before this instant. */
  get nextCheckAt(): Micros {
    return this.checkAt;
  }

  /** Takes notice of a replica after an event. */
  observe(at: Micros, id: ReplicaId, facts: LeadFacts): void {
    const known = this.leaderships[id];
    if (!facts.leads) {
      if (known !== undefined) this.stopped(at, id);
      return;
    }
    const leadership = known?.term === facts.term ? known : this.begin(id, facts);
    leadership.commits ||= facts.commitIndex >= leadership.noopIndex;
    this.markPending(at, leadership, facts);
    this.noteLeading(at, leadership);
  }

  /** A replica leads no longer: it follows, or it has crashed. */
  stopped(at: Micros, id: ReplicaId): void {
    const leadership = this.leaderships[id];
    if (leadership === undefined) return;
    this.noteLeading(at, leadership);
    this.leaderships[id] = undefined;
  }

  /** Looks whether the span that ends now was lost. To be called at or after {@link nextCheckAt}. */
  check(at: Micros): LivenessBreak | undefined {
    if (at < this.checkAt) return undefined;
    const { longestTimeout } = this.circumstances;
    this.checkAt = after(at, longestTimeout);
    for (const leadership of this.leaderships) if (leadership !== undefined) this.noteLeading(at, leadership);
    const since = before(at, micros(longestTimeout * TIMEOUTS_IN_SPAN));
    if (since < 0) return undefined;
    return this.ledAt <= since ? this.nobodyLed(at, since) : this.stuck(at, since);
  }

  private begin(id: ReplicaId, { term, lastIndex }: LeadFacts): Leadership {
    const leadership = {
      id,
      term,
      noopIndex: lastIndex,
      pending: [],
      commits: false,
      changesSeen: -1,
      connected: false,
    };
    this.leaderships[id] = leadership;
    return leadership;
  }

  private markPending(at: Micros, { pending }: Leadership, { commitIndex, lastIndex }: LeadFacts): void {
    while (pending[0] !== undefined && pending[0].index <= commitIndex) pending.shift();
    if (lastIndex <= commitIndex || pending.length > TIMEOUTS_IN_SPAN) return;
    const newest = pending[pending.length - 1];
    const isNew = newest === undefined || newest.index < lastIndex;
    if (isNew && (newest === undefined || at - newest.at >= this.circumstances.longestTimeout)) {
      pending.push({ index: lastIndex, at });
    }
  }

  private noteLeading(at: Micros, leadership: Leadership): void {
    if (!leadership.commits) return;
    const { changes, majority } = this.circumstances;
    if (leadership.changesSeen !== changes) {
      leadership.changesSeen = changes;
      leadership.connected = this.circumstances.companyOf(leadership.id, at).length >= majority;
    }
    if (leadership.connected) this.ledAt = at;
  }

  private nobodyLed(at: Micros, since: Micros): LivenessBreak | undefined {
    const majority = this.circumstances.majoritySince(since);
    if (majority === undefined) return undefined;
    this.ledAt = at;
    const who = majority.map(nameOf).join(", ");
    const message = `${who} have been well and connected for ${toSeconds(micros(at - since))} s, and nobody led them.`;
    return { name: "Liveness", since, message };
  }

  private stuck(at: Micros, since: Micros): LivenessBreak | undefined {
    for (const leadership of this.leaderships) {
      const oldest = leadership?.pending[0];
      if (leadership === undefined || oldest === undefined || oldest.at > since) continue;
      if (this.circumstances.majoritySince(since, leadership.id) === undefined) continue;
      leadership.pending.length = 0;
      const waited = toSeconds(micros(at - oldest.at));
      const message = `${nameOf(leadership.id)} has led a majority that is well and connected, but entry ${oldest.index} has not committed for ${waited} s.`;
      return { name: "Liveness", since: oldest.at, message };
    }
    return undefined;
  }
}
