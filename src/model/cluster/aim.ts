/**
 * Finding the object of a command as it takes effect: the leader there is then, a replica drawn from the run's own
 * stream, the message that is next to arrive. It depends on the run's state alone, so a replay finds the same.
 */
import { assert, assertNever, present } from "../../base/assert.ts";
import { nameOf, type ReplicaId } from "../../base/ids.ts";
import { nextBelow } from "../../base/rng.ts";
import {
  type Aim,
  type AimedCommand,
  type Command,
  type CommandProblem,
  LAST_LABEL,
  type PersonalCommand,
  type ReplicaVerb,
  type TimedCommand,
} from "../protocol/commands.ts";
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

/** Labels that none of some commands has, the smallest first. */
export class FreeLabels {
  readonly #taken: ReadonlySet<number>;
  #last = 0;

  constructor(commands: readonly TimedCommand[]) {
    this.#taken = new Set(commands.flatMap(({ command }) => (command.kind === "aimed" ? [command.label] : [])));
  }

  /** The next; undefined when there is none left. */
  take(): number | undefined {
    do this.#last += 1;
    while (this.#taken.has(this.#last));
    return this.#last <= LAST_LABEL ? this.#last : undefined;
  }
}

/** The label of the last gesture that found `replicaId` as the leader in this run, and finds it still by "the same". */
function gestureOn({ commands, aims }: ClusterState, replicaId: ReplicaId): number | undefined {
  for (let position = commands.length - 1; position >= 0; position -= 1) {
    const command = commands[position]?.command;
    if (command?.kind !== "aimed" || command.aim !== "leader" || command.was === undefined) continue;
    // Whom it hit where it was made says nothing: these inputs may be another run's.
    if (aims.found.get(command.label) === replicaId) return command.label;
  }
  return undefined;
}

/**
 * What a person's `command` is in the inputs of the run in `state`, which is about to take it. A gesture on the replica
 * that leads then means the leader, and what is done later to the replica that it found means the same one: so other runs
 * with these inputs do it to whoever leads there. In this run it is the same command.
 */
export function asRecorded(state: ClusterState, command: PersonalCommand): Command | AimedCommand {
  if (!("replicaId" in command)) return command;
  const { replicaId, ...verb } = command;
  const aim = replicaOf(state, "leader", 0) === replicaId ? "leader" : "same";
  const label = aim === "leader" ? new FreeLabels(state.commands).take() : gestureOn(state, replicaId);
  if (label === undefined) return command;
  assert(replicaOf(state, aim, label) === replicaId, `the ${aim} of ${label} is not ${nameOf(replicaId)}`);
  return { kind: "aimed", aim, label, verb, was: replicaId };
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
