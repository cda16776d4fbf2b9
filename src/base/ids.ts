/**
 * Who is who. Replicas and clients are addressed by small integers, so that the total order of events and the hash can
 * use the address itself; people see `r1` and `c1`.
 */
import { assert } from "./assert.ts";
import type { Brand } from "./brand.ts";

/** A member of the cluster: 1 to {@link MAX_REPLICAS}. */
export type ReplicaId = Brand<number, "ReplicaId">;

/** A client of the cluster: {@link FIRST_CLIENT} and up. */
export type ClientId = Brand<number, "ClientId">;

/** Whoever can receive a message. */
export type Address = ReplicaId | ClientId;

/** A Raft term, from 0 (before the first election). */
export type Term = Brand<number, "Term">;

/** A position in the log, from 1; 0 is "before the first entry". */
export type LogIndex = Brand<number, "LogIndex">;

/** Headless runs go up to this many replicas; the interface offers nine. */
export const MAX_REPLICAS = 50;

/** Address of the first client; everything below is a replica. */
export const FIRST_CLIENT = 101;

/** The source of inputs that come from outside the cluster: the operator and the workload. */
export const OPERATOR = 0;

/** The `ordinal`-th replica, from 1. */
export function replicaId(ordinal: number): ReplicaId {
  assert(Number.isInteger(ordinal) && ordinal >= 1 && ordinal <= MAX_REPLICAS, `no replica number ${ordinal}`);
  return ordinal as ReplicaId;
}

/** The `ordinal`-th client, from 1. */
export function clientId(ordinal: number): ClientId {
  assert(Number.isInteger(ordinal) && ordinal >= 1, `no client number ${ordinal}`);
  return (FIRST_CLIENT - 1 + ordinal) as ClientId;
}

/** All replicas of a cluster of `count`, in order. */
export function replicaIds(count: number): readonly ReplicaId[] {
  return Array.from({ length: count }, (_, slot) => replicaId(slot + 1));
}

/** All clients of a cluster that has `count`, in order. */
export function clientIds(count: number): readonly ClientId[] {
  return Array.from({ length: count }, (_, slot) => clientId(slot + 1));
}

/** Whether `address` is a client. */
export function isClient(address: Address): address is ClientId {
  return address >= FIRST_CLIENT;
}

/** Whether `address` is a replica. */
export function isReplica(address: Address): address is ReplicaId {
  return address < FIRST_CLIENT;
}

/** Position of a replica in arrays that are indexed by replica. */
export function slotOf(id: ReplicaId): number {
  return id - 1;
}

/** Position of a client in arrays that are indexed by client. */
export function clientSlotOf(id: ClientId): number {
  return id - FIRST_CLIENT;
}

/** The name that people see: `r1`, `c2`. */
export function nameOf(address: Address): string {
  return isClient(address) ? `c${address - FIRST_CLIENT + 1}` : `r${address}`;
}

/** `value` as a term. */
export function term(value: number): Term {
  return value as Term;
}

/** `value` as a log index. */
export function logIndex(value: number): LogIndex {
  return value as LogIndex;
}

/** How many of `replicaCount` are more than half of them. */
export function majorityOf(replicaCount: number): number {
  return Math.floor(replicaCount / 2) + 1;
}
