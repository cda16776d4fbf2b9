/** Which shapes and marks a picture uses, so that the legend explains those and no others. */
import type { Frame, ReplicaFrame } from "../../../model/protocol/frame.ts";
import type { MessageShape } from "../../../model/protocol/messages.ts";
import { isUnderWay } from "../../layout/flights.ts";
import { leftOutWords } from "../../store/stripWords.ts";
import { hueOf } from "../draw/hues.ts";

/** Marks of strips, queues and links. */
export type LegendMark =
  | "committed"
  | "appended"
  | "elsewhere"
  | "commit"
  | "applied"
  | "waiting"
  | "owed"
  | "dropped"
  | "doomed"
  | "folded"
  | "traffic";

export interface LegendUse {
  readonly shapes: readonly MessageShape[];
  readonly marks: readonly LegendMark[];
  /** The hue in which the legend's examples are painted: the newest term's. */
  readonly hue: number;
  /** What the strips leave out, in words; empty where they are whole. */
  readonly leftOut: string;
}

/**
 * A shape stays in the legend this long after its last message, in virtual microseconds: heartbeats and writes come and
 * go all the time, and a legend that changes with each message cannot be read. At high speeds it is wall time that counts.
 */
const MEMORY = { virtual: 2_000_000, wall: 4_000_000 };

/** Two rows beside the hint. */
const MOST = 9;

/** The order of the legend: what elections need first, then replication, then clients. */
const ORDER: readonly MessageShape[] = [
  "voteRequest",
  "voteGranted",
  "voteRefused",
  "heartbeat",
  "entries",
  "accepted",
  "refused",
  "snapshot",
  "probe",
  "probeReply",
  "write",
  "read",
  "search",
  "acknowledgement",
  "answer",
  "redirect",
];

/** Notes in `seen` which shapes `frame` shows, and when in virtual time. */
export function noteShapes(frame: Frame, seen: Map<MessageShape, number>): void {
  for (const flight of frame.flights)
    if (isUnderWay(flight, frame.virtualNow)) seen.set(flight.shape, frame.virtualNow);
}

/** What `frame` uses; `seen` says when each shape was seen last. */
export function inUse(frame: Frame, seen: ReadonlyMap<MessageShape, number>, tooQuick: boolean): LegendUse {
  const isRecent = (shape: MessageShape) => {
    const at = seen.get(shape);
    const memory = Math.max(MEMORY.virtual, MEMORY.wall * frame.playbackRate);
    return at !== undefined && at <= frame.virtualNow && frame.virtualNow - at <= memory;
  };
  const shows = tooQuick && frame.playing ? [] : ORDER.filter(isRecent);
  const newest = frame.replicas.reduce((term, replica) => Math.max(term, replica.status.currentTerm), 0);
  const marks = marksOf(frame, tooQuick && frame.playing);
  // The newest need explaining most: shapes first, then what is wrong, then the strip's own signs.
  return {
    shapes: shows.slice(0, MOST),
    marks: marks.slice(0, Math.max(0, MOST - shows.length)),
    hue: hueOf(newest) || 1,
    leftOut: leftOutWords(frame.stripIndices),
  };
}

function marksOf(frame: Frame, tooQuick: boolean): readonly LegendMark[] {
  const { replicas } = frame;
  const hasLeader = replicas.some((replica) => replica.alive && replica.status.role === "leader");
  const marks: LegendMark[] = [];
  if (tooQuick) marks.push("traffic");
  if (replicas.some((replica) => replica.doomedCount > 0)) marks.push("doomed");
  if (leftOutWords(frame.stripIndices) !== "") marks.push("folded");
  if (!tooQuick && frame.flights.some(({ lostAt }) => lostAt !== undefined && lostAt <= frame.virtualNow))
    marks.push("dropped");
  if (replicas.some(({ alive, status, queueDepth }) => alive && status.role === "follower" && queueDepth > 0)) {
    marks.push(hasLeader ? "waiting" : "owed");
  }
  if (replicas.some((replica) => holds(replica, frame.stripIndices, false))) marks.push("appended");
  if (replicas.some((replica) => holds(replica, frame.stripIndices, true))) marks.push("committed");
  marks.push("commit", "applied");
  return marks;
}

function holds({ strip, status }: ReplicaFrame, indices: readonly number[], committed: boolean): boolean {
  return strip.some((cell, at) => cell.term > 0 && (indices[at] ?? 0) <= status.commitIndex === committed);
}

/** Whether two legends are the same. */
export function sameUse(a: LegendUse, b: LegendUse): boolean {
  return (
    a.hue === b.hue &&
    a.leftOut === b.leftOut &&
    a.shapes.join() === b.shapes.join() &&
    a.marks.join() === b.marks.join()
  );
}
