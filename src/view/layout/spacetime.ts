/**
 * The space-time diagram as numbers: how events are spaced along the time, where each line stands across it, which
 * stretches of a line are up, down or paused and in which term. The picture and its exports draw from the same.
 */
import { type Address, clientIds, isReplica, type ReplicaId, replicaIds } from "../../base/ids.ts";
import type { BeginningOf, ChronicleEvent, ChronicleMessage } from "../../model/protocol/chronicle.ts";
import type { Role } from "../../model/protocol/step.ts";

/** What the diagram is made of: a stretch of the run without gaps, in order. */
export interface Passage {
  readonly from: number;
  readonly to: number;
  readonly beginning: readonly BeginningOf[];
  readonly events: readonly ChronicleEvent[];
  readonly messages: readonly ChronicleMessage[];
}

/** Nothing. */
export const NO_PASSAGE: Passage = { from: 0, to: 0, beginning: [], events: [], messages: [] };

/** True to scale, or one event as far from the next as any other. */
export type Spacing = "true" | "even";

/** Units along the time: a millisecond to scale, and so many from event to event. */
const EVEN_STEP = 4;

/** From instants to places along the time, in units; always growing. */
export interface TimeScale {
  readonly placeOf: (at: number) => number;
  readonly instantOf: (place: number) => number;
}

const TRUE_SCALE: TimeScale = { placeOf: (at) => at / 1_000, instantOf: (place) => place * 1_000 };

/** The index of the last of `items`, ascending by `keyOf`, whose key is at most `key`; -1 when there is none. */
export function lastAtMost<Item>(items: readonly Item[], keyOf: (item: Item) => number, key: number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && keyOf(item) <= key) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const itself = (value: number) => value;

/** Between two knots in proportion, outside them on by `slope`. */
function interpolate(from: readonly number[], to: readonly number[], value: number, slope: number): number {
  const at = lastAtMost(from, itself, value);
  const [x0, y0] = [from[Math.max(0, at)] ?? 0, to[Math.max(0, at)] ?? 0];
  const [x1, y1] = [from[at + 1], to[at + 1]];
  if (at < 0 || x1 === undefined || y1 === undefined) return y0 + (value - x0) * slope;
  return y0 + ((value - x0) / (x1 - x0)) * (y1 - y0);
}

/** The scale of a passage. Evenly spaced, an event's place is its number in the run: it never moves as more come to know. */
export function timeScale({ events }: Passage, spacing: Spacing): TimeScale {
  if (spacing === "true") return TRUE_SCALE;
  const instants: number[] = [];
  const places: number[] = [];
  for (const { at, id } of events) {
    if (id < 0 || at === instants.at(-1)) continue;
    instants.push(at);
    places.push(id * EVEN_STEP);
  }
  if (instants.length < 2) return TRUE_SCALE;
  return {
    placeOf: (at) => interpolate(instants, places, at, 1 / 1_000),
    instantOf: (place) => interpolate(places, instants, place, 1_000),
  };
}

/** Who stands where across the time, replicas first; in pixels. */
export function linesAcross(replicas: number, clients: number, room: number): ReadonlyMap<Address, number> {
  const who: readonly Address[] = [...replicaIds(replicas), ...clientIds(clients)];
  // Clients stand a little apart from the replicas.
  const step = room / Math.max(1, who.length + (clients > 0 ? 0.5 : 0));
  return new Map(who.map((address, at) => [address, step * (at + 0.5 + (isReplica(address) ? 0 : 0.5))]));
}

/** A stretch of a replica's line in which nothing of it changes. */
export interface Stretch {
  readonly who: ReplicaId;
  readonly from: number;
  readonly to: number;
  readonly state: "up" | "down" | "paused";
  readonly term: number;
  readonly role: Role;
}

interface Shown {
  readonly state: Stretch["state"];
  readonly term: number;
  readonly role: Role;
}

function shownFirst({ alive, paused, standing }: BeginningOf): Shown {
  const state = alive ? (paused ? "paused" : "up") : "down";
  return { state, term: standing?.term ?? 0, role: standing?.role ?? "follower" };
}

/** What the line shows from `event` on. */
function shownAfter(before: Shown, { trigger, facts, standing }: ChronicleEvent): Shown {
  if (trigger.kind !== "command") {
    return standing === undefined ? before : { ...before, term: standing.term, role: standing.role };
  }
  const isDone = facts.some(({ fact }) => fact.kind === "commandDone");
  if (!isDone) return before;
  switch (trigger.command.kind) {
    case "crash":
      return { ...before, state: "down", role: "follower" };
    case "restart":
    case "wipe":
    case "resume":
      return { ...before, state: "up", role: trigger.command.kind === "resume" ? before.role : "follower" };
    case "pause":
      return { ...before, state: "paused" };
    default:
      return before;
  }
}

/** Every replica's line in stretches. */
export function stretchesOf({ from, to, beginning, events }: Passage): readonly Stretch[] {
  const open = new Map<Address, { readonly who: ReplicaId; since: number; shown: Shown }>();
  for (const begins of beginning) {
    open.set(begins.replicaId, { who: begins.replicaId, since: from, shown: shownFirst(begins) });
  }
  const stretches: Stretch[] = [];
  for (const event of events) {
    const line = event.who === undefined ? undefined : open.get(event.who);
    if (line === undefined) continue;
    const next = shownAfter(line.shown, event);
    const { state, term, role } = line.shown;
    if (next.state === state && next.term === term && next.role === role) continue;
    if (event.at > line.since) stretches.push({ who: line.who, from: line.since, to: event.at, ...line.shown });
    line.since = event.at;
    line.shown = next;
  }
  for (const { who, since, shown } of open.values()) stretches.push({ who, from: since, to, ...shown });
  return stretches;
}

/** Where a message's arrow begins and ends: instants, and the share of its way at which it breaks off. */
export interface Arrow {
  readonly message: ChronicleMessage;
  readonly sentAt: number;
  readonly arrivesAt: number;
  /** Less than 1 for what was lost on its way. */
  readonly reach: number;
}

/** The arrows of a passage in order of sending. A lost one breaks off where it was lost, and never quite arrives. */
export function arrowsOf({ messages }: Passage): readonly Arrow[] {
  return messages
    .map((message): Arrow => {
      const { sentAt, arrivesAt, lost } = message;
      const share = lost === undefined ? 1 : (lost.at - sentAt) / Math.max(1, arrivesAt - sentAt);
      return { message, sentAt, arrivesAt, reach: lost === undefined ? 1 : Math.min(0.9, Math.max(0.2, share)) };
    })
    .sort((a, b) => a.sentAt - b.sentAt);
}

/** The longest time that one of `arrows` is under way: as much earlier one has to look for those that are to be seen. */
export function longestWay(arrows: readonly Arrow[]): number {
  return arrows.reduce((longest, { sentAt, arrivesAt }) => Math.max(longest, arrivesAt - sentAt), 0);
}

/** Those of `arrows`, in order of sending, that touch a window of instants. */
export function arrowsWithin(arrows: readonly Arrow[], longest: number, from: number, to: number): readonly Arrow[] {
  const found: Arrow[] = [];
  const first = lastAtMost(arrows, ({ sentAt }) => sentAt, from - longest - 1) + 1;
  for (let at = first; at < arrows.length; at += 1) {
    const arrow = arrows[at];
    if (arrow === undefined || arrow.sentAt > to) break;
    if (arrow.arrivesAt >= from) found.push(arrow);
  }
  return found;
}
