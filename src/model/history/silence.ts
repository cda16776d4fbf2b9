/** Why one replica did not hear another: it was killed or paused, had stepped down, or what it sent was lost. */
import type { Address, ReplicaId } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import type { ChronicleEvent, ChronicleMessage, Claim } from "../protocol/chronicle.ts";
import type { ClusterEvent } from "../protocol/events.ts";
import { factOf, type Past } from "./causes.ts";

/** A claim that is still to be explained. */
export interface Step {
  readonly claim: Claim;
  /** The event that it speaks of; its own reasons are looked for there, unless `because` gives them. */
  readonly event?: ChronicleEvent | undefined;
  readonly message?: ChronicleMessage | undefined;
  readonly because?: readonly Step[];
}

/** What came about before the chronicle begins. */
export const EARLIER: Step = { claim: { kind: "earlier" } };

/** The fact of this kind that `event` told, as a step. */
export function factStep(past: Past, event: ChronicleEvent | undefined, kind: ClusterEvent["fact"]["kind"]): Step {
  const fact = event?.facts.find((told) => told.fact.kind === kind);
  if (event === undefined || fact === undefined) return EARLIER;
  return { claim: { kind: "fact", fact }, event, message: past.received(event) };
}

/** Why a message was lost. */
export function lostReasons(past: Past, { lost }: ChronicleMessage): readonly Step[] {
  if (lost === undefined || lost.reason === "chance" || lost.reason === "full") return [];
  return [factStep(past, past.event(lost.by), "commandDone")];
}

/** Lost messages as one step. */
export function lostStep(past: Past, messages: readonly ChronicleMessage[]): readonly Step[] {
  const message = messages.at(-1);
  if (message === undefined) return [];
  const { from, to, shape, lost } = message;
  const claim = { kind: "lost", from, to, shape, reason: lost?.reason ?? "chance", count: messages.length } as const;
  return [{ claim, message, because: lostReasons(past, message) }];
}

/** Messages of `from` to `to` that were sent in a span and lost. */
export function lostBetween(past: Past, from: Address, to: Address, since: Micros, until: Micros) {
  return past.chronicle.messages.filter(
    (message) =>
      message.from === from &&
      message.to === to &&
      message.lost !== undefined &&
      message.sentAt >= since &&
      message.sentAt <= until,
  );
}

/** The command that killed `who`, if it was down at `at`. */
export function killed(past: Past, who: ReplicaId, at: Micros): ChronicleEvent | undefined {
  const isIt = ({ replicaId }: { readonly replicaId: ReplicaId }) => replicaId === who;
  const last = past.lastCommand(["crash", "restart", "wipe"], at, isIt);
  return factOf(last, "commandDone")?.command.kind === "crash" ? last : undefined;
}

/** The command that paused `who`, if it stood still at `at`. */
export function paused(past: Past, who: ReplicaId, at: Micros): ChronicleEvent | undefined {
  const isIt = ({ replicaId }: { readonly replicaId: ReplicaId }) => replicaId === who;
  const last = past.lastCommand(["pause", "resume", "crash", "restart", "wipe"], at, isIt);
  return factOf(last, "commandDone")?.command.kind === "pause" ? last : undefined;
}

/** Why `to` heard nothing of `from` between `since` and `until`; empty where nothing was wrong. */
export function silenceSteps(
  past: Past,
  from: ReplicaId,
  to: ReplicaId,
  since: Micros,
  until: Micros,
): readonly Step[] {
  const stopped = killed(past, from, until) ?? paused(past, from, until);
  if (stopped !== undefined) return [factStep(past, stopped, "commandDone")];
  const lost = lostStep(past, lostBetween(past, from, to, since, until));
  if (lost.length > 0) return lost;
  const resigned = past.last(from, until, (event) => factOf(event, "steppedDown") !== undefined);
  return resigned === undefined || resigned.at < since ? [] : [factStep(past, resigned, "steppedDown")];
}
