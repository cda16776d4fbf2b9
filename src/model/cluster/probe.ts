/**
 * The continuous probe: a few fixed queries asked at every live replica once per virtual second, by somebody who sends no
 * message and draws nothing. What a replica would find is derived from its mirror; the run is not touched.
 */
import type { Micros } from "../../base/units.ts";
import type { CatalogueItem } from "../client/workload.ts";
import type { RecallSample } from "../protocol/frame.ts";
import { compareVersions, type Embedding, type Item } from "../protocol/item.ts";
import { type Acknowledged, trueItems } from "./acknowledged.ts";
import { type ChangeLog, changesOf } from "./changeLog.ts";
import { type Mirror, trueMirrorOf } from "./mirror.ts";
import { keepRecall, reportWorld } from "./outbox.ts";
import type { ClusterState, Member } from "./state.ts";
import { FixedQueries, TopLists } from "./topLists.ts";

/** Queries of a probe, at most. */
export const PROBE_QUERIES = 32;

/** The queries for a catalogue: its items at even distances. By its first item, which copies of a run share. */
const queriesOf = new WeakMap<CatalogueItem, FixedQueries>();

/** What is asked of a catalogue: the first states of items at even distances. */
export function questionsOver(catalogue: readonly CatalogueItem[]): readonly Embedding[] {
  const count = Math.min(PROBE_QUERIES, catalogue.length);
  const chosen = Array.from({ length: count }, (_, at) => catalogue[Math.floor((at * catalogue.length) / count)]);
  return chosen.flatMap((item) => item?.drafts[0]?.embedding ?? []);
}

function queriesFor(catalogue: readonly CatalogueItem[]): FixedQueries {
  const first = catalogue[0];
  if (first === undefined) return new FixedQueries([]);
  let queries = queriesOf.get(first);
  if (queries === undefined) {
    queries = new FixedQueries(questionsOver(catalogue));
    queriesOf.set(first, queries);
  }
  return queries;
}

/** The lists of a set of items, and how many of its changes are in them. */
class Followed {
  readonly lists: TopLists;
  readonly #log: ChangeLog;
  readonly #items: () => Iterable<Item>;
  #changes: number;

  constructor(queries: FixedQueries, k: number, log: ChangeLog, items: () => Iterable<Item>) {
    this.#log = log;
    this.#items = items;
    this.#changes = log.count;
    this.lists = new TopLists(queries, k, items());
  }

  /** False when too much has changed. */
  follow(): boolean {
    if (this.#log.count === this.#changes) return true;
    const changes = this.#log.since(this.#changes);
    if (changes === undefined) return false;
    this.lists.follow(changes, this.#items);
    this.#changes = this.#log.count;
    return true;
  }
}

/** What is kept of one replica. */
interface Asked {
  readonly mirror: Mirror;
  readonly followed: Followed;
  /** By query: how many of the true nearest it found when it was asked last. */
  readonly hits: Uint32Array;
  /** The share of all that were sought. */
  recall: number;
}

/** How many of the first `k` of `truth` are among the first `k` of `found`, in their true or a newer version. */
function hitsAmong(truth: readonly Item[], found: readonly Item[], k: number): number {
  let hits = 0;
  for (let at = 0; at < k; at += 1) {
    const item = truth[at];
    if (item !== undefined && isAmong(item, found, k)) hits += 1;
  }
  return hits;
}

function isAmong({ id, version }: Item, found: readonly Item[], k: number): boolean {
  for (let at = 0; at < k; at += 1) {
    const there = found[at];
    if (there?.id === id) return compareVersions(there.version, version) >= 0;
  }
  return false;
}

/** The probe of one state of a run and of what that becomes. */
class Probe {
  readonly #queries: FixedQueries;
  readonly k: number;
  #truth: Followed;
  readonly #asked: (Asked | undefined)[] = [];

  constructor({ workload, acknowledged, config }: ClusterState) {
    this.#queries = queriesFor(workload.catalogue);
    this.k = config.workload.k;
    this.#truth = this.#ofTruth(acknowledged);
  }

  /** Recall by slot; NaN where {@link recallNow} says. */
  ask({ members, acknowledged }: ClusterState): readonly number[] {
    if (!this.#truth.follow()) this.#truth = this.#ofTruth(acknowledged);
    const recall = members.map((member, slot) => this.#askOne(member, slot));
    this.#truth.lists.untouch();
    return recall;
  }

  #ofTruth(acknowledged: Acknowledged): Followed {
    return new Followed(this.#queries, this.k, changesOf(acknowledged.truth), () => trueItems(acknowledged));
  }

  #askOne(member: Member, slot: number): number {
    const mirror = trueMirrorOf(member);
    if (mirror === undefined) {
      this.#asked[slot] = undefined;
      return Number.NaN;
    }
    const known = this.#asked[slot];
    const asked = known?.mirror === mirror && known.followed.follow() ? known : this.#newlyAsked(mirror);
    this.#asked[slot] = asked;
    const found = asked.followed.lists;
    if (this.#truth.lists.isTouched || found.isTouched) asked.recall = this.#recall(asked.hits, found);
    found.untouch();
    return asked.recall;
  }

  /** The share found over all queries, once those that may have changed are counted again. */
  #recall(hits: Uint32Array, found: TopLists): number {
    const truth = this.#truth.lists;
    let [sought, sum] = [0, 0];
    for (let query = 0; query < hits.length; query += 1) {
      const best = truth.nearest(query);
      if (truth.touched[query] === 1 || found.touched[query] === 1) {
        hits[query] = hitsAmong(best, found.nearest(query), this.k);
      }
      sought += Math.min(this.k, best.length);
      sum += hits[query] ?? 0;
    }
    return sought === 0 ? 1 : sum / sought;
  }

  #newlyAsked(mirror: Mirror): Asked {
    const followed = new Followed(this.#queries, this.k, mirror.changes, () => mirror.items.values());
    return { mirror, followed, hits: new Uint32Array(this.#queries.count), recall: 1 };
  }
}

/** By what belongs to one copy of a run only. */
const probes = new WeakMap<Acknowledged, Probe>();

/**
 * What each replica finds of the true nearest, over all queries, at a boundary between two windows. By slot;
 * NaN of a dead replica, and of one that is not what its disk says. The search is exact, over what the replica holds.
 */
export function recallNow(state: ClusterState): readonly number[] {
  let probe = probes.get(state.acknowledged);
  if (probe?.k !== state.config.workload.k) {
    probe = new Probe(state);
    probes.set(state.acknowledged, probe);
  }
  return probe.ask(state);
}

/** The replicas without a number among `recall` although they are alive: what they hold is not what their disks say. */
export function differing({ members }: ClusterState, recall: readonly number[]): readonly Member[] {
  return members.filter(({ alive }, slot) => alive && Number.isNaN(recall[slot]));
}

/** How many queries the probe of `state` asks. */
export function probeQueries({ workload }: ClusterState): number {
  return queriesFor(workload.catalogue).count;
}

/** The lives in which a replica was found to differ from its disk. */
const toldOf = new WeakMap<Member, number>();

/** Adds one sample of every replica's recall to the outbox; where there is none of a live replica, says why. */
export function takeRecall(state: ClusterState, at: Micros): void {
  if (at <= state.outbox.known.sampleAt) return;
  const sample: RecallSample = { at, recall: recallNow(state) };
  keepRecall(state.outbox, sample);
  for (const member of differing(state, sample.recall)) {
    if (toldOf.get(member) === member.incarnation) continue;
    toldOf.set(member, member.incarnation);
    reportWorld(state, at, { kind: "storeDiffers", replicaId: member.id });
  }
}
