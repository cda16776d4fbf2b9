/** What the values of a scenario must mean together: names that exist, quorums in range, groups that do not overlap. */
import type { ActionFile, ActionOf } from "./actionSchema.ts";
import { clientCountOf, replicaCountOf, untilOf } from "./defaults.ts";
import { durationOf } from "./duration.ts";
import { inverseOf } from "./inverse.ts";
import { isMessageKind, MESSAGE_KINDS } from "./names.ts";
import type { NetworkFile } from "./networkSchema.ts";
import { type Path, type ScenarioProblem, VALUE } from "./problem.ts";
import type { ScenarioFile } from "./schema.ts";

/** A run makes at most this many actions out of repeated ones. */
const ACTIONS_LIMIT = 100_000;

type Problem = ScenarioProblem | undefined;

/** What names can stand for in one scenario. */
interface Cast {
  readonly replicas: number;
  readonly clients: number;
  readonly regions: readonly { readonly name: string; readonly replicas: readonly string[] }[];
}

function problem(path: Path, message: string, value: unknown): ScenarioProblem {
  return { path, message, value };
}

function first<T>(items: readonly T[], check: (item: T, at: number) => Problem): Problem {
  for (const [at, item] of items.entries()) {
    const found = check(item, at);
    if (found !== undefined) return found;
  }
  return undefined;
}

function memberProblem(cast: Cast, path: Path, name: string): Problem {
  if (name === "leader" || name === "random") return undefined;
  const ordinal = Number(name.slice(1));
  if (name.startsWith("r") && ordinal > cast.replicas) {
    return problem(path, `must be one of the replicas r1 to r${cast.replicas}`, name);
  }
  if (name.startsWith("c") && ordinal > cast.clients) {
    return problem(path, `must be one of the clients c1 to c${cast.clients}`, name);
  }
  return undefined;
}

function clusterProblem(file: ScenarioFile, cast: Cast): Problem {
  const { writeQuorum, readQuorum, leader, electionTimeout } = file.cluster ?? {};
  const quorum = (key: string, value: number | undefined) =>
    value !== undefined && value > cast.replicas
      ? problem(["cluster", key], `must be from 1 to ${cast.replicas}, the number of replicas`, value)
      : undefined;
  if (electionTimeout !== undefined && durationOf(electionTimeout[0]) < 1_000) {
    return problem(["cluster", "electionTimeout", 0], "must be at least 1ms", electionTimeout[0]);
  }
  return (
    quorum("writeQuorum", writeQuorum) ??
    quorum("readQuorum", readQuorum) ??
    (leader === undefined ? undefined : memberProblem(cast, ["cluster", "leader"], leader)) ??
    indexProblem(cast, ["cluster", "searchIndex"], file.cluster?.searchIndex?.replicas) ??
    regionsProblem(cast)
  );
}

function regionsProblem({ regions, ...cast }: Cast): Problem {
  const seen = new Map<string, string>();
  return first(regions, ({ name, replicas }, at) => {
    if (regions.findIndex((other) => other.name === name) < at) {
      return problem(["cluster", "regions", at, "name"], "is the name of another region too", name);
    }
    return first(replicas, (replica, position) => {
      const path = ["cluster", "regions", at, "replicas", position];
      const other = seen.get(replica);
      if (other !== undefined)
        return problem(path, `must be in one region only, and is in "${other}" already`, replica);
      seen.set(replica, name);
      return memberProblem({ ...cast, regions }, path, replica);
    });
  });
}

function networkProblem(network: NetworkFile, cast: Cast): Problem {
  const linkProblem = first(network.links ?? [], ({ from, to }, at) =>
    betweenProblem(cast, ["network", "links", at], from, to),
  );
  const isRegion = (name: string) => cast.regions.some((region) => region.name === name);
  return (
    linkProblem ??
    first(network.regions ?? [], ({ between }, at) =>
      first(between, (name, side) =>
        isRegion(name)
          ? undefined
          : problem(["network", "regions", at, "between", side], "must be the name of a region", name),
      ),
    )
  );
}

function betweenProblem(cast: Cast, path: Path, from: string, to: string): Problem {
  const wrong = memberProblem(cast, [...path, "from"], from) ?? memberProblem(cast, [...path, "to"], to);
  if (wrong !== undefined) return wrong;
  if (from === to) return problem([...path, "to"], `must be somebody else than "from"`, to);
  if (from.startsWith("c") && to.startsWith("c"))
    return problem([...path, "to"], "must be a replica, since clients have no link", to);
  return undefined;
}

function groupsProblem(cast: Cast, path: Path, groups: ActionOf<"partition">["groups"]): Problem {
  const seen = new Set<string>();
  const take = (where: Path, name: string): Problem => {
    if (!/^[rc][1-9]\d*$/.test(name)) return problem(where, "must be a replica, a client or a region", name);
    const unknown = memberProblem(cast, where, name);
    if (unknown !== undefined) return unknown;
    if (seen.has(name)) return problem(where, "must be in one group only, and is in two", name);
    seen.add(name);
    return undefined;
  };
  const takeName = (where: Path, name: string): Problem => {
    const region = cast.regions.find((candidate) => candidate.name === name);
    if (region === undefined) return take(where, name);
    return first(region.replicas, (replica) => take(where, replica));
  };
  return first(groups, (group, at) =>
    typeof group === "string"
      ? takeName([...path, at], group)
      : first(group, (name, position) => takeName([...path, at, position], name)),
  );
}

function timingProblem(file: ScenarioFile, path: Path, action: ActionFile): Problem {
  const { at, every } = action;
  if (at === undefined && every === undefined) return problem([...path, "at"], "is missing", undefined);
  if (action.for !== undefined && inverseOf(action) === undefined) {
    return problem(
      [...path, "for"],
      `is for what can be undone, which "${action.do}" cannot; its value is ${VALUE}`,
      action.for,
    );
  }
  if (every === undefined) return undefined;
  const span = durationOf(every);
  if (span === 0) return problem([...path, "every"], "must be longer than nothing", every);
  if (untilOf(file) / span > ACTIONS_LIMIT) {
    return problem([...path, "every"], `must not come more than ${ACTIONS_LIMIT} times`, every);
  }
  return undefined;
}

/** A message is named by its two ends, or by its number. */
function messageProblem(cast: Cast, path: Path, { from, to, flight }: ActionOf<"message">): Problem {
  if (flight !== undefined) return undefined;
  if (from === undefined) return problem([...path, "from"], "is missing", undefined);
  if (to === undefined) return problem([...path, "to"], "is missing", undefined);
  return betweenProblem(cast, path, from, to);
}

/** The parts of an action for a replica that say which. */
interface Aimed {
  readonly replica: string;
  readonly label?: number | undefined;
  readonly was?: string | undefined;
}

/** What "same" finds must have been found under a number. */
function aimProblem(cast: Cast, path: Path, action: Aimed): Problem {
  const { replica, label, was } = action;
  const wasProblem = was === undefined ? undefined : memberProblem(cast, [...path, "was"], was);
  if (wasProblem !== undefined) return wasProblem;
  if (replica !== "same") return memberProblem(cast, [...path, "replica"], replica);
  return label === undefined ? problem([...path, "label"], "is missing", undefined) : undefined;
}

function indexProblem(cast: Cast, path: Path, replicas: readonly string[] | undefined): Problem {
  return first(replicas ?? [], (replica, at) => memberProblem(cast, [...path, "replicas", at], replica));
}

function verbProblem(cast: Cast, path: Path, action: ActionFile): Problem {
  switch (action.do) {
    case "cut":
    case "restore":
    case "link":
      return betweenProblem(cast, path, action.from, action.to);
    case "message":
      if (action.of !== undefined && !isMessageKind(action.of)) {
        return problem([...path, "of"], `must be one of ${MESSAGE_KINDS.join(", ")}`, action.of);
      }
      if (action.action === "delay" && action.by === undefined)
        return problem([...path, "by"], "is missing", undefined);
      return messageProblem(cast, path, action);
    case "partition":
      return groupsProblem(cast, [...path, "groups"], action.groups);
    case "setQuorum": {
      const quorums = [
        ["writeQuorum", action.writeQuorum],
        ["readQuorum", action.readQuorum],
      ] as const;
      return first(quorums, ([key, value]) =>
        value === undefined || value <= cast.replicas
          ? undefined
          : problem([...path, key], `must be from 1 to ${cast.replicas}, the number of replicas`, value),
      );
    }
    case "setSearchIndex":
      return indexProblem(cast, path, action.replicas);
    case "retry":
    case "write":
    case "delete":
    case "search":
      return action.client === undefined ? undefined : memberProblem(cast, [...path, "client"], action.client);
    default:
      return "replica" in action ? aimProblem(cast, path, action) : undefined;
  }
}

/** What is wrong with a file whose shape is right; undefined when it can be run. */
export function meaningProblem(file: ScenarioFile): Problem {
  const cast: Cast = {
    replicas: replicaCountOf(file),
    clients: clientCountOf(file),
    regions: file.cluster?.regions ?? [],
  };
  return (
    clusterProblem(file, cast) ??
    networkProblem(file.network ?? {}, cast) ??
    first(file.actions ?? [], (action, at) => {
      const path = ["actions", at];
      return timingProblem(file, path, action) ?? verbProblem(cast, path, action);
    })
  );
}
