/**
 * Seeded trouble that leaves the network as it is apart from cuts: crashes, pauses, partitions, links cut one way. Long
 * pauses between faults, so that spans without a fault are long enough for liveness to be judged.
 */
import { present } from "../../src/base/assert.ts";
import { type ReplicaId, replicaIds } from "../../src/base/ids.ts";
import { nextBelow, nextBetween, type RngState, rngStream, Stream } from "../../src/base/rng.ts";
import { after, type Micros, millis, ZERO } from "../../src/base/units.ts";
import type { Command } from "../../src/model/protocol/commands.ts";
import type { Timed } from "./judgedRuns.ts";

interface Plan {
  readonly rng: RngState;
  readonly replicas: readonly ReplicaId[];
  readonly dead: Set<ReplicaId>;
  readonly paused: Set<ReplicaId>;
}

function pick<T>(rng: RngState, choices: readonly T[]): T {
  return present(choices[nextBelow(rng, choices.length)], "a choice");
}

function stopOrStart({ rng, dead, replicas, paused }: Plan): Command {
  const replicaId = pick(rng, replicas);
  paused.delete(replicaId);
  if (dead.delete(replicaId)) return { kind: "restart", replicaId };
  dead.add(replicaId);
  return { kind: "crash", replicaId };
}

function pauseOrResume({ rng, dead, replicas, paused }: Plan): Command | undefined {
  const alive = replicas.filter((id) => !dead.has(id));
  if (alive.length === 0) return undefined;
  const replicaId = pick(rng, alive);
  if (paused.delete(replicaId)) return { kind: "resume", replicaId };
  paused.add(replicaId);
  return { kind: "pause", replicaId };
}

function cutSome({ rng, replicas }: Plan): readonly Command[] {
  return Array.from({ length: nextBetween(rng, 1, replicas.length) }, (): Command => {
    const from = pick(rng, replicas);
    const others = replicas.filter((id) => id !== from);
    return { kind: "cut", from, to: pick(rng, others) };
  });
}

/** Somebody who can still speak, and hears nobody any more. */
function deafen({ rng, replicas }: Plan): readonly Command[] {
  const to = pick(rng, replicas);
  return replicas.filter((id) => id !== to).map((from): Command => ({ kind: "cut", from, to }));
}

function partition({ rng, replicas }: Plan): Command {
  const groups: ReplicaId[][] = [[], []];
  for (const id of replicas) present(groups[nextBelow(rng, 2)], "a group").push(id);
  return { kind: "partition", groups: groups.filter((group) => group.length > 0) };
}

function trouble(plan: Plan): readonly Command[] {
  const choice = nextBelow(plan.rng, 100);
  if (choice < 32) return [stopOrStart(plan)];
  if (choice < 44) return [pauseOrResume(plan)].filter((command) => command !== undefined);
  if (choice < 56) return cutSome(plan);
  if (choice < 64) return deafen(plan);
  if (choice < 72) return [partition(plan)];
  return [{ kind: "heal" }];
}

/** The trouble that `seed` makes until `until`. Every second pause between faults is short, the others last a while. */
export function calmTrouble(seed: number, replicaCount: number, until: Micros): readonly Timed[] {
  const plan: Plan = {
    rng: rngStream(seed, Stream.faults),
    replicas: replicaIds(replicaCount),
    dead: new Set(),
    paused: new Set(),
  };
  const commands: Timed[] = [];
  for (let at = ZERO; ; ) {
    const brief = nextBelow(plan.rng, 2) === 0;
    at = after(at, millis(brief ? nextBetween(plan.rng, 1, 400) : nextBetween(plan.rng, 400, 6_000)));
    if (at >= until) return commands;
    for (const command of trouble(plan)) commands.push({ at, command });
  }
}
