/**
 * One direction of one link: what it does to a message. Each has its own random stream, drawn in the link's own order
 * of sending, so that what happens elsewhere cannot change it. Options after TigerBeetle's packet simulator.
 */
import type { Address } from "../../base/ids.ts";
import { nextBelow, nextBetween, nextChance, type RngState, rngStream, Stream } from "../../base/rng.ts";
import { after, later, type Micros, micros } from "../../base/units.ts";
import { type LatencyModel, type LinkQuality, longestLatency, shortestLatency } from "../protocol/config.ts";

export interface Link {
  readonly from: Address;
  readonly to: Address;
  readonly rng: RngState;
  /** When the last message in order arrives: none that is in order arrives earlier. */
  lastDeliverAt: Micros;
  /** Nothing passes: by a cut of its own, or because a partition lies across it. */
  cut: boolean;
}

/** What becomes of one message: when it arrives, or would have if it is lost; and when a copy of it arrives. */
export interface Transmission {
  readonly lost: boolean;
  readonly arriveAt: Micros;
  readonly copyArrivesAt: Micros | undefined;
}

/** A link that has carried nothing. */
export function newLink(seed: number, from: Address, to: Address): Link {
  return { from, to, rng: rngStream(seed, Stream.link, from, to), lastDeliverAt: micros(0), cut: false };
}

function drawLatency(rng: RngState, model: LatencyModel): Micros {
  return model.kind === "constant" ? model.value : micros(nextBetween(rng, model.low, model.high));
}

/** The shortest time that a message can take; the lookahead of the event loop is the least of these. */
export function lookaheadOf(quality: LinkQuality, minimumLatency: Micros): Micros {
  return later(shortestLatency(quality.latency), minimumLatency);
}

/** One arrival: in order behind the others, unless this message may be overtaken. */
function arrival(link: Link, quality: LinkQuality, minimumLatency: Micros, at: Micros): Micros {
  const direct = after(at, later(drawLatency(link.rng, quality.latency), minimumLatency));
  if (nextChance(link.rng, quality.reordering)) {
    // Held back by up to the longest latency, and not in anybody's way.
    return after(direct, micros(nextBelow(link.rng, longestLatency(quality.latency) + 1)));
  }
  link.lastDeliverAt = later(link.lastDeliverAt, direct);
  return link.lastDeliverAt;
}

/** Sends one message at `at`. Draws come in a fixed order: loss, latency, reordering, duplication, then the copy's. */
export function transmit(link: Link, quality: LinkQuality, minimumLatency: Micros, at: Micros): Transmission {
  if (nextChance(link.rng, quality.loss) || link.cut) {
    const arriveAt = after(at, later(drawLatency(link.rng, quality.latency), minimumLatency));
    return { lost: true, arriveAt, copyArrivesAt: undefined };
  }
  const arriveAt = arrival(link, quality, minimumLatency, at);
  const twice = nextChance(link.rng, quality.duplication);
  return { lost: false, arriveAt, copyArrivesAt: twice ? arrival(link, quality, minimumLatency, at) : undefined };
}
