/**
 * The whole picture as numbers: where every replica, card, client, link and wall stands for a stage of a given size.
 * Computed when the size, the members or the groups change, never per frame.
 */
import { type Address, type ClientId, isClient, type ReplicaId, replicaIds } from "../../base/ids.ts";
import type { Region } from "../../model/protocol/config.ts";
import type { Frame } from "../../model/protocol/frame.ts";
import { type CardPlace, placeCards, ringLinks } from "./cards.ts";
import { type ClientPlace, type ClientSeat, placeClients } from "./clientPlaces.ts";
import { type Circle, type Point, segmentsOf } from "./geometry.ts";
import { atWall, type LinkEnd, type LinkPath, linkPath, reversed } from "./linkPaths.ts";
import { placeRegions, type RegionPlace, ringOrder } from "./regions.ts";
import { ringPlaces } from "./ring.ts";
import { type StageSize, type StageSizes, stageSizes } from "./stageSizes.ts";
import { groupOf, type Wall, wallBetween } from "./wall.ts";

export interface ReplicaPlace extends Point {
  readonly replicaId: ReplicaId;
  readonly card: CardPlace;
}

/** A link between two replicas, `from` the smaller id, or between a client and the replica beside it. */
export interface LinkPlace {
  readonly from: Address;
  readonly to: Address;
  readonly path: LinkPath;
}

export interface StageLayout {
  readonly size: StageSize;
  readonly sizes: StageSizes;
  readonly replicas: readonly ReplicaPlace[];
  readonly clients: readonly ClientPlace[];
  readonly links: readonly LinkPlace[];
  readonly wall: Wall | undefined;
  readonly regions: readonly RegionPlace[];
  /** The way from one address to another; undefined for somebody who is not on the stage. */
  readonly pathBetween: (from: Address, to: Address) => LinkPath | undefined;
}

/** Who is on the stage. */
export interface StageCast {
  readonly replicaCount: number;
  readonly clients: readonly { readonly clientId: ClientId; readonly home: ReplicaId }[];
  readonly groups: readonly (readonly Address[])[];
  /** Replicas that stand together; absent where nobody does. */
  readonly regions?: readonly Region[];
}

/** The cast of a frame. */
export function castOf(frame: Frame): StageCast {
  return {
    replicaCount: frame.replicas.length,
    clients: frame.clients,
    groups: frame.groups,
    regions: frame.config.cluster.regions,
  };
}

/** Changes exactly when {@link stageLayout} would give another picture. */
export function layoutKey(size: StageSize, cast: StageCast): string {
  const clients = cast.clients.map(({ clientId, home }) => `${clientId}@${home}`).join(",");
  const regions = (cast.regions ?? []).map(({ name, replicas }) => `${name}:${replicas.join(",")}`).join(";");
  const groups = cast.groups.map((group) => group.join(",")).join("|");
  return `${size.width}x${size.height} ${cast.replicaCount} ${clients} ${regions} ${groups}`;
}

/** The picture for `cast` on a stage of `size`. */
export function stageLayout(size: StageSize, cast: StageCast): StageLayout {
  const standing = standingOf(size, cast);
  const { sizes, places, cards, clients } = standing;
  const ids = replicaIds(cast.replicaCount);
  const replicas = ids.flatMap((replicaId, slot): ReplicaPlace[] => {
    const place = places[slot];
    const card = cards[slot];
    return place === undefined || card === undefined ? [] : [{ replicaId, ...place, card }];
  });
  const around = { size, sizes, places, cards, clients };
  const wall = wallBetween(cast.groups, { ...around, order: orderOf(cast) });
  const regions = placeRegions(cast.regions ?? [], around);
  const pathBetween = pathsOf(sizes, replicas, clients, wall);
  return { size, sizes, replicas, clients, links: linksOf(ids, clients, pathBetween), wall, regions, pathBetween };
}

/** Where everybody stands: all of the layout that a wall does not change unless it moves a client. */
interface Standing {
  readonly sizes: StageSizes;
  readonly places: readonly Point[];
  readonly cards: readonly CardPlace[];
  readonly clients: readonly ClientPlace[];
}

/** The last answer of {@link standingAtHome}: finding the places is most of the work, and a partition changes few of them. */
let lastAtHome: { readonly key: string; readonly standing: Standing } | undefined;

/** Everybody as without a partition, every client beside its home. */
function standingAtHome(size: StageSize, cast: StageCast): Standing {
  const { replicaCount, clients } = cast;
  const key = layoutKey(size, { ...cast, groups: [] });
  if (lastAtHome?.key === key) return lastAtHome.standing;
  const sizes = stageSizes(size, replicaCount);
  const order = orderOf(cast);
  const ring = ringPlaces(size, sizes, replicaCount);
  const places = byId(order, ring);
  const cards = byId(order, placeCards(size, sizes, ring));
  const seats = clients.map(({ clientId, home }) => ({ clientId, anchor: home, spare: undefined, foes: [] }));
  const standing = {
    sizes,
    places,
    cards,
    clients: placeClients(size, sizes, seats, { places, cards, links: ringLinks(places), clients: [] }),
  };
  lastAtHome = { key, standing };
  return standing;
}

/** Who stands where around the ring. */
function orderOf({ replicaCount, regions = [] }: StageCast): readonly ReplicaId[] {
  return ringOrder(replicaIds(replicaCount), regions);
}

/** What is listed around the ring, by id. */
function byId<Thing>(order: readonly ReplicaId[], around: readonly Thing[]): readonly Thing[] {
  const pairs = around.map((thing, slot) => ({ thing, id: order[slot] ?? 0 }));
  return pairs.sort((a, b) => a.id - b.id).map(({ thing }) => thing);
}

/** A wall moves only the clients that it parts from their home. */
function standingOf(size: StageSize, cast: StageCast): Standing {
  const standing = standingAtHome(size, cast);
  const { sizes, places, cards } = standing;
  const seats = seatsOf(cast);
  const isAtHome = (clientId: ClientId, anchor: ReplicaId) =>
    seats.some((seat) => seat.clientId === clientId && seat.anchor === anchor);
  const staying = standing.clients.filter((client) => isAtHome(client.clientId, client.anchor));
  if (staying.length === standing.clients.length) return standing;
  const leaving = seats.filter((seat) => staying.every((client) => client.clientId !== seat.clientId));
  const moved = placeClients(size, sizes, leaving, { places, cards, links: ringLinks(places), clients: staying });
  const clients = [...staying, ...moved].sort((a, b) => a.clientId - b.clientId);
  return { ...standing, clients };
}

/** A client stands beside its home, or, when a wall parts them, beside one of the two nearest replicas on its own side. */
function seatsOf({ clients, groups, replicaCount }: StageCast): readonly ClientSeat[] {
  const ids = replicaIds(replicaCount);
  return clients.map(({ clientId, home }) => {
    const own = groupOf(groups, clientId);
    const [near, next] = ids
      .filter((id) => groupOf(groups, id) === own)
      .sort((a, b) => ringSteps(home, a, replicaCount) - ringSteps(home, b, replicaCount) || a - b);
    const isHome = groups.length === 0 || near === undefined || groupOf(groups, home) === own;
    if (isHome) return { clientId, anchor: home, spare: undefined, foes: [] };
    return { clientId, anchor: near, spare: next, foes: ids.filter((id) => groupOf(groups, id) !== own) };
  });
}

function ringSteps(a: ReplicaId, b: ReplicaId, count: number): number {
  const steps = Math.abs(a - b);
  return Math.min(steps, count - steps);
}

function linksOf(
  ids: readonly ReplicaId[],
  clients: readonly ClientPlace[],
  pathBetween: StageLayout["pathBetween"],
): readonly LinkPlace[] {
  const between = ids.flatMap((from, at) => ids.slice(at + 1).map((to) => ({ from, to })));
  const beside = clients.map((client) => ({ from: client.clientId, to: client.anchor }));
  return [...between, ...beside].flatMap(({ from, to }) => {
    const path = pathBetween(from, to);
    return path === undefined ? [] : [{ from, to, path }];
  });
}

/** Every way, made when it is first asked for. */
function pathsOf(
  sizes: StageSizes,
  replicas: readonly ReplicaPlace[],
  clients: readonly ClientPlace[],
  wall: Wall | undefined,
): StageLayout["pathBetween"] {
  const walls = wall?.kind === "band" ? wall.lines.flatMap(segmentsOf) : [];
  const ends = new Map<Address, LinkEnd>();
  for (const { replicaId, x, y } of replicas)
    ends.set(replicaId, { kind: "disc", disc: { x, y, radius: sizes.reach } });
  for (const { clientId, pill } of clients) ends.set(clientId, { kind: "pill", pill });
  const cards = replicas.map((replica) => replica.card);
  const known = new Map<string, LinkPath | undefined>();
  for (const { clientId, anchor, path } of clients) {
    known.set(`${clientId}-${anchor}`, atWall(path, walls));
    known.set(`${anchor}-${clientId}`, reversed(atWall(path, walls)));
  }
  return (from, to) => {
    const name = `${from}-${to}`;
    if (known.has(name)) return known.get(name);
    const [first, second] = isClient(from) || (!isClient(to) && from < to) ? [from, to] : [to, from];
    const [a, b] = [ends.get(first), ends.get(second)];
    if (a === undefined || b === undefined || first === second) {
      known.set(name, undefined);
      return undefined;
    }
    const others = replicas.filter((replica) => replica.replicaId !== first && replica.replicaId !== second);
    const discs = others.map((replica): Circle => ({ x: replica.x, y: replica.y, radius: sizes.reach + LANE }));
    const path = atWall(linkPath(a, b, discs, cards), walls);
    known.set(`${first}-${second}`, path);
    known.set(`${second}-${first}`, reversed(path));
    return known.get(name);
  };
}

/** Free space that a bent way keeps from a glyph. */
const LANE = 8;

/** A link by its two names in order, the same for both directions. */
export function linkKey(a: Address, b: Address): string {
  return isClient(a) && !isClient(b)
    ? `${a}-${b}`
    : isClient(b) && !isClient(a)
      ? `${b}-${a}`
      : a < b
        ? `${a}-${b}`
        : `${b}-${a}`;
}
