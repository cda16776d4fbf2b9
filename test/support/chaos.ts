/**
 * Seeded trouble: crashes, restarts, partitions, one-way cuts, bad networks, in an order that depends on the seed alone
 * and not on the mode. In the end everything is healed and started, and the cluster has to converge.
 */
import { present } from "../../src/base/assert.ts";
import { type Address, clientIds, type ReplicaId, replicaIds } from "../../src/base/ids.ts";
import {
  nextBelow,
  nextBetween,
  nextChance,
  nextFraction,
  type RngState,
  rngStream,
  Stream,
} from "../../src/base/rng.ts";
import { after, type Micros, millis, ZERO } from "../../src/base/units.ts";
import type { Command, TimedCommand } from "../../src/model/protocol/commands.ts";
import { DEFAULT_NETWORK, type LinkQuality, type ReplicationMode } from "../../src/model/protocol/config.ts";

export interface ChaosOptions {
  readonly replicaCount: number;
  readonly clients: number;
  /** Trouble ends here. */
  readonly until: Micros;
  /** Switch modes while running, besides. */
  readonly modes?: readonly ReplicationMode[];
}

interface Plan {
  readonly rng: RngState;
  readonly replicas: readonly ReplicaId[];
  readonly members: readonly Address[];
  readonly dead: Set<ReplicaId>;
  readonly overridden: Map<string, readonly [Address, Address]>;
}

function pick<T>(rng: RngState, choices: readonly T[]): T {
  return present(choices[nextBelow(rng, choices.length)], "a choice");
}

function crash(plan: Plan): Command | undefined {
  const up = plan.replicas.filter((id) => !plan.dead.has(id));
  if (up.length === 0) return undefined;
  const replicaId = pick(plan.rng, up);
  plan.dead.add(replicaId);
  return { kind: "crash", replicaId };
}

function restart(plan: Plan): Command | undefined {
  if (plan.dead.size === 0) return undefined;
  const replicaId = pick(plan.rng, [...plan.dead]);
  plan.dead.delete(replicaId);
  return { kind: "restart", replicaId };
}

function partition(plan: Plan): Command {
  const groups: Address[][] = [[], []];
  for (const member of plan.members) present(groups[nextBelow(plan.rng, 2)], "a group").push(member);
  return { kind: "partition", groups: groups.filter((group) => group.length > 0) };
}

function twoReplicas({ rng, replicas }: Plan): readonly [Address, Address] {
  const from = pick(rng, replicas);
  return [
    from,
    pick(
      rng,
      replicas.filter((id) => id !== from),
    ),
  ];
}

function badQuality(rng: RngState): LinkQuality {
  const low = millis(nextBetween(rng, 1, 20));
  return {
    latency: { kind: "uniform", low, high: after(low, millis(nextBetween(rng, 0, 40))) },
    loss: nextChance(rng, 0.6) ? nextFraction(rng) * 0.25 : 0,
    duplication: nextChance(rng, 0.5) ? nextFraction(rng) * 0.3 : 0,
    reordering: nextChance(rng, 0.5) ? nextFraction(rng) : 0,
  };
}

function setLink(plan: Plan): Command {
  const [from, to] = twoReplicas(plan);
  plan.overridden.set(`${from}-${to}`, [from, to]);
  return { kind: "setLink", from, to, quality: badQuality(plan.rng) };
}

function cut(plan: Plan): Command {
  const [from, to] = twoReplicas(plan);
  return { kind: "cut", from, to };
}

/** Weights in hundred: the rest heals. */
function trouble(plan: Plan): Command | undefined {
  const choice = nextBelow(plan.rng, 100);
  if (choice < 18) return crash(plan);
  if (choice < 42) return restart(plan);
  if (choice < 58) return partition(plan);
  if (choice < 68) return cut(plan);
  if (choice < 78) return { kind: "setNetwork", quality: badQuality(plan.rng) };
  if (choice < 84) return setLink(plan);
  return { kind: "heal" };
}

/** Everything back in order, and no more writes, so that logs can become equal. */
function recovery(plan: Plan, at: Micros): readonly TimedCommand[] {
  const commands: Command[] = [
    { kind: "heal" },
    { kind: "setNetwork", quality: DEFAULT_NETWORK.quality },
    ...[...plan.overridden.values()].map(([from, to]): Command => ({ kind: "setLink", from, to, quality: undefined })),
    ...[...plan.dead].map((replicaId): Command => ({ kind: "restart", replicaId })),
    { kind: "setRates", rates: { writesPerSecond: 0, readsPerSecond: 0, searchesPerSecond: 0 } },
  ];
  return commands.map((command) => ({ at, command }));
}

/** The trouble that `seed` makes, recovery included. */
export function chaosCommands(seed: number, options: ChaosOptions): readonly TimedCommand[] {
  const { replicaCount, clients, until, modes = [] } = options;
  const replicas = replicaIds(replicaCount);
  const plan: Plan = {
    rng: rngStream(seed, Stream.faults),
    replicas,
    members: [...replicas, ...clientIds(clients)],
    dead: new Set(),
    overridden: new Map(),
  };
  const switches = rngStream(seed, Stream.faults, 1);
  const commands: TimedCommand[] = [];
  // The first trouble may come before the first leader.
  for (let at = ZERO; ; ) {
    at = after(at, millis(nextBetween(plan.rng, 20, 700)));
    if (at >= until) break;
    const command = trouble(plan);
    if (command !== undefined) commands.push({ at, command });
    if (modes.length > 0 && nextChance(switches, 0.5)) {
      commands.push({ at, command: { kind: "setMode", mode: pick(switches, modes) } });
    }
  }
  return [...commands, ...recovery(plan, until)];
}
