/**
 * One direction of one link: what it does to a message. Each has its own random stream, drawn in the link's own order
 * of sending, so that what happens elsewhere cannot change it. Options after TigerBeetle's packet simulator.
 */
import type { Address } from "../../base/ids.ts";
import { nextBelow, nextChance, type RngState, rngStream, Stream } from "../../base/rng.ts";
import { after, earlier, later, type Micros, micros, ZERO } from "../../base/units.ts";
import type { LinkQuality, MessageClass } from "../protocol/config.ts";
import { longestLatency, shortestLatency } from "../protocol/latency.ts";
import { drawLatency } from "./latency.ts";

export interface Link {
  readonly from: Address;
  readonly to: Address;
  readonly rng: RngState;
  /** When the last request in order arrives: none that is in order arrives earlier. */
  lastDeliverAt: Micros;
  /** With a bandwidth: when the last bit sent so far has left. */
  freeAt: Micros;
  /** Nothing passes: by a cut of its own, or because a partition lies across it. */
  cut: boolean;
}

/** What becomes of one message: when it arrives, or would have if it is lost; and when a copy of it arrives. */
export interface Transmission {
  readonly lost: boolean;
  readonly arriveAt: Micros;
  /** When its last bit has left the sender. */
  readonly leavesAt: Micros;
  readonly copyArrivesAt: Micros | undefined;
}

/** A link that has carried nothing. */
export function newLink(seed: number, from: Address, to: Address): Link {
  return { from, to, rng: rngStream(seed, Stream.link, from, to), lastDeliverAt: ZERO, freeAt: ZERO, cut: false };
}

/** The shortest time that a message can take; the lookahead of the event loop is the least of these. */
export function lookaheadOf(quality: LinkQuality, minimumLatency: Micros): Micros {
  const models = [quality.latency, ...Object.values(quality.latencyByClass ?? {})];
  return later(models.map(shortestLatency).reduce(earlier), minimumLatency);
}

/** A message under way, as far as the link needs to know it. */
export interface Sending {
  readonly at: Micros;
  readonly messageClass: MessageClass;
  readonly bytes: number;
}

/** One way over this link for this class of message, cut at the network's minimum. */
function draw(link: Link, quality: LinkQuality, minimumLatency: Micros, sending: Sending): Micros {
  return later(
    drawLatency(link.rng, quality.latencyByClass?.[sending.messageClass] ?? quality.latency),
    minimumLatency,
  );
}

/** When the last bit has left: behind everything that was sent before, at the link's bandwidth. */
function leave(link: Link, quality: LinkQuality, sending: Sending): Micros {
  if (quality.bandwidth === undefined) return sending.at;
  link.freeAt = after(later(link.freeAt, sending.at), micros((sending.bytes * 1_000_000) / quality.bandwidth));
  return link.freeAt;
}

/** A sender that dies takes along what has not left it; what has left arrives until `lastDeliverAt`. */
export function cutOff(link: Link, at: Micros, lastDeliverAt: Micros): void {
  link.freeAt = earlier(link.freeAt, at);
  link.lastDeliverAt = lastDeliverAt;
}

/**
 * One arrival. Requests are a stream: each comes behind those sent before it, unless it may be overtaken. An answer
 * belongs to its request alone and holds up no other, as in Raft's remote procedure calls.
 */
function arrival(link: Link, quality: LinkQuality, minimumLatency: Micros, sending: Sending): Micros {
  const direct = after(leave(link, quality, sending), draw(link, quality, minimumLatency, sending));
  if (nextChance(link.rng, quality.reordering)) {
    // Held back by up to the longest latency, and not in anybody's way.
    return after(direct, micros(nextBelow(link.rng, longestLatency(quality.latency) + 1)));
  }
  if (sending.messageClass === "reply") return direct;
  link.lastDeliverAt = later(link.lastDeliverAt, direct);
  return link.lastDeliverAt;
}

/** Sends one message. Draws come in a fixed order: loss, latency, reordering, duplication, then the copy's. */
export function transmit(link: Link, quality: LinkQuality, minimumLatency: Micros, sending: Sending): Transmission {
  if (nextChance(link.rng, quality.loss) || link.cut) {
    const arriveAt = after(sending.at, draw(link, quality, minimumLatency, sending));
    return { lost: true, arriveAt, leavesAt: sending.at, copyArrivesAt: undefined };
  }
  const arriveAt = arrival(link, quality, minimumLatency, sending);
  const leavesAt = quality.bandwidth === undefined ? sending.at : link.freeAt;
  const twice = nextChance(link.rng, quality.duplication);
  const copyArrivesAt = twice ? arrival(link, quality, minimumLatency, sending) : undefined;
  return { lost: false, arriveAt, leavesAt, copyArrivesAt };
}
