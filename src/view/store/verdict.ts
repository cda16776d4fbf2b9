/** The verdict chip: one sentence. Red only where a promise was broken (`DESIGN.md` section 5). */
import { PROMISES, type Verdict, type VerdictName } from "../../model/protocol/verdict.ts";
import { count } from "./format.ts";
import type { RunFacts } from "./runFacts.ts";

/**
 * What the chip says. `intact`: nothing happened; `counted`: something happened that nobody had promised to prevent;
 * `named`: acknowledged writes among it; `broken`: a promise broke.
 */
export interface ChipVerdict {
  readonly state: "intact" | "counted" | "named" | "broken";
  /** Why it was not promised: "not promised by asynchronous replication". Empty otherwise. */
  readonly note: string;
  readonly sentence: string;
  /** The same in a few letters, for a phone. */
  readonly short: string;
}

/** What to call the breaking of every verdict. */
const BROKEN: Readonly<Record<VerdictName, string>> = {
  AcknowledgedWritesKept: "Acknowledged writes lost",
  ElectionSafety: "Two leaders in one term",
  LeaderAppendOnly: "A leader changed its own log",
  LogMatching: "Two logs disagree below a shared entry",
  LeaderCompleteness: "A leader lacks a committed entry",
  StateMachineSafety: "Replicas applied different entries",
  Liveness: "A healthy majority got nothing done",
  LeaderStability: "A working leader was deposed",
  ReadYourWrites: "A client missed its own write",
  MonotonicReads: "A client read backwards in time",
  FreshReads: "A read missed an acknowledged write",
  NoDirtyReads: "A client read what was taken back",
  Linearizability: "An item did not behave like one copy",
};

/** What `name` promises, in plain words, and what to call its breaking. */
export function verdictWords(name: VerdictName): { readonly promise: string; readonly broken: string } {
  return { promise: PROMISES[name], broken: BROKEN[name] };
}

function writes(value: number): string {
  return `${count(value)} acknowledged ${value === 1 ? "write" : "writes"}`;
}

function lost(value: number, state: ChipVerdict["state"], note: string, will = ""): ChipVerdict {
  return { state, note, sentence: `${writes(value)} ${will}lost`, short: `${count(value)} ${will}lost` };
}

function brokenVerdict(broken: Verdict, lostWrites: number): ChipVerdict {
  if (broken.name === "AcknowledgedWritesKept") return lost(lostWrites, "broken", "");
  const sentence = BROKEN[broken.name];
  return { state: "broken", note: "", sentence, short: "Promise broken" };
}

/** The first of what was not promised, how often, and how many other kinds there are. */
function counted({ name, count: times, withdrawnBy }: Verdict, others: number): ChipVerdict {
  const often = times > 1 ? `, ${count(times)} times` : "";
  const more = others === 0 ? "" : `, and ${others} more`;
  return {
    state: "counted",
    note: `not promised by ${withdrawnBy || "the settings of then"}`,
    sentence: `${BROKEN[name]}${often}${more}`,
    short: `${count(others + 1)} not promised`,
  };
}

/** The verdict on what happened so far: broken promises first, then losses that nobody had promised to avoid. */
export function verdictOf(facts: Pick<RunFacts, "counters" | "verdicts" | "replicas">): ChipVerdict {
  const broken = facts.verdicts.find((verdict) => !verdict.holds);
  const lostWrites = facts.counters?.acknowledgedWritesLost ?? 0;
  if (broken !== undefined) return brokenVerdict(broken, lostWrites);
  const kept = facts.verdicts.find((verdict) => verdict.name === "AcknowledgedWritesKept");
  const note = `not promised by ${kept?.withdrawnBy || "the mode of then"}`;
  if (lostWrites > 0) return lost(lostWrites, "named", note);
  const doomed = Math.max(0, ...facts.replicas.map(({ doomedCount }) => doomedCount));
  if (doomed > 0) return lost(doomed, "named", note, "will be ");
  const [first, ...others] = facts.verdicts.filter((verdict) => verdict.count > 0);
  if (first !== undefined) return counted(first, others.length);
  return { state: "intact", note: "", sentence: "No acknowledged write lost", short: "Nothing lost" };
}
