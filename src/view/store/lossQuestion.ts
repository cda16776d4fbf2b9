/** Why an acknowledged write is lost: the question, where the event of its loss is known. */
import type { Question } from "../../model/protocol/chronicle.ts";
import type { ClusterEvent } from "../../model/protocol/events.ts";
import { compareVersions, type Version } from "../../model/protocol/item.ts";

/** Asks about the loss of `id` as `version` wrote it; undefined where `feed` does not tell of it. */
export function lossQuestion(feed: readonly ClusterEvent[], id: string, version: Version): Question | undefined {
  const loss = feed.findLast(
    ({ fact }) => fact.kind === "writeLost" && fact.id === id && compareVersions(fact.version, version) === 0,
  );
  return loss === undefined ? undefined : { kind: "fact", at: loss.at, sequence: loss.sequence };
}
