/**
 * What a copy of a run shares with the run: values whose interfaces are readonly all the way down, and which make up
 * most of a state. Each is told by a field that nothing else has.
 */
import { copyGraph } from "../../base/copyGraph.ts";
import { feedInteger, hashText, newHash } from "../../base/hash.ts";
import { PackedGraph } from "../../base/packedGraph.ts";
import type { PackPool, PackRules } from "../../base/packPool.ts";
import { feedCanonical } from "../cluster/feed.ts";
import { InlineRun, type Standing } from "../cluster/inline.ts";
import type { TimedCommand } from "../protocol/commands.ts";
import type { DatasetContent } from "../protocol/dataset.ts";
import type { Embedding } from "../protocol/item.ts";

const MARKS = [
  "digestLow", // Embedding
  "payload", // Item, put, draft
  "appendedAt", // Entry
  "deliverAt", // Flight
  "drafts", // CatalogueItem
  "levelDraw", // Insertion
  "previous", // UndoRecord
  "termBefore", // LogMatching: an entry and the term behind it
  "inTerm", // LeaderCompleteness: a committed entry
  "command", // TimedCommand
  "by", // StateMachineSafety: who applied first; a version that was read, and where
] as const;

/** Whether `value` is never changed after it was made. */
export function isImmutable(value: object): boolean {
  for (const mark of MARKS) if (mark in value) return true;
  // Version; Snapshot.
  return ("logIndex" in value && "term" in value) || ("lastIncludedIndex" in value && "requests" in value);
}

/** A run that stands where `run` stands and goes on by itself. Nobody looks on at it, and no facts wait in it. */
export function copyRun(run: InlineRun, dataset: DatasetContent): InlineRun {
  return standingRun(copyGraph(run.standing(), isImmutable), dataset);
}

/** The same, put away. */
export function packRun(run: InlineRun, pool: PackPool): PackedGraph<Standing> {
  return new PackedGraph(run.standing(), isImmutable, pool);
}

function isTimed(value: object): value is TimedCommand {
  return "command" in value;
}

function isEmbedding(value: object): value is Embedding {
  return "digestLow" in value;
}

function commandKey({ at, command }: TimedCommand): string {
  const hash = newHash();
  feedInteger(hash, at);
  feedCanonical(hash, command);
  return hashText(hash);
}

/** What checkpoints need not write down, and what a tracker of logs compares by identity. */
export const PACK_RULES: PackRules = {
  // Embeddings, payloads and the catalogue live as long as the data set, or the command that they came with; commands, with
  // the vectors that a person wrote or asked with, as long as the run's inputs.
  isKept: (value) =>
    "digestLow" in value || "drafts" in value || "command" in value || ("kind" in value && "name" in value),
  keyOf: (value) => {
    if (isTimed(value)) return commandKey(value);
    if (isEmbedding(value)) return `${value.digestLow} ${value.digestHigh}`;
    return "name" in value && typeof value.name === "string" ? value.name : undefined;
  },
  // Entries.
  isUnique: (value) => "appendedAt" in value,
};

/** A run that stands so, and may change it from now on. */
export function standingRun(standing: Standing, dataset: DatasetContent): InlineRun {
  return new InlineRun(standing.state.config, dataset, "event", undefined, standing);
}
