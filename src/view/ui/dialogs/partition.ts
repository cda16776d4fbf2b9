/** Sides of a partition: from choices to groups, presets, and what each side can do, in words. */
import { type Address, isReplica, majorityOf } from "../../../base/ids.ts";
import { type ClusterConfig, type Region, requiredCopies } from "../../../model/protocol/config.ts";
import { currentLeader, leadersOf } from "../../store/clusterShape.ts";
import { names, plural } from "../../store/format.ts";
import type { ClientSummary, ReplicaSummary } from "../../store/runFacts.ts";

/** The sides that can be chosen. */
export const SIDES = ["A", "B", "C", "D", "E", "F", "G", "H", "I"] as const;
export type Side = (typeof SIDES)[number];

/** Which side everybody is on. */
export type Sides = ReadonlyMap<Address, Side>;

/** Sides to choose from: those in use and one more, at least three where there are three replicas. */
export function offeredSides(sides: Sides, replicaCount: number): readonly Side[] {
  const last = SIDES.findLastIndex((side) => [...sides.values()].includes(side));
  const wanted = Math.max(last + 2, Math.min(3, replicaCount), 2);
  return SIDES.slice(0, Math.min(wanted, Math.max(2, replicaCount)));
}

/** Who can be put on a side. */
export interface Members {
  readonly replicas: readonly ReplicaSummary[];
  readonly clients: readonly ClientSummary[];
}

/** Everybody, replicas first. */
export function addressesOf({ replicas, clients }: Members): readonly Address[] {
  return [...replicas.map(({ replicaId }) => replicaId), ...clients.map(({ clientId }) => clientId)];
}

/** The groups of `sides` in the order of the sides, without empty ones. */
export function groupsOf(sides: Sides): readonly (readonly Address[])[] {
  return SIDES.map((side) => [...sides].filter(([, chosen]) => chosen === side).map(([address]) => address)).filter(
    (group) => group.length > 0,
  );
}

/** Sides as `groups` has them; whoever is in none is on the first free side. */
export function sidesOf(groups: readonly (readonly Address[])[], members: Members): Sides {
  const rest = SIDES[Math.min(groups.length, SIDES.length - 1)] ?? "A";
  return new Map(
    addressesOf(members).map((address): [Address, Side] => {
      const at = groups.findIndex((group) => group.includes(address));
      return [address, at < 0 ? rest : (SIDES[at] ?? rest)];
    }),
  );
}

/** `inA` on side A, everybody else on B. */
function parted(members: Members, inA: (address: Address) => boolean): Sides {
  return new Map(addressesOf(members).map((address): [Address, Side] => [address, inA(address) ? "A" : "B"]));
}

/** A ready-made choice of sides. */
export interface Preset {
  readonly name: string;
  readonly sides: Sides;
}

/** The usual partitions of this cluster. Clients go with the replica they stand beside, unless the name says otherwise. */
export function presetsFor(members: Members): readonly Preset[] {
  const leader = currentLeader(members.replicas)?.replicaId ?? members.replicas[0]?.replicaId;
  const total = members.replicas.length;
  const inMinority = new Set<Address>(minorityWith(leader, members));
  const homeOf = (address: Address) => members.clients.find(({ clientId }) => clientId === address)?.home;
  const withHome = (isIn: (address: Address) => boolean) => (address: Address) => {
    const home = homeOf(address);
    return isIn(home ?? address);
  };
  const presets: Preset[] = [
    { name: "Leader alone", sides: parted(members, (address) => address === leader) },
    {
      name: "Leader and its clients",
      sides: parted(
        members,
        withHome((address) => address === leader),
      ),
    },
  ];
  if (total > 3)
    presets.push({
      name: "Leader in the minority",
      sides: parted(
        members,
        withHome((address) => inMinority.has(address)),
      ),
    });
  presets.push({
    name: "Halves",
    sides: parted(
      members,
      withHome((address) => address <= Math.ceil(total / 2)),
    ),
  });
  if (total > 2) presets.push({ name: "Everyone alone", sides: scattered(members) });
  return presets;
}

/** Every replica on a side of its own, with the clients that stand beside it. */
function scattered({ replicas, clients }: Members): Sides {
  const sideOf = (address: Address): Side => SIDES[replicas.findIndex(({ replicaId }) => replicaId === address)] ?? "A";
  return new Map([
    ...replicas.map(({ replicaId }): [Address, Side] => [replicaId, sideOf(replicaId)]),
    ...clients.map(({ clientId, home }): [Address, Side] => [clientId, sideOf(home)]),
  ]);
}

/** Partitions along the regions: every one on a side of its own where there are sides enough, else each against the rest. */
export function regionPresets(members: Members, regions: readonly Region[]): readonly Preset[] {
  const groups = regions.map(({ replicas }) => [
    ...replicas,
    ...members.clients.filter(({ home }) => replicas.includes(home)).map(({ clientId }) => clientId),
  ]);
  const isWhole = members.replicas.every(({ replicaId }) =>
    regions.some(({ replicas }) => replicas.includes(replicaId)),
  );
  const sides = groups.length + (isWhole ? 0 : 1);
  if (sides < 2) return [];
  if (sides <= SIDES.length) return [{ name: "By region", sides: sidesOf(groups, members) }];
  return regions.map(({ name }, at) => ({
    name: `${name} alone`,
    sides: parted(members, (address) => groups[at]?.includes(address) ?? false),
  }));
}

/** The leader and as many others as still are no majority. */
function minorityWith(leader: Address | undefined, { replicas }: Members): readonly Address[] {
  const others = replicas.map(({ replicaId }) => replicaId).filter((replicaId) => replicaId !== leader);
  const size = majorityOf(replicas.length) - 1;
  return leader === undefined ? [] : [leader, ...others].slice(0, size);
}

/** What a side can do: "r1 + c1: 1 of 3, cannot elect; its leader could acknowledge nothing." Who is down can do nothing. */
export function outlook(
  group: readonly Address[],
  config: ClusterConfig,
  summaries: readonly ReplicaSummary[],
): string {
  const down = new Set<Address>(summaries.filter(({ alive }) => !alive).map(({ replicaId }) => replicaId));
  const replicas = group.filter(isReplica).filter((id) => !down.has(id));
  const total = config.replicaCount;
  const who = names(group);
  if (replicas.length === 0) return `${who}: no running replica, so no answers at all.`;
  const lying = group.filter((address) => down.has(address));
  const share = `${replicas.length} of ${total}${lying.length === 0 ? "" : `, ${names(lying)} down`}`;
  const canElect = replicas.length >= majorityOf(total);
  const copies = requiredCopies(config);
  const canAcknowledge = replicas.length >= copies;
  if (canElect && canAcknowledge) return `${who} can elect and acknowledge: ${share}.`;
  if (canElect) return `${who} can elect, but a write needs ${plural(copies, "copy", "copies")}: ${share}.`;
  if (!canAcknowledge) return `${who} cannot elect or acknowledge: ${share}.`;
  const leading = leadersOf(summaries).map(({ replicaId }) => replicaId);
  const [leader] = leading.filter((id) => group.includes(id));
  return leader === undefined
    ? `${who} cannot elect, and nobody leads there to acknowledge: ${share}.`
    : `${who} cannot elect, but ${names([leader])} leads there and still says yes to writes: ${share}.`;
}
