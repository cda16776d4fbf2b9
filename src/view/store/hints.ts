/** The three hints of the first minute: what each offers, and how one sees that it was done. */
import { nameOf } from "../../base/ids.ts";
import { currentLeader } from "./clusterShape.ts";
import { HINTS, type HintId } from "./interfaceState.ts";
import { searchTable } from "./searchTable.ts";
import type { ViewState } from "./viewStore.ts";

/** A hint as its card shows it. */
export interface HintText {
  readonly title: string;
  readonly how: string;
}

type HintFacts = Pick<ViewState, "feed" | "comparison" | "replicas" | "hintsGone" | "lanes">;

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

function sawWrongAnswer({ comparison }: HintFacts): boolean {
  return comparison !== undefined && searchTable(comparison).marks.some((mark) => mark !== "unconfirmed");
}

function cutNetwork({ feed }: HintFacts): boolean {
  return feed.some(
    ({ fact }) => fact.kind === "commandDone" && (fact.command.kind === "partition" || fact.command.kind === "cut"),
  );
}

const isDone: Record<HintId, (facts: HintFacts) => boolean> = {
  killLeader: killedLeader,
  searchWhileLagging: sawWrongAnswer,
  cutNetwork,
};

/** Hints that were done and are not gone yet. */
export function doneHints(facts: HintFacts): readonly HintId[] {
  return HINTS.filter((hint) => !facts.hintsGone.includes(hint) && isDone[hint](facts));
}

/** What the hint says now: it names the replica it means. */
export function hintText(hint: HintId, { replicas }: Pick<ViewState, "replicas">): HintText {
  switch (hint) {
    case "killLeader": {
      const leader = currentLeader(replicas);
      const who = leader === undefined ? "the leader" : nameOf(leader.replicaId);
      return { title: "Kill the leader", how: `${who} decides about every write. What happens when it dies?` };
    }
    case "searchWhileLagging": {
      const dead = replicas.find(({ alive }) => !alive);
      const how =
        dead === undefined
          ? "Kill a replica, start it again, and search before it has caught up."
          : `Start ${nameOf(dead.replicaId)} again, and search before it has caught up.`;
      return { title: "Search while a replica lags", how };
    }
    case "cutNetwork":
      return { title: "Cut the network", how: "Part the leader from the others: who may still say yes?" };
  }
}
