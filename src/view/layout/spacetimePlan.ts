/**
 * One picture of the space-time diagram: the plan says where every line, stretch, arrow and event stands in pixels. The
 * canvas, the SVG file and the hand that points all use it. Time runs right or down; x and y trade places.
 */
import { type Address, isClient } from "../../base/ids.ts";
import type { ChronicleEvent } from "../../model/protocol/chronicle.ts";
import type { Point } from "./geometry.ts";
import { type Arrow, arrowsWithin, lastAtMost, type Stretch, type TimeScale } from "./spacetime.ts";

export type Direction = "right" | "down";

/** Where time stands: `pixels` per unit of the scale, and the offset of unit 0. */
export interface Zoomed {
  readonly pixels: number;
  readonly offset: number;
}

/** What a plan is made from. */
export interface PlanParts {
  readonly scale: TimeScale;
  readonly zoomed: Zoomed;
  readonly direction: Direction;
  /** Pixels along the time. */
  readonly length: number;
  readonly lines: ReadonlyMap<Address, number>;
  /** In order of sending, and the longest way of them. */
  readonly arrows: readonly Arrow[];
  readonly longest: number;
  readonly stretches: readonly Stretch[];
  readonly events: readonly ChronicleEvent[];
}

export interface PlannedArrow {
  readonly arrow: Arrow;
  readonly from: Point;
  /** Where it ends, or breaks off. */
  readonly to: Point;
}

export interface PlannedEvent {
  readonly event: ChronicleEvent;
  readonly at: Point;
}

export interface PlannedStretch {
  readonly stretch: Stretch;
  readonly from: Point;
  readonly to: Point;
}

export interface Plan {
  readonly direction: Direction;
  /** The window in instants. */
  readonly from: number;
  readonly to: number;
  readonly along: (at: number) => number;
  readonly instantAt: (along: number) => number;
  readonly stretches: readonly PlannedStretch[];
  /** The lines of clients: nothing of them changes. */
  readonly quietLines: readonly { readonly from: Point; readonly to: Point }[];
  readonly arrows: readonly PlannedArrow[];
  /** Those that told a fact, and commands. */
  readonly events: readonly PlannedEvent[];
}

/** A place along and across the time as a point. */
export function pointOf(direction: Direction, along: number, across: number): Point {
  return direction === "right" ? { x: along, y: across } : { x: across, y: along };
}

/** Pixels beyond the window that are planned too, so that nothing is cut at its edge. */
const MARGIN = 24;

/** Commands that are about nobody stand beside the first line. */
const NOBODY = 8;

/** The part of the diagram that is to be seen. */
export function planOf(parts: PlanParts): Plan {
  const { scale, zoomed, direction, length, lines, arrows, longest, stretches, events } = parts;
  const along = (at: number) => scale.placeOf(at) * zoomed.pixels + zoomed.offset;
  const instant = (pixel: number) => scale.instantOf((pixel - zoomed.offset) / zoomed.pixels);
  const [from, to] = [instant(0), instant(length)];
  const [first, last] = [instant(-MARGIN), instant(length + MARGIN)];
  const point = (at: number, across: number) => pointOf(direction, along(at), across);
  const plannedStretches = stretches.flatMap((stretch): PlannedStretch[] => {
    const across = lines.get(stretch.who);
    if (across === undefined || stretch.to < first || stretch.from > last) return [];
    const [begins, ends] = [Math.max(stretch.from, first), Math.min(stretch.to, last)];
    return [{ stretch, from: point(begins, across), to: point(ends, across) }];
  });
  const plannedArrows = arrowsWithin(arrows, longest, first, last).flatMap((arrow): PlannedArrow[] => {
    const { message, sentAt, arrivesAt, reach } = arrow;
    const [a, b] = [lines.get(message.from), lines.get(message.to)];
    if (a === undefined || b === undefined) return [];
    const [begins, ends] = [along(sentAt), along(arrivesAt)];
    const to = pointOf(direction, begins + (ends - begins) * reach, a + (b - a) * reach);
    return [{ arrow, from: pointOf(direction, begins, a), to }];
  });
  return {
    direction,
    from,
    to,
    along,
    instantAt: instant,
    stretches: plannedStretches,
    quietLines: [...lines].flatMap(([who, across]) =>
      isClient(who) ? [{ from: point(Math.max(0, first), across), to: point(last, across) }] : [],
    ),
    arrows: plannedArrows,
    events: eventsWithin(events, first, last).flatMap((event): PlannedEvent[] => {
      if (event.facts.length === 0 && event.id > 0) return [];
      const across = event.who === undefined ? NOBODY : lines.get(event.who);
      return across === undefined ? [] : [{ event, at: point(event.at, across) }];
    }),
  };
}

/** Those of `events`, in order, that happen in a window of instants. */
export function eventsWithin(events: readonly ChronicleEvent[], from: number, to: number): readonly ChronicleEvent[] {
  const atOf = ({ at }: ChronicleEvent) => at;
  return events.slice(lastAtMost(events, atOf, from - 1) + 1, lastAtMost(events, atOf, to) + 1);
}

/** What is under a point. */
export type Pointed =
  | { readonly kind: "event"; readonly event: ChronicleEvent }
  | { readonly kind: "message"; readonly arrow: Arrow };

/** How far from the middle of an event, and from an arrow, one can point. */
const REACH = { event: 12, arrow: 7 };

function distanceToSegment(p: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / length));
  return Math.hypot(p.x - a.x - share * dx, p.y - a.y - share * dy);
}

/** The event or message nearest to `point`; events come first. `more` widens the reach, for fingers. */
export function pointedAt(plan: Plan, point: Point, more = 1): Pointed | undefined {
  let best: Pointed | undefined;
  let least = REACH.event * more;
  for (const { event, at } of plan.events) {
    const distance = Math.hypot(at.x - point.x, at.y - point.y);
    if (distance < least) [least, best] = [distance, { kind: "event", event }];
  }
  if (best !== undefined) return best;
  least = REACH.arrow * more;
  for (const { arrow, from, to } of plan.arrows) {
    const distance = distanceToSegment(point, from, to);
    if (distance < least) [least, best] = [distance, { kind: "message", arrow }];
  }
  return best;
}
