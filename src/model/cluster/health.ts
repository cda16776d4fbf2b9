/**
 * What Liveness and LeaderStability are told of a run: who is fit and connected after every command, who leads what
 * after every event. The checkers themselves know nothing of disks, links and commands.
 */
import type { ReplicaId } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import { linkKey } from "../network/network.ts";
import type { Command } from "../protocol/commands.ts";
import type { RunConfig } from "../protocol/config.ts";
import type { ReplicaEvent } from "../protocol/events.ts";
import { longestLatency } from "../protocol/latency.ts";
import type { StepRecord } from "../protocol/work.ts";
import { lastLogIndex } from "../replica/log.ts";
import { Circumstances } from "../verdict/circumstances.ts";
import { LeaderStability, type LeaderStabilityBreak } from "../verdict/leaderStability.ts";
import { Liveness, type LivenessBreak } from "../verdict/liveness.ts";
import type { ClusterState, Member } from "./state.ts";

/** The two checkers and what both presuppose. */
export interface Health {
  readonly circumstances: Circumstances;
  readonly liveness: Liveness;
  readonly leaderStability: LeaderStability;
  /** Who is being sent a snapshot: it cannot take entries yet. */
  readonly catchingUp: Set<ReplicaId>;
  /** Who has so much to do that what is due waits too long. */
  readonly overloaded: Set<ReplicaId>;
}

/** All well, from virtual 0. */
export function newHealth({ cluster }: RunConfig): Health {
  const circumstances = new Circumstances(cluster.replicaCount, cluster.electionTimeout.max);
  return {
    circumstances,
    liveness: new Liveness(circumstances),
    leaderStability: new LeaderStability(circumstances),
    catchingUp: new Set(),
    overloaded: new Set(),
  };
}

/** Whether nothing is wrong with a replica that would excuse it. */
function isFit({ catchingUp, overloaded }: Health, { id, alive, conditions, lying, disk }: Member): boolean {
  const { paused, slowFactor, refusesWrites, clockDrift, extraDiskSync } = conditions;
  const well = !paused && slowFactor === 1 && !refusesWrites && clockDrift === 0 && extraDiskSync === 0;
  const sound = lying === undefined && disk.quarantinedUntil === undefined;
  return alive && well && sound && !catchingUp.has(id) && !overloaded.has(id);
}

/** Tells what holds now of every replica and link; what is known already changes nothing. */
export function noteCircumstances(state: ClusterState, health: Health): void {
  const { now, members, network } = state;
  const { circumstances } = health;
  for (const member of members) {
    circumstances.setFit(now, member.id, isFit(health, member));
    for (const { id: to } of members) {
      if (to === member.id) continue;
      circumstances.setOpen(now, member.id, to, network.links.get(linkKey(member.id, to))?.cut !== true);
    }
  }
}

/** After a command has been carried out: what is true from now on, and whose patience begins anew. */
export function noteCommand(state: ClusterState, health: Health, command: Command): void {
  const { now, config } = state;
  const { circumstances, liveness, leaderStability } = health;
  const changesAll = command.kind.startsWith("set") || command.kind === "message";
  if (changesAll) circumstances.configure(now, config.cluster.electionTimeout.max);
  if (command.kind === "promote") circumstances.disturb(now, command.replicaId);
  for (const { id, alive } of state.members) {
    if (alive) continue;
    liveness.stopped(now, id);
    leaderStability.stopped(id);
  }
  noteCircumstances(state, health);
}

function noteCatchingUp(health: Health, at: Micros, member: Member, catchesUp: boolean): void {
  const { catchingUp, circumstances } = health;
  if (catchingUp.has(member.id) === catchesUp) return;
  if (catchesUp) catchingUp.add(member.id);
  else catchingUp.delete(member.id);
  circumstances.setFit(at, member.id, isFit(health, member));
}

/**
 * A heartbeat that its leader sends late and its follower hears late still comes before the shortest timeout, if neither
 * is late by more than half of what is left for it.
 */
function isOverloaded({ config }: ClusterState, lateBy: Micros): boolean {
  if (lateBy === 0) return false;
  const { electionTimeout, heartbeatInterval } = config.cluster;
  const { quality, overrides } = config.network;
  const longest = [quality, ...overrides.map((link) => link.quality)].map(({ latency }) => longestLatency(latency));
  return 2 * lateBy > electionTimeout.min - heartbeatInterval - Math.max(...longest);
}

function noteLoad(state: ClusterState, health: Health, at: Micros, member: Member, lateBy: Micros): void {
  const { overloaded, circumstances } = health;
  const over = isOverloaded(state, lateBy);
  if (overloaded.has(member.id) === over) return;
  if (over) overloaded.add(member.id);
  else overloaded.delete(member.id);
  circumstances.setFit(at, member.id, isFit(health, member));
}

/** What a replica reports, as far as it says who is well. */
export function noteEvent(state: ClusterState, health: Health, at: Micros, member: Member, event: ReplicaEvent): void {
  switch (event.kind) {
    case "promoted":
      health.leaderStability.promoted(event.term);
      break;
    case "snapshotOffered": {
      const to = state.members.find((other) => other.id === event.to);
      if (to !== undefined) noteCatchingUp(health, at, to, true);
      break;
    }
    case "snapshotInstalled":
    case "leaderHeard":
      // Whoever hears of another leader begins anew with that.
      noteCatchingUp(health, at, member, false);
      break;
    case "quarantineEnded":
      health.circumstances.setFit(at, member.id, isFit(health, member));
      break;
    default:
  }
}

/** After one event of `member`, its effects taken over and noted: whether it was deposed without need. */
export function judgeLeading(
  state: ClusterState,
  health: Health,
  member: Member,
  { at, shown }: StepRecord,
): LeaderStabilityBreak | undefined {
  if (shown.lateBy > 0 || health.overloaded.size > 0) noteLoad(state, health, at, member, shown.lateBy);
  const { liveness, leaderStability } = health;
  const { currentTerm: term, commitIndex } = shown;
  const { id, disk } = member;
  const leads = shown.role === "leader";
  if (!leads && !leaderStability.follows(id)) return undefined;
  liveness.observe(at, id, { leads, term, commitIndex, lastIndex: lastLogIndex(disk) });
  return leaderStability.observe(at, id, leads, term);
}

/** Whether the span that ends at `at` was lost; asks only when that may be. */
export function judgeProgress({ liveness }: Health, at: Micros): LivenessBreak | undefined {
  return at >= liveness.nextCheckAt ? liveness.check(at) : undefined;
}
