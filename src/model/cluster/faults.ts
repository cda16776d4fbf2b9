/** What can go wrong with one replica, on purpose (DESIGN section 4). Each changes its conditions, its disk or its life. */
import { nameOf, OPERATOR, type ReplicaId, slotOf } from "../../base/ids.ts";
import { NEVER, seconds, ZERO } from "../../base/units.ts";
import type { Command } from "../protocol/commands.ts";
import { commitCopies } from "../protocol/config.ts";
import type { Conditions, ReplicaInput } from "../protocol/step.ts";
import { loseUnsent, memberOf, nextCounter } from "./absorb.ts";
import { afterDiskReplaced } from "./acknowledged.ts";
import { beginLying, checkRecords, damage, forgetUnpersisted, loseOwed, readDamage, wipeDisk } from "./disk.ts";
import { forgetPause, mendLater } from "./gameDay.ts";
import { endLeadership, reportLost, reportReplica } from "./report.ts";
import type { ClusterState } from "./state.ts";
import { withdraw } from "./verdicts.ts";

/** What the driver has to do with a replica's machine after a command. */
export type Lifecycle =
  | { readonly kind: "stop"; readonly id: ReplicaId }
  | { readonly kind: "start"; readonly id: ReplicaId };

/** The commands of this file. */
export type ReplicaFault = Extract<
  Command,
  {
    kind:
      | "crash"
      | "restart"
      | "wipe"
      | "pause"
      | "resume"
      | "slow"
      | "refuseWrites"
      | "acceptWrites"
      | "clock"
      | "disk"
      | "corrupt"
      | "promote";
  }
>;

/** A lying disk that was given no time writes this much later. */
const LYING_SYNC = seconds(1);

/** Puts an input of the operator into the replica's queue, now. */
export function tellReplica(state: ClusterState, to: ReplicaId, input: ReplicaInput): void {
  const counter = nextCounter(state, OPERATOR);
  state.queue.push({ at: state.now, source: OPERATOR, counter, for: "replica", to, input, flight: undefined });
}

function setConditions(state: ClusterState, id: ReplicaId, change: Partial<Conditions>): readonly Lifecycle[] {
  const member = memberOf(state, id);
  member.conditions = { ...member.conditions, ...change };
  if (member.alive) tellReplica(state, id, { kind: "conditions", conditions: member.conditions });
  return [];
}

/** After a disk has changed as a whole: which acknowledged writes that was the end of. */
function judgeDisk(state: ClusterState, id: ReplicaId): void {
  reportLost(state, state.now, afterDiskReplaced(state.acknowledged, slotOf(id), memberOf(state, id).disk));
}

/** A disk that forgets may take votes with it: elections are not safe any more either. */
function withdrawStorage(state: ClusterState, because: string): void {
  withdraw(state, "storage", because);
  withdraw(state, "elections", because);
}

function crash(state: ClusterState, id: ReplicaId): readonly Lifecycle[] {
  const member = memberOf(state, id);
  member.alive = false;
  member.timerAt = NEVER;
  member.conditions = { ...member.conditions, paused: false };
  forgetPause(state, id);
  // What it has not read yet of the operator it reads when it starts again.
  state.queue.retain((queued) => queued.for !== "replica" || queued.to !== id || queued.source !== OPERATOR);
  loseUnsent(state, id);
  endLeadership(state, state.now, id);
  const { rules } = state.config.cluster;
  const owedLost = member.lying !== undefined && loseOwed(member.disk, member.lying, state.now);
  forgetUnpersisted(member.disk, rules);
  if (owedLost) withdrawStorage(state, `the lying disk of ${nameOf(id)} lost what it had promised`);
  if (owedLost || !rules.persistLog) judgeDisk(state, id);
  return [{ kind: "stop", id }];
}

/** A log that is thrown away takes its copies with it: as many as commit a write, and it may be gone. */
function withdrawIfTooMany(state: ClusterState): void {
  const emptied = state.members.filter(({ disk }) => disk.quarantinedUntil !== undefined).map(({ id }) => nameOf(id));
  if (emptied.length < commitCopies(state.config.cluster)) return;
  withdraw(state, "storage", `the disks of ${emptied.join(" and ")} were damaged at the same time`);
}

function restart(state: ClusterState, id: ReplicaId): readonly Lifecycle[] {
  const { disk } = memberOf(state, id);
  const damagedAt = state.config.cluster.rules.checksum ? checkRecords(disk) : undefined;
  if (damagedAt !== undefined) {
    withdrawIfTooMany(state);
    judgeDisk(state, id);
    reportReplica(state, state.now, id, { kind: "damageFound", index: damagedAt });
  } else if (readDamage(disk)) {
    withdraw(state, "storage", `${nameOf(id)} serves a damaged record`);
    withdraw(state, "logs", `${nameOf(id)} serves a damaged record`);
  }
  return [{ kind: "start", id }];
}

function wipe(state: ClusterState, id: ReplicaId): readonly Lifecycle[] {
  const member = memberOf(state, id);
  const stopped = member.alive ? crash(state, id) : [];
  wipeDisk(member.disk);
  withdrawStorage(state, `${nameOf(id)} was wiped`);
  if (member.lying !== undefined) member.lying = beginLying(member.disk, member.lying.syncTime);
  judgeDisk(state, id);
  return [...stopped, { kind: "start", id }];
}

function setDisk(state: ClusterState, command: Extract<Command, { kind: "disk" }>): readonly Lifecycle[] {
  const { replicaId, syncTime, lies } = command;
  const member = memberOf(state, replicaId);
  member.lying = lies ? beginLying(member.disk, syncTime === 0 ? LYING_SYNC : syncTime) : undefined;
  return setConditions(state, replicaId, { extraDiskSync: lies ? ZERO : syncTime });
}

/** Carries out a fault of one replica, now. */
export function performFault(state: ClusterState, command: ReplicaFault): readonly Lifecycle[] {
  const id = command.replicaId;
  switch (command.kind) {
    case "crash":
      return crash(state, id);
    case "restart":
      return restart(state, id);
    case "wipe":
      return wipe(state, id);
    case "pause":
      if (command.lasts !== undefined) {
        mendLater(state, command.lasts, { command: { kind: "resume", replicaId: id }, by: "time" });
      }
      return setConditions(state, id, { paused: true });
    case "resume":
      forgetPause(state, id);
      return setConditions(state, id, { paused: false });
    case "slow":
      return setConditions(state, id, { slowFactor: command.factor });
    case "refuseWrites":
      return setConditions(state, id, { refusesWrites: true });
    case "acceptWrites":
      return setConditions(state, id, { refusesWrites: false });
    case "clock":
      return setConditions(state, id, { clockOffset: command.offset, clockDrift: command.drift });
    case "disk":
      return setDisk(state, command);
    case "corrupt":
      damage(memberOf(state, id).disk);
      return [];
    case "promote":
      withdraw(state, "elections", `${nameOf(id)} was promoted without an election`);
      withdraw(state, "storage", `${nameOf(id)} was promoted without an election`);
      tellReplica(state, id, { kind: "promote" });
      return [];
  }
}
