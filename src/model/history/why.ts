/**
 * Why something happened: its causal past, pruned to what mattered, as a tree of claims. Each kind of event has its
 * reasons in `reasons.ts`; here they are followed, each event once, and not without end.
 */
import type { ChronicleEvent, ChronicleMessage, Explanation, Question, Reason } from "../protocol/chronicle.ts";
import type { ClusterEvent } from "../protocol/events.ts";
import { Past } from "./causes.ts";
import { reasonsOf, stepOf } from "./reasons.ts";
import type { Written } from "./recording.ts";
import { EARLIER, lostStep, type Step } from "./silence.ts";
import { unappliedReasons } from "./writeReasons.ts";

/** Steps from what was asked to the last reason: further back it is no explanation any more. */
const DEPTH = 12;
/** Steps of one explanation. */
const STEPS = 60;

/** Collects an explanation. */
class Explaining {
  readonly events = new Set<ChronicleEvent>();
  readonly messages = new Set<ChronicleMessage>();
  /** Something was not found, since it lies before what was looked at. */
  isShort = false;
  readonly #past: Past;
  readonly #told = new Set<string>();
  #steps = 0;

  constructor(past: Past) {
    this.#past = past;
  }

  explain(step: Step, depth = 0): Reason {
    const { claim, event, message } = step;
    this.#steps += 1;
    if (event !== undefined) this.events.add(event);
    if (message !== undefined) this.messages.add(message);
    if (claim.kind === "earlier") this.isShort = true;
    const name = `${event?.id} ${claim.kind === "fact" ? claim.fact.sequence : claim.kind}`;
    const isRepeated = event !== undefined && step.because === undefined && this.#told.has(name);
    if (event !== undefined) this.#told.add(name);
    const next = isRepeated || depth >= DEPTH ? [] : this.#reasons(step);
    const because: Reason[] = [];
    for (const reason of next) if (this.#steps < STEPS) because.push(this.explain(reason, depth + 1));
    return { claim, at: event?.at, event: event?.id, flight: message?.id, because, isRepeated };
  }

  #reasons({ claim, event, because }: Step): readonly Step[] {
    if (because !== undefined) return because;
    return event === undefined ? [] : reasonsOf(this.#past, event, claim);
  }
}

/** What `question` is about, as the first step of its explanation; undefined when the chronicle does not know of it. */
function firstStep(past: Past, question: Question): Step | undefined {
  switch (question.kind) {
    case "event": {
      const event = past.event(question.event);
      return event === undefined ? undefined : stepOf(past, event);
    }
    case "fact": {
      const isIt = ({ sequence }: ClusterEvent) => sequence === question.sequence;
      const event = past.chronicle.events.find(({ facts }) => facts.some(isIt));
      const fact = event?.facts.find(isIt);
      return fact === undefined ? undefined : { claim: { kind: "fact", fact }, event, message: past.received(event) };
    }
    case "message": {
      const message = past.message(question.flight);
      if (message === undefined) return undefined;
      if (message.lost !== undefined) return lostStep(past, [message])[0];
      const sender = past.event(message.sentIn);
      const because: readonly Step[] = sender === undefined ? [EARLIER] : [stepOf(past, sender)];
      return { claim: { kind: "sent", message }, message, because };
    }
    case "unapplied":
      return unappliedReasons(past, question);
  }
}

/** Explains `question` from what `chronicle` holds. `isShort`: more of what lies before would explain more. */
export function explain(
  chronicle: Written,
  question: Question,
): { readonly explanation: Explanation; readonly isShort: boolean } | undefined {
  const past = new Past(chronicle);
  const first = firstStep(past, question);
  if (first === undefined) return undefined;
  const explaining = new Explaining(past);
  const reason = explaining.explain(first);
  const events = [...explaining.events].sort((a, b) => (past.isBefore(a, b) ? -1 : 1));
  const messages = [...explaining.messages].sort((a, b) => a.id - b.id);
  return { explanation: { reason, events, messages }, isShort: explaining.isShort };
}
