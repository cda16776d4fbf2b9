/**
 * LeaderStability (DESIGN section 5; Raft thesis sections 4.2.3 and 9.6): a leader that for the largest election timeout
 * has led, and all the while was fit and connected both ways with fit replicas, a majority with itself, is not deposed,
 * except by `promote`. Work is done only when a leader ceases to be one.
 */
import { nameOf, type ReplicaId, type Term } from "../../base/ids.ts";
import { type Micros, micros, toSeconds } from "../../base/units.ts";
import { before, type Circumstances } from "./circumstances.ts";

/** A leader was deposed without need. */
export interface LeaderStabilityBreak {
  readonly name: "LeaderStability";
  /** Since when it should have been safe at the latest: it is judged by what was promised then. */
  readonly since: Micros;
  readonly message: string;
}

interface Leadership {
  readonly term: Term;
  readonly since: Micros;
}

export class LeaderStability {
  readonly sentence = "A leader that is well and connected with a majority stays leader.";
  private readonly circumstances: Circumstances;
  /** By replica id. */
  private readonly leaderships: (Leadership | undefined)[] = [];
  /** The highest term that the emergency button has made: what leads an older one has to go. */
  private promotedTerm = 0;

  constructor(circumstances: Circumstances) {
    this.circumstances = circumstances;
  }

  /** Whether `id` led when it was last observed: only then, or while it leads, does {@link observe} have work. */
  follows(id: ReplicaId): boolean {
    return this.leaderships[id] !== undefined;
  }

  /** Takes notice of a replica after an event. */
  observe(at: Micros, id: ReplicaId, leads: boolean, term: Term): LeaderStabilityBreak | undefined {
    const known = this.leaderships[id];
    if (leads) {
      if (known?.term !== term) this.leaderships[id] = { term, since: at };
      return undefined;
    }
    if (known === undefined) return undefined;
    this.leaderships[id] = undefined;
    return this.judge(at, id, known, term);
  }

  /** A replica has crashed: nobody deposed it. */
  stopped(id: ReplicaId): void {
    this.leaderships[id] = undefined;
  }

  /** Somebody has pressed the emergency button, which made a leader of `term`. */
  promoted(term: Term): void {
    if (term > this.promotedTerm) this.promotedTerm = term;
  }

  private judge(at: Micros, id: ReplicaId, led: Leadership, newTerm: Term): LeaderStabilityBreak | undefined {
    const { longestTimeout, majority } = this.circumstances;
    const since = before(at, longestTimeout);
    if (led.since > since || led.term < this.promotedTerm) return undefined;
    const company = this.circumstances.companyOf(id, since);
    if (company.length < majority) return undefined;
    const others = company.slice(1).map(nameOf).join(", ");
    const because = newTerm > led.term ? `term ${newTerm} deposed it` : "it gave up";
    const duration = toSeconds(micros(at - led.since));
    const message = `${nameOf(id)} had led term ${led.term} for ${duration} s, well and connected with ${others}, when ${because}.`;
    return { name: "LeaderStability", since, message };
  }
}
