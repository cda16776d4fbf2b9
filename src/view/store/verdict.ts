/** The verdict chip: one sentence about acknowledged writes. Red only where a promise was broken (`DESIGN.md` section 5). */
import { count } from "./format.ts";
import { unpromisedBy } from "./losses.ts";
import type { RunFacts } from "./runFacts.ts";

/** What the chip says. `intact`: nothing lost; `named`: lost, but not promised; `broken`: a promise broke. */
export interface Verdict {
  readonly state: "intact" | "named" | "broken";
  /** Why it was not promised: "not promised by asynchronous". Empty otherwise. */
  readonly note: string;
  readonly sentence: string;
  /** The same in a few letters, for a phone. */
  readonly short: string;
}

function writes(value: number): string {
  return `${count(value)} acknowledged ${value === 1 ? "write" : "writes"}`;
}

/** The verdict on what happened so far. */
export function verdictOf(facts: Pick<RunFacts, "counters" | "losses" | "replicas" | "config">): Verdict {
  const lost = Math.max(facts.counters?.acknowledgedWritesLost ?? 0, facts.losses.promised + facts.losses.unpromised);
  if (facts.losses.promised > 0) {
    return { state: "broken", note: "", sentence: `${writes(lost)} lost`, short: `${count(lost)} lost` };
  }
  const cluster = facts.config?.cluster;
  const by = facts.losses.by ?? (cluster === undefined ? undefined : unpromisedBy(cluster)) ?? "the mode of then";
  const note = `not promised by ${by}`;
  if (lost > 0) return { state: "named", note, sentence: `${writes(lost)} lost`, short: `${count(lost)} lost` };
  const doomed = Math.max(0, ...facts.replicas.map(({ doomedCount }) => doomedCount));
  if (doomed > 0) {
    return { state: "named", note, sentence: `${writes(doomed)} will be lost`, short: `${count(doomed)} will be lost` };
  }
  return { state: "intact", note: "", sentence: "No acknowledged write lost", short: "Nothing lost" };
}
