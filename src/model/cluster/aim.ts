/**
 * Finding the object of a command as it takes effect: the leader there is then, a replica drawn from the run's own
 * stream, the message that is next to arrive. It depends on the run's state alone, so a replay finds the same.
 */
import { assertNever, present } from "../../base/assert.ts";
import { nameOf, type ReplicaId } from "../../base/ids.ts";
import { nextBelow } from "../../base/rng.ts";
import type { Aim, AimedCommand, Command, CommandProblem, PersonalCommand, ReplicaVerb } from "../protocol/commands.ts";
import { commandProblem } from "./checkCommand.ts";
import { leadingMember } from "./metrics.ts";
import { type ClusterState, comesBefore, type Flight, type Queued } from "./state.ts";

type Found = { readonly command: Command } | { readonly problem: CommandProblem };
type AimedVerb = Extract<AimedCommand, { kind: "aimed" }>;

/** The command that `aimed` is now, or why it is none. */
export function findAim(state: ClusterState, aimed: AimedCommand): Found {
  switch (aimed.kind) {
    case "aimed":
      return findReplica(state, aimed);
    case "nextMessage":
      return findMessage(state, aimed);
    default:
      return assertNever(aimed);
  }
}

/** Why a person's command cannot be taken now; undefined when it can. Nothing is drawn and nothing changes. */
export function askedProblem(state: ClusterState, asked: PersonalCommand): CommandProblem | undefined {
  if (asked.kind !== "nextMessage") return commandProblem(state, asked);
  const found = findMessage(state, asked);
  return "problem" in found ? found.problem : commandProblem(state, found.command);
}

/** Verbs for the replica that leads, or led when a person first pointed at it, by the label of that gesture. */
function gestureOn(
  state: ClusterState,
  replicaId: ReplicaId,
): { readonly aim: Aim; readonly label: number } | undefined {
  const aimed = state.commands.flatMap(({ command }) => (command.kind === "aimed" ? [command] : []));
  if (replicaOf(state, "leader", 0) === replicaId) {
    return { aim: "leader", label: 1 + aimed.reduce((most, { label }) => Math.max(most, label), 0) };
  }
  const before = aimed.findLast(({ aim, was }) => aim === "leader" && was === replicaId);
  return before && { aim: "same", label: before.label };
}

/**
 * What a person's `command` is in the inputs of the run in `state`, which is about to take it. A gesture on the replica
 * that leads then means the leader, and what is done later to the same replica the same one: so other runs with these
 * inputs do it to whoever leads there. In this run it is the same command.
 */
export function asRecorded(state: ClusterState, command: PersonalCommand): Command | AimedCommand {
  if (!("replicaId" in command)) return command;
  const { replicaId, ...verb } = command;
  const gesture = gestureOn(state, replicaId);
  return gesture === undefined ? command : { kind: "aimed", ...gesture, verb, was: replicaId };
}

function commandOf(verb: ReplicaVerb, replicaId: ReplicaId): Command {
  return { ...verb, replicaId };
}

function findReplica(state: ClusterState, { aim, label, verb }: AimedVerb): Found {
  const id = replicaOf(state, aim, label, verb);
  if (id === undefined) {
    state.aims.found.delete(label);
    return { problem: { field: "replicaId", message: nobody[aim] } };
  }
  state.aims.found.set(label, id);
  return { command: commandOf(verb, id) };
}

const nobody: Readonly<Record<Aim, string>> = {
  leader: "Nobody leads now.",
  random: "There is no replica to which that applies now.",
  same: "The command before found nobody.",
};

function replicaOf(state: ClusterState, aim: Aim, label: number, verb?: ReplicaVerb): ReplicaId | undefined {
  switch (aim) {
    case "leader": {
      const leader = leadingMember(state);
      return leader?.alive === true && leader.status.role === "leader" ? leader.id : undefined;
    }
    case "random": {
      if (verb === undefined) return undefined;
      const open = state.members.filter(({ id }) => commandProblem(state, commandOf(verb, id)) === undefined);
      if (open.length === 0) return undefined;
      return present(open[nextBelow(state.aims.rng, open.length)], "a replica to draw").id;
    }
    case "same":
      return state.aims.found.get(label);
  }
}

function findMessage(state: ClusterState, aimed: Extract<AimedCommand, { kind: "nextMessage" }>): Found {
  const { from, to, of, action } = aimed;
  const isIt = ({ flight }: Queued) =>
    flight !== undefined &&
    flight.from === from &&
    flight.to === to &&
    (of === undefined || flight.message.kind === of);
  let next: (Queued & { readonly flight: Flight | undefined }) | undefined;
  for (const queued of state.queue.unordered()) {
    if (isIt(queued) && (next === undefined || comesBefore(queued, next))) next = queued;
  }
  if (next?.flight !== undefined) return { command: { kind: "message", flight: next.flight.id, action } };
  const what = of === undefined ? "No message" : `No ${of}`;
  return { problem: { field: "flight", message: `${what} is under way from ${nameOf(from)} to ${nameOf(to)}.` } };
}
