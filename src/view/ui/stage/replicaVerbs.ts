/** What can be done to a replica: kill and start it, cut it off, let its machine misbehave, promote it. */
import { nameOf, type ReplicaId } from "../../../base/ids.ts";
import { type Micros, millis, seconds, ZERO } from "../../../base/units.ts";
import type { Frame } from "../../../model/protocol/frame.ts";
import type { ReplicaSummary, ViewState } from "../../store/viewStore.ts";
import { whyDoomed } from "./doomed.ts";
import { both, cutDirections, healing, ordering, type Verb, type VerbGroup } from "./verb.ts";

const SLOW_FACTORS = [2, 5, 20];

/** The verbs of one replica. */
export function replicaVerbs(replicaId: ReplicaId, state: ViewState, frame: Frame | undefined): readonly VerbGroup[] {
  const replica = state.replicas.find((summary) => summary.replicaId === replicaId);
  const others = state.replicas.filter((summary) => summary.replicaId !== replicaId);
  const breaking: Verb[] = [lifeVerb(replicaId, replica)];
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
  return [breaking, ...faults, [looking, ...whyDoomed(replicaId, state, frame)], ...healing(state)].filter(
    (group) => group.length > 0,
  );
}

function lifeVerb(replicaId: ReplicaId, replica: ReplicaSummary | undefined): Verb {
  if (replica?.alive === false)
    return { id: "restart", name: "Restart", perform: ordering([{ kind: "restart", replicaId }]) };
  const isLeader = replica?.role === "leader";
  return {
    id: "kill",
    name: "Kill",
    ...(isLeader ? { key: "K" } : {}),
    perform: ordering([{ kind: "crash", replicaId }]),
  };
}

/** What can go wrong with the machine that a replica runs on, or be mended. */
function machineVerbs({ replicaId, alive, conditions }: ReplicaSummary): VerbGroup {
  const { paused, refusesWrites } = conditions;
  const pausing: Verb = paused
    ? { id: "resume", name: "Resume", perform: ordering([{ kind: "resume", replicaId }]) }
    : { id: "pause", name: "Pause, as garbage collection does…", choices: pauseVerbs(replicaId) };
  const always: Verb[] = [
    { id: "slow", name: "Slow down…", choices: slowVerbs(replicaId) },
    refusesWrites
      ? { id: "acceptWrites", name: "Accept writes", perform: ordering([{ kind: "acceptWrites", replicaId }]) }
      : {
          id: "refuseWrites",
          name: "Refuse replicated writes",
          perform: ordering([{ kind: "refuseWrites", replicaId }]),
        },
    { id: "disk", name: "Disk…", choices: diskVerbs(replicaId) },
    { id: "clock", name: "Clock…", choices: clockVerbs(replicaId) },
    {
      id: "machine",
      name: "All of it in numbers…",
      perform: ({ store }) => store.getState().openDialog({ kind: "machine", replicaId }),
    },
  ];
  return alive ? [pausing, ...always] : always;
}

function pauseVerbs(replicaId: ReplicaId): readonly Verb[] {
  const lasting = (lasts: Micros) => ordering([{ kind: "pause", replicaId, lasts }]);
  return [
    { id: "pauseOpen", name: "Until it is resumed", perform: ordering([{ kind: "pause", replicaId }]) },
    { id: "pauseShort", name: "For 200 ms", perform: lasting(millis(200)) },
    { id: "pause1", name: "For 1 s", perform: lasting(seconds(1)) },
    { id: "pause5", name: "For 5 s", perform: lasting(seconds(5)) },
  ];
}

function slowVerbs(replicaId: ReplicaId): readonly Verb[] {
  return [
    { id: "slow1", name: "Full speed", perform: ordering([{ kind: "slow", replicaId, factor: 1 }]) },
    ...SLOW_FACTORS.map((factor) => ({
      id: `slow${factor}`,
      name: `${factor} times as slow`,
      perform: ordering([{ kind: "slow", replicaId, factor }]),
    })),
  ];
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
    { id: "clockSlow", name: "20 % slow", perform: clock(ZERO, -0.2) },
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
