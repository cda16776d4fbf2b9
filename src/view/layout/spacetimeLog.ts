/**
 * The run in the log format of ShiViz (Beschastnikh et al. 2016): for each event a line with host and vector clock, and a
 * line with its description. ShiViz reads it with {@link SHIVIZ_PATTERN}. https://bestchai.bitbucket.io/shiviz/
 */
import { type Address, nameOf } from "../../base/ids.ts";
import type { ChronicleEvent, ChronicleMessage } from "../../model/protocol/chronicle.ts";
import type { Passage } from "./spacetime.ts";

/** The regular expression to give to ShiViz, and to whoever reads the file otherwise. */
export const SHIVIZ_PATTERN = "(?<host>\\S+) (?<clock>{.*})\\n(?<event>.*)";

/** Commands are of nobody in the cluster. */
const OPERATOR_NAME = "operator";

type Clock = Map<string, number>;

function hostOf({ who, id }: ChronicleEvent): string {
  return id < 0 || who === undefined ? OPERATOR_NAME : nameOf(who);
}

function merge(into: Clock, other: ReadonlyMap<string, number> | undefined): void {
  for (const [host, count] of other ?? []) into.set(host, Math.max(into.get(host) ?? 0, count));
}

function clockText(clock: Clock): string {
  const fields = [...clock].sort(([a], [b]) => (a < b ? -1 : 1)).map(([host, count]) => `"${host}":${count}`);
  return `{${fields.join(",")}}`;
}

/** What one event is in the log. */
export type LogWords = (event: ChronicleEvent, received: ChronicleMessage | undefined) => string;

/**
 * Writes the log, stretch after stretch, with no more in hand than what is still to come needs. A message joins the clock
 * of its sender to that of whoever receives it, a command its own to that of the replica that it is about.
 */
export class ShivizWriter {
  readonly #words: LogWords;
  readonly #clocks = new Map<string, Clock>();
  readonly #told = new Map<Address, ReadonlyMap<string, number>>();
  /** The clocks of messages that are under way, by message. */
  #sent = new Map<number, ReadonlyMap<string, number>>();
  /** Events of the last instant that was written: a stretch that was cut is begun there again. */
  #last: { readonly at: number; readonly ids: ReadonlySet<number> } = { at: -1, ids: new Set() };
  #count = 0;

  /** `words` describes an event in a line. */
  constructor(words: LogWords) {
    this.#words = words;
  }

  /** How many events have been written. */
  get count(): number {
    return this.#count;
  }

  /** The lines of the events that come next, in order; `messages` are all that they send or receive. */
  next(events: readonly ChronicleEvent[], messages: readonly ChronicleMessage[]): string {
    const byId = new Map(messages.map((message) => [message.id, message]));
    const sentBy = new Map<number | undefined, number[]>();
    for (const { id, sentIn } of messages) {
      const others = sentBy.get(sentIn);
      if (others === undefined) sentBy.set(sentIn, [id]);
      else others.push(id);
    }
    const lines: string[] = [];
    for (const event of events) {
      if (event.at === this.#last.at && this.#last.ids.has(event.id)) continue;
      const received = event.trigger.kind === "message" ? byId.get(event.trigger.flight) : undefined;
      const stamp = this.#stamp(event, received);
      for (const id of sentBy.get(event.id) ?? []) this.#sent.set(id, stamp);
      lines.push(`${hostOf(event)} ${clockText(stamp)}`, this.#words(event, received).replaceAll("\n", " "));
      this.#count += 1;
    }
    this.#forget(events, byId);
    return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
  }

  #stamp(event: ChronicleEvent, received: ChronicleMessage | undefined): Clock {
    const host = hostOf(event);
    const clock = this.#clocks.get(host) ?? new Map<string, number>();
    this.#clocks.set(host, clock);
    if (received !== undefined) merge(clock, this.#sent.get(received.id));
    if (event.who !== undefined && event.id > 0) {
      merge(clock, this.#told.get(event.who));
      this.#told.delete(event.who);
    }
    clock.set(host, (clock.get(host) ?? 0) + 1);
    const stamp = new Map(clock);
    if (event.id < 0 && event.who !== undefined) this.#told.set(event.who, stamp);
    return stamp;
  }

  /** What has arrived by now, or been lost, needs no clock any more. */
  #forget(events: readonly ChronicleEvent[], byId: ReadonlyMap<number, ChronicleMessage>): void {
    const at = events.at(-1)?.at;
    if (at === undefined) return;
    this.#last = { at, ids: new Set(events.filter((event) => event.at === at).map(({ id }) => id)) };
    const isUnderWay = (id: number) => {
      const message = byId.get(id);
      if (message === undefined) return true;
      return message.lost === undefined && (message.arrivedIn === undefined || message.arrivesAt >= at);
    };
    this.#sent = new Map([...this.#sent].filter(([id]) => isUnderWay(id)));
  }
}

/** Every event of `passage`. */
export function shivizLog(passage: Passage, words: LogWords): string {
  return new ShivizWriter(words).next(passage.events, passage.messages);
}
