/**
 * The machine that a replica runs on: it works on one thing at a time, can be paused, slow or wrong about the time, and
 * has a disk that takes a while. Around `step`, which knows nothing of it. With nothing wrong and no costs it adds
 * nothing at all.
 */
import { logIndex } from "../../base/ids.ts";
import { after, later, type Micros, micros, millis, ZERO } from "../../base/units.ts";
import type { Message } from "../protocol/messages.ts";
import { entryCountOf } from "../protocol/messages.ts";
import type { Conditions, Effect, ReplicaInput } from "../protocol/step.ts";
import { advanceCommitIndex } from "./commit.ts";
import { lastLogIndex } from "./log.ts";
import type { Deferred, ReplicaState } from "./state.ts";
import { step } from "./step.ts";

/** Inputs that wait at a paused or busy replica; beyond it the oldest is dropped, as a full socket does. */
const INBOX_LIMIT = 10_000;
/** What one message costs a replica that is slow in a cluster whose work is free otherwise. */
const SLOW_COST = millis(1);

/** Takes one input at `at`: does it, or lets it wait. Changes the state in place. */
export function accept(state: ReplicaState, input: ReplicaInput, at: Micros): readonly Effect[] {
  const effects = take(state, input, at);
  state.lateBy = lateBy(state, at);
  return effects;
}

function lateBy({ inbox, busyUntil }: ReplicaState, at: Micros): Micros {
  const first = inbox[0];
  if (first !== undefined) return micros(later(busyUntil, at) - first.at);
  return busyUntil > at ? micros(busyUntil - at) : ZERO;
}

function take(state: ReplicaState, input: ReplicaInput, at: Micros): readonly Effect[] {
  switch (input.kind) {
    case "conditions":
      return changeConditions(state, input.conditions, at);
    case "timer":
      return timer(state, input, at);
    default:
      if (state.conditions.paused || state.busyUntil > at) return letWait(state, input, at);
      return work(state, input, at);
  }
}

function changeConditions(state: ReplicaState, conditions: Conditions, at: Micros): readonly Effect[] {
  const resumed = state.conditions.paused && !conditions.paused;
  state.conditions = conditions;
  // What came due in the pause is done now, not in the past.
  if (resumed) {
    state.busyUntil = later(state.busyUntil, at);
    state.deferred = state.deferred.map((deferred) => ({ ...deferred, at: later(deferred.at, at) }));
  }
  return [];
}

function timer(state: ReplicaState, input: Extract<ReplicaInput, { kind: "timer" }>, at: Micros): readonly Effect[] {
  if (input.timer === "release") return release(state, at);
  if (input.timer !== "work") return work(state, input, at);
  const next = state.inbox.shift();
  return next === undefined ? [] : work(state, next.input, at);
}

function letWait(state: ReplicaState, input: ReplicaInput, at: Micros): readonly Effect[] {
  state.inbox.push({ at, input });
  if (state.inbox.length <= INBOX_LIMIT) return [];
  state.inbox.shift();
  return [{ kind: "report", event: { kind: "inboxFull" } }];
}

/** How long the replica works on `input`. Its own timers cost nothing. */
function costOf(state: ReplicaState, input: ReplicaInput): Micros {
  const { slowFactor } = state.conditions;
  const { processingCost } = state.config;
  if (input.kind !== "message" || (processingCost === 0 && slowFactor === 1)) return ZERO;
  const each = processingCost === 0 ? SLOW_COST : processingCost;
  return micros(each * slowFactor * (1 + entryCountOf(input.message)));
}

/** What promises that something is on disk, and so has to wait until it is. */
function isPromise(message: Message): boolean {
  switch (message.kind) {
    case "voteReply":
      return message.granted && !message.preVote;
    case "appendReply":
      return message.success;
    case "snapshotReply":
      return message.installed;
    default:
      return false;
  }
}

function work(state: ReplicaState, input: ReplicaInput, at: Micros): readonly Effect[] {
  const cost = costOf(state, input);
  const sync = micros(state.config.diskSync + state.conditions.extraDiskSync);
  const { effects } = step(state, input, at);
  if (cost > 0) state.busyUntil = after(at, cost);
  if (sync === 0) state.syncedIndex = lastLogIndex(state.log);
  if (cost === 0 && sync === 0) return effects;
  const appended = effects.some((effect) => effect.kind === "persist" && effect.change.kind === "append");
  const wrote = effects.some((effect) => effect.kind === "persist");
  const waits = (effect: Effect) => effect.kind === "send" && wrote && isPromise(effect.message);
  const done = after(at, cost);
  const sends = effects.filter((effect) => effect.kind === "send");
  const prompt = cost === 0 ? [] : sends.filter((effect) => !waits(effect) || sync === 0);
  if (prompt.length > 0) defer(state, { at: done, effects: prompt, syncedTo: undefined });
  if (sync > 0 && wrote) {
    const syncedTo = appended ? lastLogIndex(state.log) : undefined;
    defer(state, { at: after(done, sync), effects: sends.filter(waits), syncedTo });
  }
  return effects.filter((effect) => effect.kind !== "send" || (cost === 0 && !(waits(effect) && sync > 0)));
}

/** Keeps what leaves at the same instant in the order in which it was asked for. */
function defer(state: ReplicaState, deferred: Deferred): void {
  let position = state.deferred.length;
  while (position > 0 && (state.deferred[position - 1]?.at ?? ZERO) > deferred.at) position -= 1;
  state.deferred.splice(position, 0, deferred);
}

/** Lets go what is finished; a leader whose own copy is on disk now may commit. */
function release(state: ReplicaState, at: Micros): readonly Effect[] {
  const first = state.deferred.shift();
  if (first === undefined) return [];
  if (first.syncedTo === undefined) return first.effects;
  state.syncedIndex = logIndex(Math.min(lastLogIndex(state.log), Math.max(state.syncedIndex, first.syncedTo)));
  const effects: Effect[] = [...first.effects];
  advanceCommitIndex({ state, at, effects });
  return effects;
}
