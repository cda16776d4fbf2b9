/**
 * Seeded trouble with a bias: what happens, how often and for how long is drawn from the seed, with weights that make
 * one kind of break likely. Whom it hits may depend on how the run stands ("the leader and some others"), never on a
 * plan made by hand.
 */
import { present } from "../../src/base/assert.ts";
import { type Address, clientIds, type ReplicaId, replicaIds } from "../../src/base/ids.ts";
import { nextBelow, nextBetween, nextChance, type RngState, rngStream, Stream } from "../../src/base/rng.ts";
import { after, type Micros, millis, seconds } from "../../src/base/units.ts";
import type { InlineRun } from "../../src/model/cluster/inline.ts";
import type { Command } from "../../src/model/protocol/commands.ts";

/** What may happen, and how likely each is beside the others. */
export interface Bias {
  /** Milliseconds between two troubles, from and to. */
  readonly gap: readonly [number, number];
  /** Milliseconds that a bounced replica is down. */
  readonly down?: readonly [number, number];
  readonly weights: Partial<Record<Trouble, number>>;
}

type Trouble =
  /** Somebody crashes, or whoever is down starts again. */
  | "crash"
  | "restart"
  /** Somebody crashes and starts again at once. */
  | "bounce"
  /** The leader crashes. */
  | "crashLeader"
  /** Two groups, the members drawn one by one. */
  | "split"
  /** The leader, and perhaps one other, on one side. */
  | "splitLeader"
  /** Leaders fall one after the other, each soon after its election, and old ones return with what they alone have. */
  | "succession"
  | "isolate"
  | "heal"
  /** One direction between two is cut. */
  | "cut"
  /** Somebody speaks and hears nobody. */
  | "deafen"
  | "deafenLeader"
  | "corrupt"
  /** Slow or lossy links. */
  | "network";

interface Plan {
  readonly run: InlineRun;
  readonly rng: RngState;
  readonly bias: Bias;
  /** Who starts again, and when. */
  readonly due: { readonly at: Micros; readonly replicaId: ReplicaId }[];
}

function pick<T>(rng: RngState, choices: readonly T[]): T | undefined {
  return choices.length === 0 ? undefined : choices[nextBelow(rng, choices.length)];
}

function alive({ run }: Plan): readonly ReplicaId[] {
  return run.state.members.filter((member) => member.alive).map(({ id }) => id);
}

function leaderOf({ run }: Plan): ReplicaId | undefined {
  const leaders = [...run.replicas.values()].filter(({ role }) => role === "leader");
  return leaders.sort((a, b) => b.currentTerm - a.currentTerm)[0]?.id;
}

function membersOf({ run }: Plan): readonly Address[] {
  const { cluster, workload } = run.state.config;
  return [...replicaIds(cluster.replicaCount), ...clientIds(workload.clients)];
}

function split(plan: Plan, near: readonly Address[]): readonly Command[] {
  const others = membersOf(plan).filter((member) => !near.includes(member));
  return others.length === 0 ? [] : [{ kind: "partition", groups: [near, others] }];
}

function splitLeader(plan: Plan): readonly Command[] {
  const leader = leaderOf(plan);
  if (leader === undefined) return [];
  const others = alive(plan).filter((id) => id !== leader);
  const friend = nextChance(plan.rng, 0.6) ? pick(plan.rng, others) : undefined;
  const clients = clientIds(plan.run.state.config.workload.clients).filter(() => nextChance(plan.rng, 0.6));
  return split(plan, [leader, ...(friend === undefined ? [] : [friend]), ...clients]);
}

function rates(writesPerSecond: number): Command {
  return { kind: "setRates", rates: { writesPerSecond, readsPerSecond: 0, searchesPerSecond: 0 } };
}

function deafen({ run }: Plan, to: ReplicaId | undefined): readonly Command[] {
  const others = replicaIds(run.state.config.cluster.replicaCount).filter((id) => id !== to);
  return to === undefined ? [] : others.map((from): Command => ({ kind: "cut", from, to }));
}

function crash(plan: Plan, replicaId: ReplicaId | undefined, back: boolean): readonly Command[] {
  if (replicaId === undefined) return [];
  const [least, most] = plan.bias.down ?? [1, 60];
  if (back) plan.due.push({ at: after(plan.run.state.now, millis(nextBetween(plan.rng, least, most))), replicaId });
  return [{ kind: "crash", replicaId }];
}

/** Highest term that anybody leads. */
function ledTerm({ run }: Plan): number {
  return Math.max(
    0,
    ...[...run.replicas.values()].map(({ role, currentTerm }) => (role === "leader" ? currentTerm : 0)),
  );
}

function letPass(plan: Plan, least: number, most: number): void {
  runTo(plan, after(plan.run.state.now, millis(nextBetween(plan.rng, least, most))));
}

/** Waits for a leader of a later term than `before`, lets it lead for a moment, and takes it and its messages away. */
function strikeNext(plan: Plan, before: number, least: number, most: number): ReplicaId | undefined {
  const { run } = plan;
  const end = after(run.state.now, seconds(3));
  while (run.state.now < end && ledTerm(plan) <= before) letPass(plan, 1, 4);
  if (ledTerm(plan) <= before) return undefined;
  letPass(plan, least, most);
  const replicaId = leaderOf(plan);
  if (replicaId === undefined) return undefined;
  run.command({ kind: "isolate", replicaId });
  run.command({ kind: "crash", replicaId });
  run.command({ kind: "heal" });
  return replicaId;
}

function startAgain({ run }: Plan, ids: readonly (ReplicaId | undefined)[]): void {
  for (const { id, alive: up } of run.state.members)
    if (!up && ids.includes(id)) run.command({ kind: "restart", replicaId: id });
}

/** The kind of history that figure 8 shows; who leads, who follows and how long each step lasts is drawn. */
function succession(plan: Plan): void {
  const { run, rng } = plan;
  const { clients, writesPerSecond } = run.state.config.workload;
  const first = leaderOf(plan);
  const friend = pick(
    rng,
    alive(plan).filter((id) => id !== first),
  );
  if (first === undefined || friend === undefined) return;
  const term = ledTerm(plan);
  for (const command of [...split(plan, [first, friend, ...clientIds(clients)]), rates(1_000)]) run.command(command);
  letPass(plan, 80, 200);
  run.command(rates(writesPerSecond));
  letPass(plan, 20, 150);
  for (const replicaId of [first, friend]) run.command({ kind: "crash", replicaId });
  const second = strikeNext(plan, term, 0, 25);
  startAgain(plan, [first, friend]);
  strikeNext(plan, term + 1, 100, 260);
  startAgain(plan, [second]);
  letPass(plan, 500, 2_000);
  startAgain(
    plan,
    run.state.members.map(({ id }) => id),
  );
}

function badNetwork({ rng }: Plan): readonly Command[] {
  const low = nextBetween(rng, 1, 20);
  const latency = { kind: "uniform", low: millis(low), high: millis(low + nextBetween(rng, 0, 60)) } as const;
  const loss = nextBelow(rng, 20) / 100;
  return [{ kind: "setNetwork", quality: { latency, loss, duplication: 0, reordering: nextBelow(rng, 100) / 100 } }];
}

function commandsOf(plan: Plan, trouble: Trouble): readonly Command[] {
  const { rng, run } = plan;
  const dead = run.state.members.filter((member) => !member.alive).map(({ id }) => id);
  switch (trouble) {
    case "crash":
      return crash(plan, pick(rng, alive(plan)), false);
    case "bounce":
      return crash(plan, pick(rng, alive(plan)), true);
    case "crashLeader":
      return crash(plan, leaderOf(plan), nextChance(rng, 0.5));
    case "restart": {
      const replicaId = pick(rng, dead);
      return replicaId === undefined ? [] : [{ kind: "restart", replicaId }];
    }
    case "split":
      return split(
        plan,
        membersOf(plan).filter(() => nextChance(rng, 0.5)),
      ).filter((command) => command.kind !== "partition" || command.groups.every((group) => group.length > 0));
    case "splitLeader":
      return splitLeader(plan);
    case "succession":
      succession(plan);
      return [];
    case "isolate":
      return [{ kind: "isolate", replicaId: present(pick(rng, replicaIds(run.state.members.length)), "a replica") }];
    case "heal":
      return [{ kind: "heal" }];
    case "cut": {
      const from = pick(rng, alive(plan));
      const others = alive(plan).filter((id) => id !== from);
      const to = pick(rng, others);
      return from === undefined || to === undefined ? [] : [{ kind: "cut", from, to }];
    }
    case "deafen":
      return deafen(plan, pick(rng, alive(plan)));
    case "deafenLeader":
      return deafen(plan, leaderOf(plan));
    case "corrupt": {
      const replicaId = pick(rng, alive(plan));
      return replicaId === undefined ? [] : [{ kind: "corrupt", replicaId }];
    }
    case "network":
      return badNetwork(plan);
  }
}

const TROUBLES: readonly Trouble[] = [
  ...(["crash", "restart", "bounce", "crashLeader", "split", "splitLeader", "succession", "isolate", "heal"] as const),
  ...(["cut", "deafen", "deafenLeader", "corrupt", "network"] as const),
];

function drawn({ rng, bias }: Plan): Trouble {
  const sum = TROUBLES.reduce((total, trouble) => total + (bias.weights[trouble] ?? 0), 0);
  let left = nextBelow(rng, sum);
  for (const trouble of TROUBLES) {
    left -= bias.weights[trouble] ?? 0;
    if (left < 0) return trouble;
  }
  return "heal";
}

/** Runs up to `at`; whoever is due starts again on the way. */
function runTo({ run, due }: Plan, at: Micros): void {
  due.sort((a, b) => a.at - b.at);
  for (let next = due[0]; next !== undefined && next.at <= at; next = due[0]) {
    due.shift();
    run.runUntil(next.at);
    if (run.state.members[next.replicaId - 1]?.alive === false) {
      run.command({ kind: "restart", replicaId: next.replicaId });
    }
  }
  run.runUntil(at);
}

/** Troubles `run` until `until`, or until `enough` says so after a trouble. */
export function trouble(run: InlineRun, bias: Bias, until: Micros, enough: () => boolean): void {
  const plan: Plan = { run, bias, rng: rngStream(run.state.config.seed, Stream.faults, 7), due: [] };
  while (run.state.now < until && !enough()) {
    runTo(plan, after(run.state.now, millis(nextBetween(plan.rng, bias.gap[0], bias.gap[1]))));
    for (const command of commandsOf(plan, drawn(plan))) run.command(command);
  }
}
