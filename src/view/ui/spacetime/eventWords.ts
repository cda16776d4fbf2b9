/** Events and messages of the diagram in words: for the list, the line under the pointer, and ShiViz. */
import { nameOf } from "../../../base/ids.ts";
import type { ChronicleEvent, ChronicleMessage } from "../../../model/protocol/chronicle.ts";
import { instant } from "../../store/format.ts";
import { itemWords } from "../../store/itemWords.ts";
import { messageWords } from "../../store/whyWords.ts";
import { sentenceOf, type WordContext, weightOf } from "../../store/words.ts";

const TIMER_WORDS = {
  election: "heard no leader for too long",
  heartbeat: "sends heartbeats",
  work: "goes on with what waited",
  release: "is done, or its disk is",
  client: "has waited long enough",
} as const;

const ASK_WORDS = { put: "asks to write", delete: "asks to delete", get: "reads", search: "searches" } as const;

/** What happened, in one sentence without a full stop. */
export function eventWords(
  event: ChronicleEvent,
  received: ChronicleMessage | undefined,
  context: WordContext,
): string {
  if (event.facts.length > 0) return event.facts.map((fact) => sentenceOf(fact, context)).join("; ");
  const who = event.who === undefined ? "somebody" : nameOf(event.who);
  const { trigger } = event;
  switch (trigger.kind) {
    case "message":
      return received === undefined ? `${who} received a message` : `${who} received the ${messageWords(received)}`;
    case "timer":
      return `${who} ${TIMER_WORDS[trigger.timer]}`;
    case "ask":
      return `${who} ${ASK_WORDS[trigger.what]}${trigger.id === "" ? "" : ` ${itemWords(trigger.id, context)}`}`;
    case "told":
      return `${who} is told of a change`;
    case "command":
      return "A command was given";
  }
}

/** A message, when it was sent and what became of it. */
export function messageStory(message: ChronicleMessage): string {
  const { sentAt, arrivesAt, lost } = message;
  const end = lost === undefined ? `arrives at ${instant(arrivesAt)} s` : `lost at ${instant(lost.at)} s`;
  return `${messageWords(message)}, sent at ${instant(sentAt)} s, ${end}`;
}

/** Whether the list shows an event without being asked for everything. */
export function isOfNote({ facts, id }: ChronicleEvent): boolean {
  return id < 0 || facts.some((fact) => weightOf(fact) !== "routine");
}
