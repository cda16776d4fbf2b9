/** What is on its way to a replica: in messages to it, in its log behind what it has applied, in a snapshot it is sent. */

import { linkKey } from "../network/network.ts";
import type { Item } from "../protocol/item.ts";
import type { Entry } from "../protocol/log.ts";
import { itemOf } from "../replica/store.ts";
import { mirrorOf } from "./mirror.ts";
import type { ClusterState, Member } from "./state.ts";

function itemsOf(entries: readonly Entry[]): readonly Item[] {
  return entries.flatMap((entry) => itemOf(entry) ?? []);
}

function inMessages({ queue }: ClusterState, { id }: Member): readonly Item[] {
  return queue.unordered().flatMap(({ to, flight }) => {
    if (to !== id || flight === undefined) return [];
    const { message } = flight;
    if (message.kind === "appendEntries") return itemsOf(message.entries);
    return message.kind === "installSnapshot" ? message.items : [];
  });
}

/** A leader that has a replica behind its log's beginning sends all that it has, chunk after chunk. */
function inSnapshots({ members, network }: ClusterState, { id }: Member): readonly Item[] {
  return members.flatMap((leader) => {
    const progress = leader.status.progress.find((peer) => peer.replicaId === id);
    if (!leader.alive || progress?.state !== "snapshot") return [];
    if (network.links.get(linkKey(leader.id, id))?.cut !== false) return [];
    return [...(mirrorOf(leader)?.items.values() ?? [])];
  });
}

/** Puts that will reach the store of `member`, a live one, unless something comes in between. */
export function comingTo(state: ClusterState, member: Member): readonly Item[] {
  const { disk, status } = member;
  const inLog = itemsOf(disk.entries.slice(status.lastApplied - disk.snapshot.lastIncludedIndex));
  return [...inMessages(state, member), ...inLog, ...inSnapshots(state, member)];
}
