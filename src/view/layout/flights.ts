/**
 * Where a message stands: a function of virtual time alone, so that a picture is exact when it is paused, stepped or
 * sought. And whether messages are too quick to follow, so that links should show a count instead.
 */
import type { FlightFrame } from "../../model/protocol/frame.ts";
import type { Point } from "./geometry.ts";
import { headingOn, type LinkPath, lengthOf, pointOn } from "./linkPaths.ts";

/** The two directions of a link are this far apart, each on its own right-hand side. */
export const LANE_OFFSET = 4;

/** More messages than this in a second of wall time cannot be followed (mock, "What moves"). */
export const TOO_MANY_PER_SECOND = 40;

/** A burst is seen for this long, in seconds of wall time. */
export const BURST_SECONDS = 0.26;

/** A message at one instant. */
export interface FlightPlace extends Point {
  /** Unit vector of its travel. */
  readonly heading: Point;
  /** How much of a tail fits between the sender and it. */
  readonly room: number;
}

/** How much of its way a message has behind it at `now`, 0 to 1; one that is lost stops where it bursts. */
export function shareOfWay(flight: FlightFrame, now: number): number {
  const until = flight.lostAt === undefined ? now : Math.min(now, flight.lostAt);
  const duration = flight.deliverAt - flight.sentAt;
  return duration <= 0 ? 1 : Math.max(0, Math.min(1, (until - flight.sentAt) / duration));
}

/**
 * The share of the drawn way for a share of the way in time. The wall of a partition stands half way in time on every
 * link that it cuts; on the stage it may cross a link elsewhere, and there the message must burst.
 */
function drawnShare(share: number, wallAt: number | undefined): number {
  if (wallAt === undefined) return share;
  return share < 0.5 ? share * 2 * wallAt : wallAt + (share - 0.5) * 2 * (1 - wallAt);
}

/** Where a message stands on `path` at `now`. */
export function flightPlace(path: LinkPath, flight: FlightFrame, now: number): FlightPlace {
  const share = drawnShare(shareOfWay(flight, now), path.wallAt);
  const point = pointOn(path, share);
  const heading = headingOn(path, share);
  return {
    x: point.x - heading.y * LANE_OFFSET,
    y: point.y + heading.x * LANE_OFFSET,
    heading,
    room: lengthOf(path) * share,
  };
}

/** Whether a message is on its way at `now` (not yet there, and not burst). */
export function isUnderWay(flight: FlightFrame, now: number): boolean {
  return flight.sentAt <= now && now < (flight.lostAt ?? flight.deliverAt);
}

/** How far a burst has opened at `now`, 0 to 1 and more once it is over; negative before the loss. */
export function burstShare(lostAt: number, now: number, playbackRate: number): number {
  return (now - lostAt) / 1e6 / Math.max(playbackRate, 1e-6) / BURST_SECONDS;
}

/**
 * Messages that arrive in a second of virtual time, estimated from those in flight: each stands for one arrival in its
 * own duration (Little's law).
 */
export function arrivalsPerSecond(flights: readonly FlightFrame[]): number {
  let sum = 0;
  for (const flight of flights) sum += 1e6 / Math.max(1, flight.deliverAt - flight.sentAt);
  return sum;
}

/** Whether messages are too quick to follow, with some play so that the picture does not flip at the border. */
export function isTooQuick(perWallSecond: number, wasTooQuick: boolean): boolean {
  return perWallSecond > (wasTooQuick ? TOO_MANY_PER_SECOND * 0.8 : TOO_MANY_PER_SECOND * 1.2);
}
