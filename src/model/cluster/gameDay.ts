/**
 * Game day: a fault that comes again and again, each time to a replica drawn from the run's own stream, and is mended
 * after a while. It is part of the run's state, so one command starts it and a replay strikes the same replicas at the
 * same instants, whatever else a person does in between.
 */
import type { ReplicaId } from "../../base/ids.ts";
import { nextBelow } from "../../base/rng.ts";
import { after, earlier, type Micros, NEVER } from "../../base/units.ts";
import type { Command, GameDay, GameDayFault } from "../protocol/commands.ts";
import { commandProblem } from "./checkCommand.ts";
import type { ClusterState } from "./state.ts";

/** A command that no person gives. */
export interface Strike {
  readonly command: Command;
  readonly by: "gameDay" | "time";
}

/** The game day of a run, and everything that mends itself. */
export interface GameDayState {
  /** Undefined: there is none, or it is over. */
  plan: GameDay | undefined;
  nextAt: Micros;
  /** Faults so far. */
  struck: number;
  /** What is still to be mended, the earliest first. It is mended even when the game day is over. */
  readonly mending: (Strike & { readonly at: Micros })[];
}

/** No game day. */
export function noGameDay(): GameDayState {
  return { plan: undefined, nextAt: NEVER, struck: 0, mending: [] };
}

/** Begins `plan` with a first fault at once, or ends what goes on. */
export function setGameDay(state: ClusterState, plan: GameDay | undefined): void {
  const { gameDay } = state;
  gameDay.plan = plan;
  gameDay.nextAt = plan === undefined ? NEVER : state.now;
  if (plan !== undefined) gameDay.struck = 0;
}

/** When game day next breaks or mends something; {@link NEVER} when it does not. */
export function nextStrikeAt({ gameDay }: ClusterState): Micros {
  return earlier(gameDay.nextAt, gameDay.mending[0]?.at ?? NEVER);
}

/** What undoes `fault`. */
function mended(fault: GameDayFault, replicaId: ReplicaId): Command {
  switch (fault.kind) {
    case "crash":
      return { kind: "restart", replicaId };
    case "pause":
      return { kind: "resume", replicaId };
    case "slow":
      return { kind: "slow", replicaId, factor: 1 };
    case "refuseWrites":
      return { kind: "acceptWrites", replicaId };
    case "isolate":
      return { kind: "heal" };
  }
}

/** Mends something after `lasts`. */
export function mendLater({ now, gameDay: { mending } }: ClusterState, lasts: Micros, strike: Strike): void {
  const at = after(now, lasts);
  const place = mending.findIndex((later) => later.at > at);
  mending.splice(place < 0 ? mending.length : place, 0, { ...strike, at });
}

/** The replica has crashed or was resumed by hand: what was to end its pause must not end another. */
export function forgetPause({ gameDay: { mending } }: ClusterState, replicaId: ReplicaId): void {
  const at = mending.findIndex(
    ({ by, command }) => by === "time" && command.kind === "resume" && command.replicaId === replicaId,
  );
  if (at >= 0) mending.splice(at, 1);
}

/** The command that is due at `state.now`; undefined when it would change nothing. What comes after is noted. */
export function takeStrike(state: ClusterState): Strike | undefined {
  const { gameDay, now } = state;
  const due = gameDay.mending[0];
  if (due !== undefined && due.at <= now) {
    gameDay.mending.shift();
    return commandProblem(state, due.command) === undefined ? due : undefined;
  }
  const { plan } = gameDay;
  if (plan === undefined || gameDay.nextAt > now) return undefined;
  gameDay.nextAt = after(now, plan.every);
  const command = strikeOf(state, plan);
  if (command === undefined) return undefined;
  gameDay.struck += 1;
  return { command, by: "gameDay" };
}

/** The fault for one of the running replicas to which it applies, and its mending. */
function strikeOf(state: ClusterState, { fault, lasts }: GameDay): Command | undefined {
  const open = state.members.filter(
    ({ id, alive }) => alive && commandProblem(state, { ...fault, replicaId: id }) === undefined,
  );
  if (open.length === 0) return undefined;
  const replicaId = open[nextBelow(state.aims.rng, open.length)]?.id;
  if (replicaId === undefined) return undefined;
  mendLater(state, lasts, { command: mended(fault, replicaId), by: "gameDay" });
  return { ...fault, replicaId };
}
