/** From what a person chose to what is ordered. Pure. */

import type { ClientId, ReplicaId } from "../../../base/ids.ts";
import { after, earlier, later, type Micros, micros, seconds, ZERO } from "../../../base/units.ts";
import type { TimedCommand } from "../../../model/protocol/commands.ts";
import type { ComparisonOrder } from "../../../model/protocol/comparison.ts";
import type { RunInputs } from "../../../model/protocol/session.ts";
import type { Branch, BranchName } from "../../store/viewStore.ts";

/** What is put beside each other. */
export type Basis = "here" | "beginning" | "branches";

/** The spans that are offered. */
export const SPANS = [
  { value: "10", label: "10 s" },
  { value: "30", label: "30 s" },
  { value: "60", label: "1 minute" },
  { value: "300", label: "5 minutes" },
  { value: "1800", label: "30 minutes" },
  { value: "3600", label: "1 hour" },
] as const;

/** Seconds, as one of the spans. */
export type SpanChoice = (typeof SPANS)[number]["value"];

/** Long enough for a fault, an election and what follows from them. */
export const USUAL_SPAN: SpanChoice = "60";

/** What else is to happen in the compared runs, in the order in which it is offered. */
export const TROUBLES = [
  { value: "none", label: "nothing else" },
  { value: "crash", label: "the leader dies for 10 s" },
  { value: "darkSite", label: "the leader is cut off, then dies" },
] as const;

/** One of them. */
export type Trouble = (typeof TROUBLES)[number]["value"];

/** The open run, when the comparison was asked for. */
export interface OpenRun {
  /** Who led it then, and who asks it. */
  readonly leader: ReplicaId | undefined;
  readonly replicas: readonly ReplicaId[];
  readonly clients: readonly ClientId[];
  readonly inputs: RunInputs;
  readonly at: Micros;
  /** The furthest instant that it has been at. */
  readonly end: Micros;
}

/** A minute, or the shortest span that holds everything that happened since virtual 0. */
export function wholeSpan({ end }: OpenRun): SpanChoice {
  const holds = (value: SpanChoice) => seconds(Number(value)) >= later(end, seconds(Number(USUAL_SPAN)));
  return SPANS.find(({ value }) => holds(value))?.value ?? "3600";
}

/** Shortly after the beginning, so that one sees how it was; a dark site goes on for a while before its machine dies. */
const TROUBLE_AFTER = seconds(2);
const CUT_OFF_FOR = seconds(2);
const DOWN_FOR = seconds(10);

/**
 * The commands of `trouble`. Clients stay on the side of the leader that is cut off: what it acknowledges alone is what
 * a mode may lose.
 */
function troubleCommands({ leader, replicas, clients, at }: OpenRun, trouble: Trouble): readonly TimedCommand[] {
  if (leader === undefined || trouble === "none") return [];
  const begins = after(at, TROUBLE_AFTER);
  const dies = trouble === "crash" ? begins : after(begins, CUT_OFF_FOR);
  const outage: readonly TimedCommand[] = [
    { at: dies, command: { kind: "crash", replicaId: leader } },
    { at: after(dies, DOWN_FOR), command: { kind: "restart", replicaId: leader } },
  ];
  if (trouble === "crash") return outage;
  const groups = [[leader, ...clients], replicas.filter((id) => id !== leader)];
  const [crash, restart] = outage;
  const cut: TimedCommand = { at: begins, command: { kind: "partition", groups } };
  const healed: TimedCommand = { at: dies, command: { kind: "heal" } };
  return [cut, crash, healed, restart].filter((timed) => timed !== undefined);
}

function withTrouble(open: OpenRun, trouble: Trouble): RunInputs {
  const commands = [...open.inputs.commands, ...troubleCommands(open, trouble)];
  return { ...open.inputs, commands: commands.sort((a, b) => a.at - b.at) };
}

/** All modes over `span`, from the playhead or from virtual 0. */
export function modesOrder(
  open: OpenRun,
  since: "here" | "beginning",
  span: SpanChoice,
  trouble: Trouble = "none",
): ComparisonOrder {
  const from = since === "here" ? open.at : ZERO;
  const inputs = since === "here" ? withTrouble(open, trouble) : open.inputs;
  return { kind: "modes", inputs, since, from, to: after(from, seconds(Number(span))) };
}

function sameCommand(a: TimedCommand | undefined, b: TimedCommand | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The first instant at which something is done in one run and not in the other; undefined when there is none. */
export function partingOf(one: RunInputs, other: RunInputs): Micros | undefined {
  const length = Math.max(one.commands.length, other.commands.length);
  for (let position = 0; position < length; position += 1) {
    const [a, b] = [one.commands[position], other.commands[position]];
    if (sameCommand(a, b)) continue;
    return earlier(a?.at ?? b?.at ?? ZERO, b?.at ?? a?.at ?? ZERO);
  }
  return undefined;
}

/** A second before the parting shows that both were alike. */
const LEAD = seconds(1);

/** The open run and a branch, from shortly before they part. */
export function branchesOrder(open: OpenRun, current: BranchName, branch: Branch, span: SpanChoice): ComparisonOrder {
  const parting = partingOf(open.inputs, branch.inputs) ?? ZERO;
  const from = later(ZERO, micros(parting - LEAD));
  return {
    kind: "runs",
    runs: [
      { name: current.name, inputs: open.inputs },
      { name: branch.name, inputs: branch.inputs },
    ],
    from,
    to: after(from, seconds(Number(span))),
  };
}
