// Who holds what, against a slow obvious answer from the replicas' own stores; what crosses only once; what changes nothing.
import { describe, expect, it } from "vitest";
import { present } from "../../../src/base/assert.ts";
import { clientIds, replicaId, replicaIds } from "../../../src/base/ids.ts";
import { seconds } from "../../../src/base/units.ts";
import { datasetByName } from "../../../src/data/dataset.ts";
import { Ledger } from "../../../src/model/cluster/holdings.ts";
import { InlineRun } from "../../../src/model/cluster/inline.ts";
import { mirrorOf } from "../../../src/model/cluster/mirror.ts";
import { copyRun } from "../../../src/model/history/sharing.ts";
import { defaultRun } from "../../../src/model/protocol/config.ts";
import {
  HOLDINGS,
  type Holding,
  type Holdings,
  NO_HOLDINGS_KNOWN,
  TRUTHS,
  type TruthOfItem,
} from "../../../src/model/protocol/holdings.ts";
import { compareVersions, type Item, type Version } from "../../../src/model/protocol/item.ts";
import { shake } from "../../support/shakenRun.ts";

const PATIENCE = 120_000;

/** What somebody knows who has asked again and again. */
class Reader {
  known = NO_HOLDINGS_KNOWN;
  readonly ids: string[] = [];
  readonly embeddings: Float32Array[] = [];
  told = 0;

  take(holdings: Holdings): void {
    const { positions, ids, embeddings, dimension } = holdings.news;
    this.known = holdings.known;
    this.told += ids.length;
    for (const [at, position] of positions.entries()) {
      this.ids[position] = present(ids[at], "an id");
      this.embeddings[position] = embeddings.slice(at * dimension, (at + 1) * dimension);
    }
    expect(this.ids).toHaveLength(holdings.size);
  }
}

function isNewer(a: Version | undefined, b: Version | undefined): boolean {
  return a !== undefined && (b === undefined || compareVersions(a, b) > 0);
}

/** Puts of `id` in messages to a replica or in its log behind what it has applied. */
function comingSlowly(run: InlineRun, slot: number, id: string): readonly Version[] {
  const member = present(run.state.members[slot], "a member");
  const messages = run.state.queue
    .unordered()
    .flatMap(({ to, flight }) => (to === member.id ? (flight?.message ?? []) : []));
  const entries = messages.flatMap((message) => (message.kind === "appendEntries" ? message.entries : []));
  const waiting = member.disk.entries.filter(({ index }) => index > member.status.lastApplied);
  const items = messages.flatMap((message) => (message.kind === "installSnapshot" ? message.items : []));
  const put = [...entries, ...waiting].filter(({ operation }) => operation.kind === "put" && operation.id === id);
  return [
    ...put.map(({ term, index }): Version => ({ term, logIndex: index })),
    ...items.filter((item) => item.id === id).map(({ version }) => version),
  ];
}

/** Whether a leader sends a whole snapshot to `slot`. */
function isSent(run: InlineRun, slot: number): boolean {
  const id = replicaIds(run.state.members.length)[slot];
  return run.state.members.some(({ alive, status }) =>
    status.progress.some((peer) => alive && peer.replicaId === id && peer.state === "snapshot"),
  );
}

function standingSlowly(run: InlineRun, slot: number, id: string): Holding {
  const member = present(run.state.members[slot], "a member");
  if (!member.alive) return "absent";
  const truth = run.state.acknowledged.truth.get(id);
  const here = run.replicas.get(member.id)?.store.items.get(id)?.version;
  const onItsWay = comingSlowly(run, slot, id).some(
    (version) => !isNewer(truth?.version, version) && (here === undefined || isNewer(version, here)),
  );
  if (here !== undefined) {
    if (isNewer(here, truth?.version)) return "unconfirmed";
    if (!isNewer(truth?.version, here)) return "held";
    if (truth?.item === undefined) return "ghost";
    return onItsWay ? "onItsWay" : "outdated";
  }
  const mirror = mirrorOf(member);
  if (isNewer(mirror?.deletionOf(id), truth?.version))
    return truth?.item === undefined ? "absent" : "unconfirmedDelete";
  if (onItsWay) return "onItsWay";
  if (truth?.item === undefined) return "absent";
  return truth.write?.lost === true ? "lost" : "missing";
}

function truthSlowly(run: InlineRun, id: string): TruthOfItem {
  const truth = run.state.acknowledged.truth.get(id);
  if (truth === undefined) return "unknown";
  if (truth.item === undefined) return truth.write?.lost === true ? "deleteLost" : "deleted";
  return truth.write?.lost === true ? "lost" : "true";
}

function expectRight(run: InlineRun, { truth, replicas }: Holdings, reader: Reader, seen: Set<Holding>): void {
  for (const [slot, { standings, counts, alive }] of replicas.entries()) {
    expect(alive).toBe(run.state.members[slot]?.alive);
    const names = Array.from(standings, (byte) => present(HOLDINGS[byte], "a name"));
    for (const name of names) seen.add(name);
    for (const name of HOLDINGS) expect(counts[name]).toBe(names.filter((found) => found === name).length);
    if (isSent(run, slot)) continue;
    const slow = reader.ids.map((id) => standingSlowly(run, slot, id));
    expect(Object.fromEntries(names.map((name, at) => [reader.ids[at], name]))).toEqual(
      Object.fromEntries(slow.map((name, at) => [reader.ids[at], name])),
    );
  }
  expect(Array.from(truth, (byte) => TRUTHS[byte])).toEqual(reader.ids.map((id) => truthSlowly(run, id)));
}

/** Every item of the truth is shown as it is there. */
function expectShown(run: InlineRun, reader: Reader): void {
  for (const { item } of run.state.acknowledged.truth.values()) {
    if (item === undefined) continue;
    expect(reader.embeddings[reader.ids.indexOf(item.id)]).toEqual(item.embedding.values);
  }
  const held = [...run.replicas.values()].flatMap(({ store }): Item[] => [...store.items.values()]);
  for (const { id } of held) expect(reader.ids).toContain(id);
}

describe("the holdings", () => {
  it(
    "are what a slow look at stores, truth, messages and logs finds, under random trouble",
    () => {
      const seen = new Set<Holding>();
      for (const seed of [2, 3, 4, 6]) {
        const ledger = new Ledger(seed);
        const reader = new Reader();
        let looks = 0;
        shake(seed, seconds(6), (run) => {
          looks += 1;
          if (looks % 4 !== 0) return;
          const holdings = ledger.holdings(run.state, reader.known);
          reader.take(holdings);
          expectRight(run, holdings, reader, seen);
          expectShown(run, reader);
        });
      }
      expect([...seen].sort()).toEqual([...HOLDINGS].sort());
    },
    PATIENCE,
  );

  it("tell an item once, again when it looks different, and everything to whoever knows another run", () => {
    const run = new InlineRun(defaultRun(7), datasetByName("products"));
    run.runUntil(seconds(1));
    const ledger = new Ledger(4);
    const first = ledger.holdings(run.state, NO_HOLDINGS_KNOWN);
    expect(first.news.ids).toHaveLength(first.size);
    expect(first.news.embeddings).toHaveLength(first.size * first.news.dimension);
    expect(ledger.holdings(run.state, first.known).news.ids).toEqual([]);
    run.runUntil(seconds(3));
    const later = ledger.holdings(run.state, first.known);
    expect(later.news.ids.length).toBeGreaterThan(0);
    expect(later.news.ids.length).toBeLessThan(20);
    expect(ledger.holdings(run.state, { ...later.known, epoch: 3 }).news.ids).toHaveLength(later.size);
  });

  it("are of the past too, at the same positions", () => {
    const run = new InlineRun(defaultRun(7), datasetByName("products"));
    run.runUntil(seconds(4));
    const past = copyRun(run, datasetByName("products"));
    const ledger = new Ledger(1);
    const then = ledger.holdings(run.state, NO_HOLDINGS_KNOWN);
    run.runUntil(seconds(20));
    const now = ledger.holdings(run.state, then.known);
    expect(now.size).toBeGreaterThan(then.size);
    const again = ledger.holdings(past.state, now.known);
    expect(again.size).toBe(now.size);
    expect(again.truth.slice(0, then.size)).toEqual(then.truth);
    expect(again.replicas.map(({ standings }) => standings.slice(0, then.size))).toEqual(
      then.replicas.map(({ standings }) => standings),
    );
    expect([...again.truth.slice(then.size)].every((byte) => TRUTHS[byte] === "unknown")).toBe(true);
  });

  it("show what is cut off as missing, and what comes over a link as on its way", () => {
    const config = defaultRun(7);
    const cluster = { ...config.cluster, mode: "asynchronous" as const, initialLeader: replicaId(1) };
    const run = new InlineRun({ ...config, cluster }, datasetByName("products"));
    run.runUntil(seconds(1));
    const ledger = new Ledger(1);
    const countOf = (name: Holding, slot: number) =>
      ledger.holdings(run.state, NO_HOLDINGS_KNOWN).replicas[slot]?.counts[name] ?? 0;
    run.command({ kind: "partition", groups: [[replicaId(1), replicaId(2), ...clientIds(3)], [replicaId(3)]] });
    run.runUntil(seconds(6));
    expect(countOf("missing", 2) + countOf("outdated", 2)).toBeGreaterThan(5);
    expect(countOf("onItsWay", 2)).toBe(0);
    run.command({ kind: "heal" });
    let wasOnItsWay = 0;
    for (let step = 0; step < 4_000 && wasOnItsWay === 0; step += 1) {
      run.step();
      wasOnItsWay = countOf("onItsWay", 2);
    }
    expect(wasOnItsWay).toBeGreaterThan(5);
    run.runUntil(seconds(8));
    expect(countOf("missing", 2) + countOf("outdated", 2)).toBeLessThan(2);
  });

  it("change nothing in the run", () => {
    const hashOf = (look: boolean) => {
      const ledger = new Ledger(1);
      const run = shake(3, seconds(4), ({ state }) => {
        if (look) ledger.holdings(state, NO_HOLDINGS_KNOWN);
      });
      return run.hash();
    };
    expect(hashOf(true)).toBe(hashOf(false));
  });
});
