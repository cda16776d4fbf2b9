/** All links of a cluster, and which of them carry nothing. */
import { type Address, clientIds, replicaIds } from "../../base/ids.ts";
import { earlier, type Micros } from "../../base/units.ts";
import type { LinkQuality, NetworkConfig } from "../protocol/config.ts";
import { type Link, lookaheadOf, newLink } from "./link.ts";

export interface Network {
  /** Every directed link on which messages can travel, by `linkKey`. */
  readonly links: Map<number, Link>;
  /** Links cut one by one, by `linkKey`. `heal` restores them too. */
  readonly cutKeys: Set<number>;
  /** Groups of the partition in force; empty when there is none. */
  groups: readonly (readonly Address[])[];
  partitionedAt: Micros | undefined;
}

/** A number for a directed link. */
export function linkKey(from: Address, to: Address): number {
  return from * 1_024 + to;
}

/** All members of a cluster, in order: replicas, then clients. */
export function membersOf(replicaCount: number, clients: number): readonly Address[] {
  return [...replicaIds(replicaCount), ...clientIds(clients)];
}

/** The links between every two replicas and between every client and replica. */
export function newNetwork(seed: number, replicaCount: number, clients: number): Network {
  const links = new Map<number, Link>();
  const members = membersOf(replicaCount, clients);
  const replicas = new Set<Address>(replicaIds(replicaCount));
  for (const from of members) {
    for (const to of members) {
      if (from === to || !(replicas.has(from) || replicas.has(to))) continue;
      links.set(linkKey(from, to), newLink(seed, from, to));
    }
  }
  return { links, cutKeys: new Set(), groups: [], partitionedAt: undefined };
}

/** What the link from `from` to `to` does to messages under `config`. */
export function qualityOf(config: NetworkConfig, from: Address, to: Address): LinkQuality {
  if (config.overrides.length === 0) return config.quality;
  return config.overrides.find((override) => override.from === from && override.to === to)?.quality ?? config.quality;
}

/** No message that is sent now can arrive earlier than this from now, over any link. */
export function lookahead(config: NetworkConfig): Micros {
  return config.overrides.reduce(
    (least, override) => earlier(least, lookaheadOf(override.quality, config.minimumLatency)),
    lookaheadOf(config.quality, config.minimumLatency),
  );
}

/** Which group of the partition `member` is in; whoever is in none forms one more. */
function groupOf(groups: Network["groups"], member: Address): number {
  return groups.findIndex((group) => group.includes(member));
}

/** Sets every link's `cut` from the partition and the single cuts. */
function applyCuts(network: Network): void {
  const { links, groups, cutKeys } = network;
  for (const [key, link] of links) {
    link.cut = cutKeys.has(key) || groupOf(groups, link.from) !== groupOf(groups, link.to);
  }
}

/** Cuts every link between different groups. A former partition is replaced. */
export function partition(network: Network, groups: Network["groups"], at: Micros): void {
  network.groups = groups;
  network.partitionedAt = at;
  applyCuts(network);
}

/** Restores every link. */
export function heal(network: Network): void {
  network.groups = [];
  network.partitionedAt = undefined;
  network.cutKeys.clear();
  applyCuts(network);
}

/** Cuts or restores one direction. A link across a partition stays cut. */
export function setCut(network: Network, from: Address, to: Address, cut: boolean): void {
  const key = linkKey(from, to);
  if (cut) network.cutKeys.add(key);
  else network.cutKeys.delete(key);
  applyCuts(network);
}
