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

/**
 * Every event of `passage`; `words` describes one in a line. A message joins the clock of its sender to that of whoever
 * receives it, a command its own to that of the replica that it is about.
 */
export function shivizLog(
  passage: Passage,
  words: (event: ChronicleEvent, received: ChronicleMessage | undefined) => string,
): string {
  const messages = new Map(passage.messages.map((message) => [message.id, message]));
  const clocks = new Map<string, Clock>();
  const after = new Map<number, ReadonlyMap<string, number>>();
  const told = new Map<Address, ReadonlyMap<string, number>>();
  const lines: string[] = [];
  for (const event of passage.events) {
    const host = hostOf(event);
    const clock = clocks.get(host) ?? new Map<string, number>();
    clocks.set(host, clock);
    const received = event.trigger.kind === "message" ? messages.get(event.trigger.flight) : undefined;
    if (received?.sentIn !== undefined) merge(clock, after.get(received.sentIn));
    if (event.who !== undefined && event.id > 0) {
      merge(clock, told.get(event.who));
      told.delete(event.who);
    }
    clock.set(host, (clock.get(host) ?? 0) + 1);
    const stamp = new Map(clock);
    after.set(event.id, stamp);
    if (event.id < 0 && event.who !== undefined) told.set(event.who, stamp);
    lines.push(`${host} ${clockText(clock)}`, words(event, received).replaceAll("\n", " "));
  }
  return `${lines.join("\n")}\n`;
}
