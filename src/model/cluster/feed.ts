/**
 * Feeding plain data into the run hash: every field in the order of its making, numbers by their bits, an embedding by
 * the digest of its own. What makes up most of a run (appends, their answers, entries) is fed field by field by name.
 */
import { feedFloat, feedHash, feedInteger, feedText, feedUint32, type HashState, newHash } from "../../base/hash.ts";
import type { DiskChange, Entry } from "../protocol/log.ts";
import type { AppendReply, Message } from "../protocol/messages.ts";
import type { Effect } from "../protocol/step.ts";

const Tag = {
  undefined: 1,
  null: 2,
  false: 3,
  true: 4,
  integer: 5,
  float: 6,
  text: 7,
  array: 8,
  object: 9,
  embedding: 10,
} as const;

function feedNumber(hash: HashState, value: number): void {
  if (Number.isSafeInteger(value)) {
    feedUint32(hash, Tag.integer);
    feedInteger(hash, value);
  } else {
    feedUint32(hash, Tag.float);
    feedFloat(hash, value);
  }
}

/** Items and puts are immutable and pass by many times on their way: each object is read once. */
const digests = new WeakMap<object, HashState>();

function digestOnce(value: object): HashState {
  const known = digests.get(value);
  if (known !== undefined) return known;
  const digest = newHash();
  feedFields(digest, value);
  digests.set(value, digest);
  return digest;
}

function feedFields(hash: HashState, value: object): void {
  feedUint32(hash, Tag.object);
  for (const [name, field] of Object.entries(value)) {
    feedText(hash, name);
    feedPlain(hash, field);
  }
}

function feedObject(hash: HashState, value: object): void {
  if (value instanceof Float32Array) {
    feedUint32(hash, value.length);
    for (const number of value) feedFloat(hash, number);
  } else if (Array.isArray(value)) {
    feedUint32(hash, Tag.array);
    feedUint32(hash, value.length);
    for (const element of value) feedPlain(hash, element);
  } else if ("digestLow" in value && "digestHigh" in value) {
    feedUint32(hash, Tag.embedding);
    feedPlain(hash, value.digestLow);
    feedPlain(hash, value.digestHigh);
  } else if ("payload" in value) {
    feedHash(hash, digestOnce(value));
  } else {
    feedFields(hash, value);
  }
}

/** Feeds any plain, cloneable value. Objects feed their fields in the order in which they were made. */
export function feedPlain(hash: HashState, value: unknown): void {
  switch (typeof value) {
    case "number":
      feedNumber(hash, value);
      break;
    case "string":
      feedUint32(hash, Tag.text);
      feedText(hash, value);
      break;
    case "boolean":
      feedUint32(hash, value ? Tag.true : Tag.false);
      break;
    case "object":
      if (value === null) feedUint32(hash, Tag.null);
      else feedObject(hash, value);
      break;
    default:
      feedUint32(hash, Tag.undefined);
      break;
  }
}

/**
 * Feeds a command, whose fields a person's form or a file may have made in any order: names are sorted, and a field that
 * is undefined is as one that is not there, so that a file or a link can carry every command.
 */
export function feedCanonical(hash: HashState, value: unknown): void {
  if (typeof value !== "object" || value === null || value instanceof Float32Array) {
    feedPlain(hash, value);
  } else if (Array.isArray(value)) {
    feedUint32(hash, value.length);
    for (const element of value) feedCanonical(hash, element);
  } else {
    for (const [name, field] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (field === undefined) continue;
      feedText(hash, name);
      feedCanonical(hash, field);
    }
  }
}

const Short = { appendEntries: 21, appendReply: 22, append: 23 } as const;

function feedEntries(hash: HashState, entries: readonly Entry[]): void {
  feedUint32(hash, entries.length);
  for (const { term, index, operation, requestId, appendedAt } of entries) {
    feedUint32(hash, term);
    feedUint32(hash, index);
    feedInteger(hash, requestId);
    feedInteger(hash, appendedAt);
    feedPlain(hash, operation);
  }
}

function feedAppendReply(hash: HashState, reply: AppendReply): void {
  feedUint32(hash, Short.appendReply);
  feedUint32(hash, reply.term);
  feedUint32(hash, reply.matchIndex);
  feedUint32(hash, reply.retryIndex);
  feedUint32(hash, reply.rejectedIndex);
  feedUint32(hash, (reply.success ? 1 : 0) + (reply.needsSnapshot ? 2 : 0));
  feedInteger(hash, reply.round);
}

/** Feeds a message with everything it carries. */
export function feedMessage(hash: HashState, message: Message): void {
  if (message.kind === "appendReply") {
    feedAppendReply(hash, message);
  } else if (message.kind === "appendEntries") {
    feedUint32(hash, Short.appendEntries);
    feedUint32(hash, message.term);
    feedUint32(hash, message.prevLogIndex);
    feedUint32(hash, message.prevLogTerm);
    feedUint32(hash, message.leaderCommit);
    feedUint32(hash, message.notice ? Tag.true : Tag.false);
    feedInteger(hash, message.round);
    feedInteger(hash, message.freshAt);
    feedUint32(hash, message.notice ? 1 : 0);
    feedEntries(hash, message.entries);
  } else {
    feedPlain(hash, message);
  }
}

function feedChange(hash: HashState, change: DiskChange): void {
  if (change.kind === "append") {
    feedUint32(hash, Short.append);
    feedEntries(hash, change.entries);
  } else {
    feedPlain(hash, change);
  }
}

/** Feeds what one step asked for. */
export function feedEffect(hash: HashState, effect: Effect): void {
  switch (effect.kind) {
    case "send":
      feedUint32(hash, effect.to);
      feedMessage(hash, effect.message);
      break;
    case "persist":
      feedChange(hash, effect.change);
      break;
    case "report":
      feedPlain(hash, effect.event);
      break;
  }
}
