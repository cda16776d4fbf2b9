/** What the stage says of one replica, derived from a frame: role, words, rows of its card, accessible name. */
import { majorityOf, nameOf, type ReplicaId } from "../../../base/ids.ts";
import type { Frame, ReplicaFrame } from "../../../model/protocol/frame.ts";
import { count, duration } from "../../store/format.ts";
import { leftOutWords } from "../../store/stripWords.ts";
import { type Ailment, ailmentsOf } from "./ailments.ts";

/** The outline that tells a role. */
export type GlyphShape = "leader" | "follower" | "candidate" | "dead";

/** The third row of a card. */
export type Note =
  | { readonly kind: "plain"; readonly text: string }
  | { readonly kind: "doomed"; readonly text: string }
  | { readonly kind: "snapshot"; readonly text: string; readonly share: number };

export interface ReplicaStory {
  readonly replicaId: ReplicaId;
  readonly name: string;
  readonly shape: GlyphShape;
  /** L, F, C; P for a pre-candidate; empty when it is down. */
  readonly letter: string;
  readonly term: number;
  readonly roleWords: string;
  /** How much of its election timeout is left, 0 to 1; undefined where no countdown runs. */
  readonly countdown: number | undefined;
  readonly note: Note;
  /** Votes a candidate holds, and how many it needs. */
  readonly votes: { readonly held: number; readonly needed: number } | undefined;
  readonly queueDepth: number;
  /** The leader that owes the queue is dead. */
  readonly owedByDead: boolean;
  /** Empty when it is in step. */
  readonly lag: string;
  /** What is wrong with its machine. */
  readonly ailments: readonly Ailment[];
  readonly accessibleName: string;
}

/** What every story of one frame shares. */
export interface Cluster {
  readonly highestTerm: number;
  readonly hasLeader: boolean;
  /** Progress of snapshots that are on their way, by follower. */
  readonly snapshots: ReadonlyMap<ReplicaId, { readonly sent: number; readonly total: number }>;
  readonly majority: number;
  /** What the log strips leave out, in words; empty where they are whole. */
  readonly leftOut: string;
}

/** Looks at the whole cluster once per frame. */
export function clusterOf(frame: Frame): Cluster {
  const leaders = frame.replicas.filter((replica) => replica.alive && replica.status.role === "leader");
  const snapshots = new Map<ReplicaId, { sent: number; total: number }>();
  for (const leader of leaders) {
    for (const peer of leader.status.progress) {
      if (peer.state !== "snapshot" || peer.snapshotTotal <= 0) continue;
      snapshots.set(peer.replicaId, { sent: peer.snapshotSent, total: peer.snapshotTotal });
    }
  }
  return {
    highestTerm: leaders.reduce((highest, leader) => Math.max(highest, leader.status.currentTerm), 0),
    hasLeader: leaders.length > 0,
    snapshots,
    majority: majorityOf(frame.replicas.length),
    leftOut: leftOutWords(frame.stripIndices),
  };
}

/** The story of one replica at `virtualNow`. */
export function replicaStory(replica: ReplicaFrame, cluster: Cluster, virtualNow: number): ReplicaStory {
  const { status } = replica;
  const name = nameOf(replica.replicaId);
  const shape = shapeOfRole(replica);
  const roleWords = wordsOf(replica, cluster);
  const isBehind = replica.alive && replica.lag > 0;
  const lag = isBehind ? duration(replica.lag) : "";
  const stands = shape === "candidate" && status.role === "candidate";
  const ailments = ailmentsOf(replica);
  const votes = stands ? { held: status.votes.length, needed: cluster.majority } : undefined;
  return {
    replicaId: replica.replicaId,
    name,
    shape,
    letter: replica.alive ? LETTERS[status.role] : "",
    term: status.currentTerm,
    roleWords,
    countdown: shape === "dead" || shape === "leader" ? undefined : countdownOf(replica, virtualNow),
    note: noteOf(replica, cluster),
    votes,
    queueDepth: shape === "leader" || votes !== undefined ? 0 : replica.queueDepth,
    owedByDead: !cluster.hasLeader,
    lag,
    ailments,
    accessibleName: accessibleName(name, roleWords, replica, lag, votes, ailments, cluster.leftOut),
  };
}

const LETTERS = { leader: "L", follower: "F", candidate: "C", preCandidate: "P" } as const;

function shapeOfRole({ alive, status }: ReplicaFrame): GlyphShape {
  if (!alive) return "dead";
  if (status.role === "preCandidate") return "candidate";
  return status.role;
}

function wordsOf({ alive, status }: ReplicaFrame, cluster: Cluster): string {
  if (!alive) return "down";
  switch (status.role) {
    case "leader":
      return status.currentTerm < cluster.highestTerm ? "leader, stale" : "leader";
    case "candidate":
      return "candidate";
    case "preCandidate":
      return "pre-candidate";
    case "follower":
      if (status.leaderId !== undefined) return `follower of ${nameOf(status.leaderId)}`;
      return status.votedFor === undefined ? "follower, no leader" : `follower, voted ${nameOf(status.votedFor)}`;
  }
}

function countdownOf({ status }: ReplicaFrame, virtualNow: number): number {
  const whole = status.electionDeadline - status.electionTimerSetAt;
  return whole <= 0 ? 0 : Math.max(0, Math.min(1, (status.electionDeadline - virtualNow) / whole));
}

function noteOf(replica: ReplicaFrame, cluster: Cluster): Note {
  const { status } = replica;
  if (replica.doomedCount > 0)
    return { kind: "doomed", text: `${count(replica.doomedCount)} acknowledged, to roll back` };
  if (!replica.alive) return { kind: "plain", text: `on disk: log to ${count(replica.lastLogIndex)}` };
  const snapshot = cluster.snapshots.get(replica.replicaId);
  if (snapshot !== undefined) {
    const share = snapshot.sent / snapshot.total;
    return { kind: "snapshot", text: `snapshot, ${count(snapshot.sent)} of ${count(snapshot.total)}`, share };
  }
  return { kind: "plain", text: `commit ${count(status.commitIndex)} · ${count(status.vectorCount)} vectors` };
}

function accessibleName(
  name: string,
  roleWords: string,
  replica: ReplicaFrame,
  lag: string,
  votes: ReplicaStory["votes"],
  ailments: readonly Ailment[],
  leftOut: string,
): string {
  const parts = [`replica ${name}`, roleWords, `term ${replica.status.currentTerm}`];
  if (votes !== undefined) parts.push(`${votes.held} of ${votes.needed} votes`);
  if (lag !== "") parts.push(`lag ${lag}`);
  parts.push(...ailments.map(({ told }) => told));
  if (replica.doomedCount > 0) parts.push(`${replica.doomedCount} acknowledged writes will be rolled back`);
  if (leftOut !== "") parts.push(`log ends at entry ${count(replica.lastLogIndex)}, its strip leaves out ${leftOut}`);
  return parts.join(", ");
}
