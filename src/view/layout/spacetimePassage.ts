/** Passages of a run: parts of it that were asked for one after the other, joined without gaps and within a bound. */
import type { Chronicle, ChronicleEvent, ChronicleMessage } from "../../model/protocol/chronicle.ts";
import type { Passage } from "./spacetime.ts";

/** Events that are kept; the far end gives way. */
export const MOST_EVENTS = 12_000;

function passageOf({ from, to, beginning, events, messages }: Chronicle): Passage {
  return { from, to, beginning, events, messages };
}

/** The same message as two parts of the run know it. */
function united(before: ChronicleMessage | undefined, after: ChronicleMessage): ChronicleMessage {
  if (before === undefined) return after;
  return { ...after, sentIn: before.sentIn ?? after.sentIn, arrivedIn: after.arrivedIn ?? before.arrivedIn };
}

function messagesOf(earlier: readonly ChronicleMessage[], later: readonly ChronicleMessage[]) {
  const byId = new Map(earlier.map((message) => [message.id, message]));
  for (const message of later) byId.set(message.id, united(byId.get(message.id), message));
  return [...byId.values()];
}

/** Messages that touch what is left of a passage. */
function touching(messages: readonly ChronicleMessage[], from: number, to: number): readonly ChronicleMessage[] {
  return messages.filter(({ sentAt, arrivesAt }) => sentAt <= to && arrivesAt >= from);
}

/**
 * `passage` with `part` at its end; or, where they do not touch, `part` alone. What is too much gives way at the far end:
 * the lines of what is left begin as the last event of each replica before it says.
 */
export function joined(passage: Passage, part: Chronicle): Passage {
  const known = passage.events.length > 0 || passage.to > passage.from;
  if (known && part.from === passage.to) {
    const events = [...passage.events, ...part.events];
    const all = { ...passage, to: part.to, events, messages: messagesOf(passage.messages, part.messages) };
    return events.length > MOST_EVENTS ? withoutBeginning(all, events.length - MOST_EVENTS) : all;
  }
  if (known && part.to === passage.from && !part.isCut) {
    const { from, beginning } = part;
    const events = [...part.events, ...passage.events];
    const all = { ...passage, from, beginning, events, messages: messagesOf(part.messages, passage.messages) };
    return events.length > MOST_EVENTS ? withoutEnd(all) : all;
  }
  return passageOf(part);
}

function withoutEnd({ events, messages, ...rest }: Passage): Passage {
  const kept = events.slice(0, MOST_EVENTS);
  const to = kept.at(-1)?.at ?? rest.to;
  return { ...rest, to, events: kept, messages: touching(messages, rest.from, to) };
}

function withoutBeginning(passage: Passage, count: number): Passage {
  const gone = passage.events.slice(0, count);
  const events = passage.events.slice(count);
  const from = events[0]?.at ?? passage.to;
  const beginning = passage.beginning.map((begins) => gone.reduce((known, event) => afterEvent(known, event), begins));
  return { ...passage, from, beginning, events, messages: touching(passage.messages, from, passage.to) };
}

type Begins = Passage["beginning"][number];

function afterEvent(known: Begins, { who, standing, trigger }: ChronicleEvent): Begins {
  if (who !== known.replicaId) return known;
  if (trigger.kind !== "command") return standing === undefined ? known : { ...known, standing };
  switch (trigger.command.kind) {
    case "crash":
      return { ...known, alive: false, paused: false, standing: undefined };
    case "restart":
    case "wipe":
      return { ...known, alive: true, paused: false };
    case "pause":
      return { ...known, paused: true };
    case "resume":
      return { ...known, paused: false };
    default:
      return known;
  }
}
