// The approximate index of a replica: a function of its state, dropped and made anew without anybody's noticing.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { present } from "../../../src/base/assert.ts";
import { replicaId } from "../../../src/base/ids.ts";
import { rngStream } from "../../../src/base/rng.ts";
import { ZERO } from "../../../src/base/units.ts";
import { DEFAULT_CLUSTER, type SearchIndexConfig } from "../../../src/model/protocol/config.ts";
import type { Embedding, Item } from "../../../src/model/protocol/item.ts";
import type { Entry } from "../../../src/model/protocol/log.ts";
import { inheritJournal, searchExactly, searchStore } from "../../../src/model/replica/searchIndex.ts";
import { createReplica, newDisk, type ReplicaState } from "../../../src/model/replica/state.ts";
import { step } from "../../../src/model/replica/step.ts";
import { applyEntry, itemsBefore, storeOf, undoEntry } from "../../../src/model/replica/store.ts";
import { keepGraphsOf } from "../../../src/model/vector/graphs.ts";
import { forgetMatrix } from "../../../src/model/vector/nearest.ts";
import { clustered, clusteredItems } from "../../support/clusters.ts";
import { anEntry, aSnapshot, put } from "../../support/replica.ts";

const NARROW: SearchIndexConfig = { kind: "hnsw", m: 4, efConstruction: 16, ef: 4, replicas: "all" };

function aReplica(items: readonly Item[], searchIndex: SearchIndexConfig | undefined, id = 1): ReplicaState {
  const config = { ...DEFAULT_CLUSTER, ...(searchIndex === undefined ? {} : { searchIndex }) };
  const sorted = items.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return createReplica(replicaId(id), config, newDisk(aSnapshot(1, 0, sorted)), rngStream(7, 1, id, 1), ZERO);
}

function configured(state: ReplicaState, searchIndex: SearchIndexConfig | undefined): void {
  const { searchIndex: _, ...exact } = state.config;
  const config = searchIndex === undefined ? exact : { ...exact, searchIndex };
  step(state, { kind: "configure", config }, ZERO);
}

function idsOf(state: ReplicaState, query: Embedding, k: number): readonly string[] {
  return searchStore(state, query, k).map(({ item }) => item.id);
}

/** The same state with nothing derived from it: what a checkpoint is after a seek, or a worker was handed. */
function afresh(state: ReplicaState): ReplicaState {
  return structuredClone(state);
}

describe("a replica's index", () => {
  const items = clusteredItems(2, 16, 400);
  const queries = clustered(2, 16, 30, 400);

  it("is exact without one, and wherever a search is as broad as there are items", () => {
    const exact = aReplica(items, undefined);
    const broad = aReplica(items, { ...NARROW, ef: 400 });
    const narrow = aReplica(items, NARROW);
    for (const query of queries) {
      expect(searchStore(exact, query, 10)).toEqual(searchExactly(exact, query, 10));
      expect(searchStore(broad, query, 10)).toEqual(searchExactly(exact, query, 10));
      expect(searchStore(narrow, query, 400)).toEqual(searchExactly(exact, query, 400));
    }
  });

  it("makes replicas with the same data answer differently at low ef, and alike at ef = n", () => {
    const replicas = [1, 2, 3].map((id) => aReplica(items, NARROW, id));
    const [first, ...others] = replicas.map((replica) => queries.map((query) => idsOf(replica, query, 5)));
    for (const other of others) expect(other).not.toEqual(first);
    const broad = [1, 2, 3].map((id) => aReplica(items, { ...NARROW, ef: items.length }, id));
    const [one, ...rest] = broad.map((replica) => queries.map((query) => idsOf(replica, query, 5)));
    for (const other of rest) expect(other).toEqual(one);
  });

  it("is on only where the configuration says so, and leaves nothing behind when it goes", () => {
    const state = aReplica(items, { ...NARROW, replicas: [replicaId(2)] });
    expect(state.store.journal).toBeUndefined();
    const before = afresh(state);
    configured(state, NARROW);
    expect(state.store.journal?.insertions).toHaveLength(400);
    configured(state, undefined);
    expect(state.store.journal).toBeUndefined();
    expect(state.rng).toEqual(before.rng);
    expect(state.electionDeadline).toBe(before.electionDeadline);
  });

  it("begins with the items in order of id, whatever came before: at a start, when it is switched on, in a snapshot", () => {
    const state = aReplica(items, NARROW);
    const ids = (of: ReplicaState) => of.store.journal?.insertions.map(({ item }) => item.id);
    const inOrder = items.map(({ id }) => id).toSorted();
    expect(ids(state)).toEqual(inOrder);
    const late = aReplica(items, undefined);
    const entry = anEntry(1, 1, { operation: { ...put("a new one"), embedding: present(queries[0], "a query") } });
    applyEntry(late.store, entry);
    configured(late, NARROW);
    expect(ids(late)).toEqual(["a new one", ...inOrder]);
    const levels = state.store.journal?.insertions.map(({ levelDraw }) => levelDraw);
    const store = storeOf(aSnapshot(1, 0, state.log.snapshot.items));
    inheritJournal(store, state.store);
    expect(store.journal?.insertions.map(({ item }) => item.id)).toEqual(inOrder);
    expect(store.journal?.insertions.map(({ levelDraw }) => levelDraw)).not.toEqual(levels);
  });

  it("keeps what was deleted as a stepping stone until more is dead than alive", () => {
    const few = items.slice(0, 60);
    const state = aReplica(few, NARROW);
    const journal = present(state.store.journal, "a journal");
    const sizes: number[] = [];
    for (const [at, { id }] of few.slice(0, 40).entries()) {
      applyEntry(state.store, anEntry(1, at + 1, { operation: { kind: "delete", id } }));
      sizes.push(journal.insertions.length);
    }
    expect(sizes.slice(0, 32)).toEqual(Array(32).fill(60));
    expect(sizes.slice(32)).toEqual(Array(8).fill(27));
    expect(state.store.items.size).toBe(20);
    for (const query of queries) expect(idsOf(state, query, 5).every((id) => state.store.items.has(id))).toBe(true);
  });
});

type Happening =
  | { readonly kind: "put"; readonly id: number; readonly vector: number }
  | { readonly kind: "delete"; readonly id: number }
  | { readonly kind: "undo" | "forget" | "search" | "restart" | "snapshot" | "switch" | "widen" };

const pool = clustered(4, 12, 60);
const id = fc.nat(79);
const vector = fc.nat(pool.length - 1);
const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("put" as const), id, vector }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("delete" as const), id }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom("undo" as const, "forget" as const, "search" as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom("restart" as const, "snapshot" as const, "switch" as const, "widen" as const),
    }),
  },
);

function entryOf(what: Extract<Happening, { id: number }>, index: number): Entry {
  const name = `i${what.id}`;
  if (what.kind === "delete") return anEntry(1, index, { operation: { kind: "delete", id: name } });
  return anEntry(1, index, { operation: { ...put(name), embedding: present(pool[what.vector], "a vector") } });
}

/** Lets it happen; returns the state that there is then. */
function happen(state: ReplicaState, what: Happening): ReplicaState {
  const { store } = state;
  const query = present(pool[0], "a vector");
  switch (what.kind) {
    case "put":
    case "delete":
      applyEntry(store, entryOf(what, store.undo.length + 1));
      return state;
    case "undo":
      if (store.undo.length > 0) undoEntry(store);
      return state;
    case "forget":
      if (store.journal !== undefined) keepGraphsOf([]);
      forgetMatrix(store);
      return state;
    case "search":
      searchStore(state, query, 3);
      return state;
    case "restart":
      return aReplica(itemsBefore(store, 0), state.config.searchIndex);
    case "snapshot": {
      const next = storeOf(aSnapshot(1, 0, itemsBefore(store, 0)));
      inheritJournal(next, store);
      state.store = next;
      return state;
    }
    case "switch":
      configured(state, state.config.searchIndex === undefined ? NARROW : undefined);
      return state;
    case "widen":
      configured(state, { ...NARROW, m: 8, ef: 9 });
      return state;
  }
}

describe("what is derived from a journal", () => {
  it("gives the answers of a state that nothing was ever derived from, whatever happened and whenever it was dropped", {
    timeout: 120_000,
  }, () => {
    fc.assert(
      fc.property(fc.array(anyHappening, { maxLength: 80, size: "max" }), fc.nat(59), (all, asked) => {
        let state = aReplica(clusteredItems(4, 12, 50), NARROW);
        for (const [at, what] of all.entries()) {
          state = happen(state, what);
          if (at % 4 !== 0) continue;
          const query = present(pool[asked], "a vector");
          expect(searchStore(state, query, 4)).toEqual(searchStore(afresh(state), query, 4));
          expect(idsOf(state, query, 4).every((name) => state.store.items.has(name))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("is no part of the state", () => {
    const state = aReplica(clusteredItems(4, 12, 50), NARROW);
    const before = afresh(state);
    searchStore(state, present(pool[1], "a vector"), 5);
    expect(afresh(state)).toEqual(before);
  });
});
