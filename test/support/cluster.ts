/**
 * Clusters for stories: a vocabulary of what people do, and a trace that is read like code. Every replica has a client
 * of its own beside it, and every event is shown to the checkers.
 */
import { present } from "../../src/base/assert.ts";
import { type Address, clientId, nameOf, type ReplicaId } from "../../src/base/ids.ts";
import { after, type Micros, millis, seconds, toSeconds } from "../../src/base/units.ts";
import {
  type ClusterConfig,
  DEFAULT_CLUSTER,
  DEFAULT_NETWORK,
  DEFAULT_RULES,
  DEFAULT_WORKLOAD,
  type Rules,
  type RunConfig,
  type WorkloadConfig,
} from "../../src/model/protocol/config.ts";
import type { ClientEvent, ReplicaEvent } from "../../src/model/protocol/events.ts";
import type { Receipt } from "../../src/model/protocol/frame.ts";
import type { LatencyModel } from "../../src/model/protocol/latency.ts";
import type { ReplicaState } from "../../src/model/replica/state.ts";
import { ALL_FIVE, haveConverged } from "./sweep.ts";
import { WatchedRun } from "./watchedRun.ts";

export interface ClusterParts {
  readonly replicas: number;
  readonly seed: number;
  readonly latency?: LatencyModel;
  readonly cluster?: Partial<ClusterConfig>;
  readonly rules?: Partial<Rules>;
  readonly workload?: Partial<WorkloadConfig>;
}

export function constant(milliseconds: number): LatencyModel {
  return { kind: "constant", value: millis(milliseconds) };
}

const shown = {
  role: (replica: ReplicaState) => replica.role,
  term: (replica: ReplicaState) => `term ${replica.currentTerm}`,
  commitIndex: (replica: ReplicaState) => `commit ${replica.commitIndex}`,
  log: (replica: ReplicaState) => `log [${replica.log.entries.map((entry) => entry.term).join(" ")}]`,
};

type Aspect = keyof typeof shown;

interface Shot {
  readonly at: Micros;
  readonly id: ReplicaId;
  readonly line: Readonly<Record<Aspect, string>>;
}

function configOf({ replicas, seed, latency, cluster, rules, workload }: ClusterParts): RunConfig {
  const majority = Math.floor(replicas / 2) + 1;
  return {
    seed,
    cluster: {
      ...DEFAULT_CLUSTER,
      replicaCount: replicas,
      writeQuorum: majority,
      readQuorum: majority,
      ...cluster,
      rules: { ...DEFAULT_RULES, ...rules },
    },
    network: { ...DEFAULT_NETWORK, quality: { ...DEFAULT_NETWORK.quality, latency: latency ?? constant(10) } },
    workload: {
      ...DEFAULT_WORKLOAD,
      dataset: "colours",
      clients: replicas,
      writesPerSecond: 0,
      searchesPerSecond: 0,
      ...workload,
    },
  };
}

export class StoryCluster {
  readonly watched: WatchedRun;
  readonly #shots: Shot[] = [];
  readonly #lastShot = new Map<ReplicaId, string>();

  constructor(parts: ClusterParts) {
    this.watched = new WatchedRun(configOf(parts));
    this.watched.onEvent = () => this.#shoot();
  }

  get now(): Micros {
    return this.watched.run.state.now;
  }

  get counters() {
    return this.watched.run.state.counters;
  }

  replica(id: ReplicaId): ReplicaState {
    return present(this.watched.run.replicas.get(id), `${nameOf(id)} is running`);
  }

  /** Whoever leads the highest term. */
  leader(): ReplicaId | undefined {
    const leaders = [...this.watched.run.replicas.values()].filter(({ role }) => role === "leader");
    return leaders.sort((a, b) => b.currentTerm - a.currentTerm)[0]?.id;
  }

  /** Cuts these replicas, with the clients beside them, off from all others. */
  isolate(ids: readonly ReplicaId[]): void {
    const group: Address[] = [...ids, ...ids.map((id) => clientId(id))];
    this.watched.command({ kind: "partition", groups: [group] });
  }

  heal(): void {
    this.watched.command({ kind: "heal" });
  }

  crash(id: ReplicaId): void {
    this.watched.command({ kind: "crash", replicaId: id });
  }

  restart(id: ReplicaId): void {
    this.watched.command({ kind: "restart", replicaId: id });
  }

  /** The client beside `id` puts an item. */
  upsert(id: ReplicaId, name: string, ...values: readonly number[]): void {
    const payload = { kind: "colour", name, hex: "#808080" } as const;
    const vector = Float32Array.from(values.length === 0 ? [1, 0] : values);
    this.watched.command({
      kind: "write",
      client: clientId(id),
      draft: { kind: "put", id: name, values: vector, payload },
    });
  }

  runFor(duration: Micros): void {
    this.watched.run.runFor(duration);
  }

  /** Runs until `holds`, looking each millisecond; throws when it does not within the time. */
  runUntil(holds: (cluster: StoryCluster) => boolean, { within }: { readonly within: Micros }): void {
    const end = after(this.now, within);
    while (!holds(this)) {
      if (this.now >= end) throw new Error(`it does not hold within ${toSeconds(within)} s:\n${this.trace()}`);
      this.runFor(millis(1));
    }
  }

  /** What became of the write of `name` that a person asked for last. */
  receipt(name: string): Pick<Receipt, "outcome" | "redirects" | "version" | "requestId"> {
    const found = this.watched.run.state.receipts.filter(({ operation }) => operation.id === name);
    return present(found[found.length - 1], `a receipt for ${name}`);
  }

  /** Facts of one kind that clients reported. */
  clientFacts<Kind extends ClientEvent["kind"]>(kind: Kind): readonly Extract<ClientEvent, { kind: Kind }>[] {
    const isOne = (fact: ClientEvent): fact is Extract<ClientEvent, { kind: Kind }> => fact.kind === kind;
    return this.watched.events.flatMap((event) => (event.source === "client" && isOne(event.fact) ? [event.fact] : []));
  }

  /** Facts of one kind that replicas reported. */
  replicaFacts<Kind extends ReplicaEvent["kind"]>(kind: Kind): readonly Extract<ReplicaEvent, { kind: Kind }>[] {
    const isOne = (fact: ReplicaEvent): fact is Extract<ReplicaEvent, { kind: Kind }> => fact.kind === kind;
    return this.watched.events.flatMap((event) =>
      event.source === "replica" && isOne(event.fact) ? [event.fact] : [],
    );
  }

  /** A line for every change of what is shown, from `since` on. */
  trace(
    parts: { readonly of?: readonly ReplicaId[]; readonly show?: readonly Aspect[]; readonly since?: Micros } = {},
  ): string {
    const { of, show = ["role", "term", "commitIndex"], since = millis(0) } = parts;
    const last = new Map<ReplicaId, string>();
    const lines: string[] = [];
    for (const { at, id, line } of this.#shots) {
      if (of !== undefined && !of.includes(id)) continue;
      const words = show.map((aspect) => line[aspect]).join(", ");
      const isNews = last.get(id) !== words;
      last.set(id, words);
      if (isNews && at >= since) lines.push(`${toSeconds(at).toFixed(3)} s ${nameOf(id)}: ${words}`);
    }
    return lines.join("\n");
  }

  /** The five of figure 3 held after every event, no acknowledged write was lost, and stores are what logs say. */
  invariantsBroken(): readonly string[] {
    const broken = ALL_FIVE.flatMap((name) => this.watched.watch.violations.get(name)?.what ?? []);
    const lost = this.counters.acknowledgedWritesLost;
    return [...broken, ...(lost === 0 ? [] : [`${lost} acknowledged writes lost`]), ...this.watched.wrongStores()];
  }

  /** Notes what each replica shows, where that has changed. */
  #shoot(): void {
    const { now } = this.watched.run.state;
    for (const replica of this.watched.run.replicas.values()) {
      const { log } = replica;
      const end = log.entries[log.entries.length - 1];
      const key = `${replica.role} ${replica.currentTerm} ${replica.commitIndex} ${log.entries.length} ${end?.term}`;
      if (this.#lastShot.get(replica.id) === key) continue;
      this.#lastShot.set(replica.id, key);
      const line = {
        role: shown.role(replica),
        term: shown.term(replica),
        commitIndex: shown.commitIndex(replica),
        log: shown.log(replica),
      };
      this.#shots.push({ at: now, id: replica.id, line });
    }
  }
}

/** Whether one replica leads and everybody has the same log, all of it applied. */
export function allCaughtUp({ watched }: StoryCluster): boolean {
  return haveConverged(watched);
}

/** A cluster under construction. */
export function aCluster(parts: ClusterParts): { readonly withLeader: (id: ReplicaId) => StoryCluster } {
  return {
    /** The first seed from the given one with which `id` wins the first election, in term 1, run until all know. */
    withLeader: (id) => {
      for (let seed = parts.seed; seed < parts.seed + 200; seed += 1) {
        const cluster = new StoryCluster({ ...parts, seed });
        cluster.runFor(seconds(1));
        if (cluster.leader() === id && cluster.replica(id).currentTerm === 1 && allCaughtUp(cluster)) return cluster;
      }
      throw new Error(`${nameOf(id)} is elected first with none of 200 seeds`);
    },
  };
}
