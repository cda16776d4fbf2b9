/**
 * Gestures on the leader. What a person does to the replica that leads is written down as such (`asRecorded` in
 * `cluster/aim.ts`); inputs of before keep its id alone, and so may files: that it led just then follows from the run.
 * For another run with the same commands the gesture is said again as "the leader", and what is done later to that replica
 * as "the same": whoever led there is meant.
 */
import type { ReplicaId } from "../../base/ids.ts";
import { FreeLabels } from "../cluster/aim.ts";
import { leadingMember } from "../cluster/metrics.ts";
import type { ClusterState } from "../cluster/state.ts";
import type { Command, ReplicaVerb, TimedCommand } from "../protocol/commands.ts";

/** A command as it is to be given to another run. */
export interface AimedAnew {
  readonly timed: TimedCommand;
  /** Whom it hit in the run that it comes from; undefined of a command that finds no replica by itself. */
  readonly was: ReplicaId | undefined;
}

type ReplicaCommand = Extract<Command, { readonly replicaId: ReplicaId }>;

/** The verb of a command for one replica. */
function verbOf({ replicaId: _, ...verb }: ReplicaCommand): ReplicaVerb {
  return verb;
}

/** Says again, of the commands of a run, those that name a replica. */
export class AimFinder {
  /** The label of the last gesture on each replica while it led. */
  readonly #labels = new Map<ReplicaId, number>();
  readonly #free: FreeLabels;

  constructor(commands: readonly TimedCommand[]) {
    this.#free = new FreeLabels(commands);
  }

  /** `timed` as it is to be given to another run. To be asked where the run stands, which then takes that in its place. */
  aim(state: ClusterState, timed: TimedCommand): TimedCommand {
    const { at, command } = timed;
    if (!("replicaId" in command)) return timed;
    const { replicaId } = command;
    const leader = leadingMember(state);
    const leads = leader?.id === replicaId && leader.alive && leader.status.role === "leader";
    const label = leads ? this.#free.take() : this.#labels.get(replicaId);
    if (label === undefined) return timed;
    this.#labels.set(replicaId, label);
    return { at, command: { kind: "aimed", aim: leads ? "leader" : "same", label, verb: verbOf(command) } };
  }
}

/** Whom `command` found, if it was aimed; to be asked right after it was taken. */
export function foundBy(state: ClusterState, command: TimedCommand["command"]): ReplicaId | undefined {
  return command.kind === "aimed" ? state.aims.found.get(command.label) : undefined;
}
