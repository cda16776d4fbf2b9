/**
 * Gestures on the leader. What a person does to the replica that leads is written down as such (`asRecorded` in
 * `cluster/aim.ts`); inputs of before keep its id alone, and so may files: that it led just then follows from the run.
 * For another run with the same commands the gesture is said again as "the leader", and what is done later to that replica
 * as "the same": whoever led there is meant. The id that it had is kept beside it.
 */
import type { ReplicaId } from "../../base/ids.ts";
import { leadingMember } from "../cluster/metrics.ts";
import type { ClusterState } from "../cluster/state.ts";
import type { AimedCommand, Command, ReplicaVerb, TimedCommand } from "../protocol/commands.ts";

/** A command as it is to be given to another run. */
export interface AimedAnew {
  readonly timed: TimedCommand;
  /** Whom it hit in the run that it comes from; undefined of a command that finds no replica by itself. */
  readonly was: ReplicaId | undefined;
}

type AimedVerb = Extract<AimedCommand, { kind: "aimed" }>;
type ReplicaCommand = Extract<Command, { readonly replicaId: ReplicaId }>;

/** Labels of gestures begin here, above those of any scenario. */
const FIRST_LABEL = 1_000_000_000;

/** The verb of a command for one replica. */
function verbOf({ replicaId: _, ...verb }: ReplicaCommand): ReplicaVerb {
  return verb;
}

export class AimFinder {
  /** The label of the last gesture on each replica while it led. */
  readonly #labels = new Map<ReplicaId, number>();
  #nextLabel = FIRST_LABEL;

  /** `timed` as it is to be given to another run. To be asked where the run stands right before taking it. */
  aim(state: ClusterState, timed: TimedCommand): AimedAnew {
    const { at, command } = timed;
    if (!("replicaId" in command)) return { timed, was: undefined };
    const { replicaId } = command;
    const leader = leadingMember(state);
    const leads = leader?.id === replicaId && leader.alive && leader.status.role === "leader";
    if (leads) this.#labels.set(replicaId, this.#newLabel());
    const label = this.#labels.get(replicaId);
    if (label === undefined) return { timed, was: undefined };
    const aimed: AimedVerb = { kind: "aimed", aim: leads ? "leader" : "same", label, verb: verbOf(command) };
    return { timed: { at, command: aimed }, was: replicaId };
  }

  #newLabel(): number {
    this.#nextLabel += 1;
    return this.#nextLabel;
  }
}

/** Whom `command` found, if it was aimed; to be asked right after it was taken. */
export function foundBy(state: ClusterState, command: TimedCommand["command"]): ReplicaId | undefined {
  return command.kind === "aimed" ? state.aims.found.get(command.label) : undefined;
}
