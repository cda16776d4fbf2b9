/** The three hints of the first minute: what each offers, and how one sees that it was done. */
import { nameOf, type ReplicaId } from "../../base/ids.ts";
import { compareVersions } from "../../model/protocol/item.ts";
import { currentLeader } from "./clusterShape.ts";
import { HINTS, type HintId } from "./interfaceState.ts";
import type { ViewState } from "./viewStore.ts";

type HintFacts = Pick<ViewState, "feed" | "comparison" | "replicas" | "hintsGone" | "lanes" | "playing">;

/** The hint to offer; undefined when all are gone. */
export function nextHint(gone: readonly HintId[]): HintId | undefined {
  return HINTS.find((hint) => !gone.includes(hint));
}

function killedLeader({ feed, lanes }: HintFacts): boolean {
  return feed.some(({ at, fact }) => {
    if (fact.kind !== "commandDone" || fact.command.kind !== "crash") return false;
    const { replicaId } = fact.command;
    return lanes.leaderships.some(
      (led) => led.replicaId === replicaId && led.from <= at && (led.to === undefined || led.to >= at),
    );
  });
}

/** The first replica whose answer is wrong now. */
export function whoAnswersWrong({ comparison }: Pick<ViewState, "comparison">): ReplicaId | undefined {
  // Without the search table, which is loaded with the first question.
  if (comparison === undefined) return undefined;
  const { truth, answers, standing } = comparison;
  const standings = new Map(standing.map((known) => [known.id, known]));
  const wrong = answers.find(({ alive, neighbours }) => {
    if (!alive) return false;
    const isOld = neighbours.some(({ id, version }) => {
      const known = standings.get(id);
      if (known === undefined) return false;
      const order = compareVersions(version, known.version);
      return order < 0 || (order === 0 && known.deleted);
    });
    return isOld || truth.some(({ id }) => neighbours.every((neighbour) => neighbour.id !== id));
  });
  return wrong?.replicaId;
}

/** While time stands still a wrong answer can be read: what is left to do is to see what becomes of it. */
function watchedWrongAnswer(facts: HintFacts): boolean {
  return facts.playing && whoAnswersWrong(facts) !== undefined;
}

function cutNetwork({ feed }: HintFacts): boolean {
  return feed.some(
    ({ fact }) => fact.kind === "commandDone" && (fact.command.kind === "partition" || fact.command.kind === "cut"),
  );
}

const isDone: Record<HintId, (facts: HintFacts) => boolean> = {
  killLeader: killedLeader,
  searchWhileLagging: watchedWrongAnswer,
  cutNetwork,
};

/** Hints that were done and are not gone yet. */
export function doneHints(facts: HintFacts): readonly HintId[] {
  return HINTS.filter((hint) => !facts.hintsGone.includes(hint) && isDone[hint](facts));
}

/** What the hint says now: it names the replica it means. */
export function hintText(hint: HintId, facts: Pick<ViewState, "replicas" | "comparison" | "playing">): string {
  const { replicas } = facts;
  switch (hint) {
    case "killLeader": {
      const leader = currentLeader(replicas);
      return leader === undefined ? "Kill the leader" : `Kill the leader, ${nameOf(leader.replicaId)}`;
    }
    case "searchWhileLagging": {
      const wrong = facts.playing ? undefined : whoAnswersWrong(facts);
      if (wrong !== undefined) return `Play, and watch ${nameOf(wrong)}`;
      const dead = replicas.find(({ alive }) => !alive);
      return dead === undefined
        ? "Search while a replica lags"
        : `Start ${nameOf(dead.replicaId)}, search while it lags`;
    }
    case "cutNetwork":
      return "Cut the network";
  }
}
