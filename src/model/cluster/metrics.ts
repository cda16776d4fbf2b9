/** Lag and queue depth (DESIGN section 6), derived from the disks and from what the replicas said last. */
import { slotOf } from "../../base/ids.ts";
import { between, type Micros, ZERO } from "../../base/units.ts";
import { entryAt, type Log, lastLogIndex, termAt } from "../replica/log.ts";
import { keepLanes } from "./outbox.ts";
import type { ClusterState, Member } from "./state.ts";

/** The leader of the highest live term; without one the replica that led last, alive or not. */
export function leadingMember(state: ClusterState): Member | undefined {
  let best: Member | undefined;
  for (const member of state.members) {
    if (!member.alive || member.status.role !== "leader") continue;
    if (best === undefined || member.status.currentTerm > best.status.currentTerm) best = member;
  }
  return best ?? (state.lastLeader === undefined ? undefined : state.members[slotOf(state.lastLeader)]);
}

/**
 * The last index at which two logs agree, walking back from where the shorter one ends. What either has folded cannot be
 * compared and is taken to agree.
 */
function agreedIndex(leader: Log, follower: Log): number {
  let index: number = Math.min(lastLogIndex(leader), lastLogIndex(follower));
  const folded = Math.max(leader.snapshot.lastIncludedIndex, follower.snapshot.lastIncludedIndex);
  while (index > folded && termAt(leader, index) !== termAt(follower, index)) index -= 1;
  return index;
}

/** How far `member` is behind the log of `leader`: what it has applied of another history does not count. */
export function lagOf(
  leader: Member | undefined,
  member: Member,
  now: Micros,
): { readonly lag: Micros; readonly entries: number } {
  if (leader === undefined) return { lag: ZERO, entries: 0 };
  const applied = Math.min(member.status.lastApplied, agreedIndex(leader.disk, member.disk));
  const entries = lastLogIndex(leader.disk) - applied;
  if (entries <= 0) return { lag: ZERO, entries: 0 };
  const oldest = entryAt(leader.disk, applied + 1) ?? leader.disk.entries[0];
  return { lag: oldest === undefined ? ZERO : between(oldest.appendedAt, now), entries };
}

/**
 * Entries that `leader` appended and `member` has not acknowledged to it; of a dead leader, as it knew it last. A new
 * leader has not heard of anybody yet: then what the member lacks counts, not what it has yet to say.
 */
export function queueDepthOf(leader: Member | undefined, member: Member): number {
  if (leader === undefined || leader.id === member.id) return 0;
  const progress = leader.status.progress.find((peer) => peer.replicaId === member.id);
  if (progress === undefined) return 0;
  const known = progress.matchIndex > 0 ? progress.matchIndex : agreedIndex(leader.disk, member.disk);
  return Math.max(0, lastLogIndex(leader.disk) - known);
}

/** Adds one sample of every replica's lag and queue to the outbox. */
export function takeSample(state: ClusterState, at: Micros): void {
  if (at <= state.outbox.known.sampleAt) return;
  const leader = leadingMember(state);
  keepLanes(state.outbox, {
    at,
    lag: state.members.map((member) => lagOf(leader, member, at).lag),
    queueDepth: state.members.map((member) => queueDepthOf(leader, member)),
  });
}
