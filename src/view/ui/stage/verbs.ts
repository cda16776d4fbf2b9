/**
 * The verbs of the stage: what can be done to a replica, a link or a client now. Records, so that menu and test share
 * them. Each orders commands of the run or changes what the page shows.
 */
import { type Address, nameOf, type ReplicaId } from "../../../base/ids.ts";
import { type Micros, millis, seconds, ZERO } from "../../../base/units.ts";
import type { Command } from "../../../model/protocol/commands.ts";
import type { LinkQuality } from "../../../model/protocol/config.ts";
import { slowed } from "../../layout/linkQuality.ts";
import type { ReplicaSummary, Selection, ViewState } from "../../store/viewStore.ts";
import { order } from "../actions.ts";
import type { AppServices } from "../appContext.ts";

/** One entry of a menu; with `choices` it opens a menu of its own. */
export interface Verb {
  readonly id: string;
  readonly name: string;
  /** The key that does the same, where there is one. */
  readonly key?: string;
  readonly perform?: (services: AppServices) => void | Promise<void>;
  readonly choices?: readonly Verb[];
}

/** Verbs of one group stand together, a line between groups. */
export type VerbGroup = readonly Verb[];

/** How much slower "slow" is, and how much "lossy" loses. */
export const SLOW_FACTOR = 5;
export const LOSSY_SHARE = 0.2;

/** What can be done to `selection`. */
export function verbsFor(selection: Selection, state: ViewState): readonly VerbGroup[] {
  switch (selection.kind) {
    case "replica":
      return replicaVerbs(selection.replicaId, state);
    case "link":
      return linkVerbs(selection.from, selection.to, state);
    case "client":
      return clientVerbs(selection.clientId, state);
  }
}

/** The name of what is selected, for the menu's heading. */
export function selectionName(selection: Selection): string {
  switch (selection.kind) {
    case "replica":
      return nameOf(selection.replicaId);
    case "link":
      return `${nameOf(selection.from)} – ${nameOf(selection.to)}`;
    case "client":
      return nameOf(selection.clientId);
  }
}

function ordering(commands: readonly Command[]) {
  return async (services: AppServices) => {
    for (const command of commands) if (!(await order(services, command))) return;
  };
}

function replicaVerbs(replicaId: ReplicaId, state: ViewState): readonly VerbGroup[] {
  const replica = state.replicas.find((summary) => summary.replicaId === replicaId);
  const others = state.replicas.filter((summary) => summary.replicaId !== replicaId);
  const isLeader = replica?.alive === true && replica.role === "leader";
  const life: Verb =
    replica?.alive === false
      ? { id: "restart", name: "Restart", perform: ordering([{ kind: "restart", replicaId }]) }
      : {
          id: "kill",
          name: "Kill",
          ...(isLeader ? { key: "K" } : {}),
          perform: ordering([{ kind: "crash", replicaId }]),
        };
  const breaking: Verb[] = [life];
  if (others.length > 0) {
    breaking.push({
      id: "isolate",
      name: "Isolate",
      perform: ordering([{ kind: "isolate", replicaId }]),
    });
    breaking.push({
      id: "cutLink",
      name: "Cut link to…",
      choices: others.map((other) => cutChoice(replicaId, other.replicaId, state)),
    });
  }
  const looking: Verb = {
    id: "search",
    name: "Search here",
    perform: ({ store }) => {
      store.getState().select({ kind: "replica", replicaId });
      store.getState().focusSearch();
    },
  };
  const faults = replica === undefined ? [] : [machineVerbs(replica), emergencyVerbs(replica)];
  return [breaking, ...faults, [looking], ...healing(state)];
}

/** What can go wrong with the machine that a replica runs on, or be mended. */
function machineVerbs({ replicaId, alive, conditions }: ReplicaSummary): VerbGroup {
  const { paused, slowFactor, refusesWrites } = conditions;
  const running: Verb[] = [
    paused
      ? { id: "resume", name: "Resume", perform: ordering([{ kind: "resume", replicaId }]) }
      : { id: "pause", name: "Pause (garbage collection)", perform: ordering([{ kind: "pause", replicaId }]) },
  ];
  const always: Verb[] = [
    slowFactor === 1
      ? {
          id: "slow",
          name: `Slow down ×${SLOW_FACTOR}`,
          perform: ordering([{ kind: "slow", replicaId, factor: SLOW_FACTOR }]),
        }
      : { id: "fast", name: "Full speed", perform: ordering([{ kind: "slow", replicaId, factor: 1 }]) },
    refusesWrites
      ? { id: "acceptWrites", name: "Accept writes", perform: ordering([{ kind: "acceptWrites", replicaId }]) }
      : {
          id: "refuseWrites",
          name: "Refuse replicated writes",
          perform: ordering([{ kind: "refuseWrites", replicaId }]),
        },
    { id: "disk", name: "Disk…", choices: diskVerbs(replicaId) },
    { id: "clock", name: "Clock…", choices: clockVerbs(replicaId) },
  ];
  return alive ? [...running, ...always] : always;
}

function diskVerbs(replicaId: ReplicaId): readonly Verb[] {
  const disk = (syncTime: Micros, lies: boolean) => ordering([{ kind: "disk", replicaId, syncTime, lies }]);
  return [
    { id: "diskFast", name: "Healthy", perform: disk(ZERO, false) },
    { id: "diskSlow", name: "Slow: 20 ms to sync", perform: disk(millis(20), false) },
    { id: "diskLies", name: "Lying: says “synced” a second early", perform: disk(seconds(1), true) },
    { id: "corrupt", name: "Damage a record", perform: ordering([{ kind: "corrupt", replicaId }]) },
    { id: "wipe", name: "Restart with an empty disk", perform: ordering([{ kind: "wipe", replicaId }]) },
  ];
}

function clockVerbs(replicaId: ReplicaId): readonly Verb[] {
  const clock = (offset: Micros, drift: number) => ordering([{ kind: "clock", replicaId, offset, drift }]);
  return [
    { id: "clockRight", name: "Right", perform: clock(ZERO, 0) },
    { id: "clockAhead", name: "1 s ahead", perform: clock(seconds(1), 0) },
    { id: "clockBehind", name: "1 s behind", perform: clock(seconds(-1), 0) },
    { id: "clockFast", name: "20 % fast", perform: clock(ZERO, 0.2) },
  ];
}

/** The button that makes a second primary. */
function emergencyVerbs({ replicaId, alive, role }: ReplicaSummary): VerbGroup {
  if (!alive || role === "leader") return [];
  return [{ id: "promote", name: "Promote without an election", perform: ordering([{ kind: "promote", replicaId }]) }];
}

/** One other end of a replica's links: cut, or restore when it is cut. */
function cutChoice(from: ReplicaId, to: ReplicaId, state: ViewState): Verb {
  const isCut = cutDirections(from, to, state).length > 0;
  return isCut
    ? { id: `restore-${to}`, name: `Restore ${nameOf(to)}`, perform: ordering(both("restore", from, to)) }
    : { id: `cut-${to}`, name: nameOf(to), perform: ordering(both("cut", from, to)) };
}

function healing(state: ViewState): readonly VerbGroup[] {
  return state.cuts.length === 0
    ? []
    : [[{ id: "heal", name: "Heal the network", key: "H", perform: ordering([{ kind: "heal" }]) }]];
}

function linkVerbs(from: Address, to: Address, state: ViewState): readonly VerbGroup[] {
  const cut = cutDirections(from, to, state);
  const cuts: Verb[] = [];
  for (const [a, b] of [
    [from, to],
    [to, from],
  ] as const) {
    if (cut.includes(a)) continue;
    cuts.push({
      id: `cut-${a}`,
      name: `Cut ${nameOf(a)} → ${nameOf(b)}`,
      perform: ordering([{ kind: "cut", from: a, to: b }]),
    });
  }
  if (cut.length === 0) cuts.push({ id: "cutBoth", name: "Cut both ways", perform: ordering(both("cut", from, to)) });
  else cuts.push({ id: "restore", name: "Restore", perform: ordering(both("restore", from, to)) });
  const network = state.config?.network;
  if (network === undefined) return [cuts];
  const ends = [
    [from, to],
    [to, from],
  ] as const;
  const own = (a: Address, b: Address) =>
    network.overrides.find((override) => override.from === a && override.to === b)?.quality;
  const changed = (change: (now: LinkQuality) => LinkQuality | undefined): readonly Command[] =>
    ends.map(([a, b]) => ({ kind: "setLink", from: a, to: b, quality: change(own(a, b) ?? network.quality) }));
  const quality: Verb[] = [
    {
      id: "slow",
      name: `Make slow ×${SLOW_FACTOR}`,
      perform: ordering(changed((now) => ({ ...now, latency: slowed(network.quality, SLOW_FACTOR).latency }))),
    },
    {
      id: "lossy",
      name: `Lose ${LOSSY_SHARE * 100} %`,
      perform: ordering(changed((now) => ({ ...now, loss: LOSSY_SHARE }))),
    },
  ];
  const isOwn = ends.some(([a, b]) => own(a, b) !== undefined);
  if (isOwn) quality.push({ id: "asNetwork", name: "As the network", perform: ordering(changed(() => undefined)) });
  return [cuts, quality, ...healing(state)];
}

function clientVerbs(
  clientId: Extract<Selection, { kind: "client" }>["clientId"],
  state: ViewState,
): readonly VerbGroup[] {
  const home = state.clients.find((client) => client.clientId === clientId)?.home;
  const writing: Verb = {
    id: "write",
    name: "Write…",
    perform: ({ store }) => {
      store.getState().select({ kind: "client", clientId });
      store.getState().setPanel("write");
    },
  };
  const links: Verb[] = [];
  if (home !== undefined) {
    const isCut = cutDirections(clientId, home, state).length > 0;
    links.push(
      isCut
        ? { id: "restore", name: `Restore link to ${nameOf(home)}`, perform: ordering(both("restore", clientId, home)) }
        : { id: "cut", name: `Cut link to ${nameOf(home)}`, perform: ordering(both("cut", clientId, home)) },
    );
  }
  return [[writing], links, ...healing(state)].filter((group) => group.length > 0);
}

function both(kind: "cut" | "restore", from: Address, to: Address): readonly Command[] {
  return [
    { kind, from, to },
    { kind, from: to, to: from },
  ];
}

/** From which ends nothing gets through. */
function cutDirections(a: Address, b: Address, state: ViewState): readonly Address[] {
  const isCut = (from: Address, to: Address) => state.cuts.some((cut) => cut.from === from && cut.to === to);
  return [...(isCut(a, b) ? [a] : []), ...(isCut(b, a) ? [b] : [])];
}
