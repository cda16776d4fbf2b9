/** The approximate index in a scenario: the same keys in `cluster` and in the action that sets it. */
import * as z from "zod/mini";
import { nameOf } from "../../base/ids.ts";
import { DEFAULT_INDEX, INDEX_LIMITS, type SearchIndexConfig } from "../../model/protocol/config.ts";
import { replicaNamed } from "./defaults.ts";
import { list, oneOf, record, replicaName, wholeWithin } from "./values.ts";

function within({ min, max }: { readonly min: number; readonly max: number }) {
  return z.optional(wholeWithin(min, max));
}

/** What an index is made of. What is not given is as the app offers it first. */
export const indexShape = {
  /** "none": every search is exact. */
  kind: z.optional(oneOf(["hnsw", "none"])),
  /** Links of a node in a layer. */
  m: within(INDEX_LIMITS.m),
  /** Breadth of the search for them. */
  efConstruction: within(INDEX_LIMITS.efConstruction),
  /** Breadth of a search. */
  ef: within(INDEX_LIMITS.ef),
  /** Who searches with it; all, unless it is given. */
  replicas: z.optional(list(replicaName, 1)),
};

/** The `searchIndex` of a cluster. */
export const searchIndex = record(indexShape);

/** An index as a scenario has it. */
export type IndexFile = z.infer<typeof searchIndex>;

/** The index that `given` means; undefined when searches are exact. */
export function indexOfFile(given: IndexFile | undefined): SearchIndexConfig | undefined {
  if (given === undefined || given.kind === "none") return undefined;
  const { m, efConstruction, ef, replicas } = given;
  return {
    kind: "hnsw",
    m: m ?? DEFAULT_INDEX.m,
    efConstruction: efConstruction ?? DEFAULT_INDEX.efConstruction,
    ef: ef ?? DEFAULT_INDEX.ef,
    replicas: replicas === undefined ? "all" : replicas.map(replicaNamed),
  };
}

/** The way back. */
export function indexFile(index: SearchIndexConfig | undefined): IndexFile {
  if (index === undefined) return { kind: "none" };
  const { replicas, ...numbers } = index;
  return replicas === "all" ? numbers : { ...numbers, replicas: replicas.map(nameOf) };
}
