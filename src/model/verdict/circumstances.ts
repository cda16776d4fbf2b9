/**
 * Who is fit and who can talk to whom, and since when: what Liveness and LeaderStability presuppose. Changes are faults
 * and their ends, hence rare; asking costs a few comparisons.
 */
import { majorityOf, type ReplicaId, replicaId, slotOf } from "../../base/ids.ts";
import { later, type Micros, micros, NEVER, ZERO } from "../../base/units.ts";

/** Branches of the search for a majority; nine replicas need 31. Beyond it none is found, and nothing is reported. */
const SEARCH_LIMIT = 10_000;

export class Circumstances {
  readonly replicaCount: number;
  readonly majority: number;
  /** Counts the changes, so that conclusions can be kept until the next one. */
  changes = 0;
  /** The largest election timeout in force. */
  private timeout: Micros;
  /** Since when each replica has been fit without a disturbance; {@link NEVER} while it is not. */
  private readonly fitSince: Micros[];
  /** Since when each directed link has been open; {@link NEVER} while it is cut. By sender times count plus receiver. */
  private readonly openSince: Micros[];

  constructor(replicaCount: number, longestTimeout: Micros, at: Micros = ZERO) {
    this.replicaCount = replicaCount;
    this.majority = majorityOf(replicaCount);
    this.timeout = longestTimeout;
    this.fitSince = Array.from({ length: replicaCount }, () => at);
    this.openSince = Array.from({ length: replicaCount * replicaCount }, () => at);
  }

  get longestTimeout(): Micros {
    return this.timeout;
  }

  /**
   * Whether `id` is up, running, at full speed, with a true clock and a log that can take entries. Telling what is known
   * already changes nothing.
   */
  setFit(at: Micros, id: ReplicaId, fit: boolean): void {
    const slot = slotOf(id);
    if ((this.fitSince[slot] !== NEVER) === fit) return;
    this.fitSince[slot] = fit ? at : NEVER;
    this.changes += 1;
  }

  /** Whether messages pass from `from` to `to`. Telling what is known already changes nothing. */
  setOpen(at: Micros, from: ReplicaId, to: ReplicaId, open: boolean): void {
    const link = slotOf(from) * this.replicaCount + slotOf(to);
    if ((this.openSince[link] !== NEVER) === open) return;
    this.openSince[link] = open ? at : NEVER;
    this.changes += 1;
  }

  /** Somebody has meddled with `id`, or with its messages: whatever takes time begins anew. */
  disturb(at: Micros, id: ReplicaId): void {
    const slot = slotOf(id);
    if (this.fitSince[slot] === NEVER) return;
    this.fitSince[slot] = at;
    this.changes += 1;
  }

  /** The configuration has changed: begins anew for everybody. */
  configure(at: Micros, longestTimeout: Micros): void {
    this.timeout = longestTimeout;
    for (let slot = 0; slot < this.replicaCount; slot += 1) this.disturb(at, replicaId(slot + 1));
  }

  /** Since when `a` and `b` have been fit and connected both ways; {@link NEVER} while they are not. */
  togetherSince(a: ReplicaId, b: ReplicaId): Micros {
    const [from, to] = [slotOf(a), slotOf(b)];
    const there = this.openSince[from * this.replicaCount + to] ?? NEVER;
    const back = this.openSince[to * this.replicaCount + from] ?? NEVER;
    return later(later(this.fitSince[from] ?? NEVER, this.fitSince[to] ?? NEVER), later(there, back));
  }

  /** The replicas that have been together with `id` since `since` at the latest, itself first; empty if it is unfit. */
  companyOf(id: ReplicaId, since: Micros): readonly ReplicaId[] {
    if ((this.fitSince[slotOf(id)] ?? NEVER) > since) return [];
    return [id, ...this.all().filter((other) => other !== id && this.togetherSince(id, other) <= since)];
  }

  /** A majority, with `member` if given, whose members have all been together since `since`; undefined if none has. */
  majoritySince(since: Micros, member?: ReplicaId): readonly ReplicaId[] | undefined {
    const fit = this.all().filter((id) => (this.fitSince[slotOf(id)] ?? NEVER) <= since);
    if (member !== undefined && !fit.includes(member)) return undefined;
    const search = { since, member, left: SEARCH_LIMIT };
    return this.without(fit, search);
  }

  /** Of two that are not together at most one can stay: tries both (vertex cover of the missing pairs). */
  private without(
    ids: readonly ReplicaId[],
    search: { readonly since: Micros; readonly member: ReplicaId | undefined; left: number },
  ): readonly ReplicaId[] | undefined {
    search.left -= 1;
    if (ids.length < this.majority || search.left < 0) return undefined;
    for (const [position, a] of ids.entries()) {
      const b = ids.slice(position + 1).find((other) => this.togetherSince(a, other) > search.since);
      if (b === undefined) continue;
      for (const leaving of [a, b]) {
        if (leaving === search.member) continue;
        const rest = ids.filter((id) => id !== leaving);
        const found = this.without(rest, search);
        if (found !== undefined) return found;
      }
      return undefined;
    }
    return ids;
  }

  private all(): readonly ReplicaId[] {
    return Array.from({ length: this.replicaCount }, (_, slot) => replicaId(slot + 1));
  }
}

/** `at` less `duration`; before the beginning when the run is younger. */
export function before(at: Micros, duration: Micros): Micros {
  return micros(at - duration);
}
