/** The verdict chip: one sentence. Red only where a promise was broken (`DESIGN.md` section 5). */
import type { Verdict, VerdictName } from "../../model/protocol/verdict.ts";
import { count } from "./format.ts";
import type { RunFacts } from "./runFacts.ts";

/** What the chip says. `intact`: nothing lost; `named`: lost, but not promised; `broken`: a promise broke. */
export interface ChipVerdict {
  readonly state: "intact" | "named" | "broken";
  /** Why it was not promised: "not promised by asynchronous replication". Empty otherwise. */
  readonly note: string;
  readonly sentence: string;
  /** The same in a few letters, for a phone. */
  readonly short: string;
}

/** What every verdict promises, in plain words, and what to call its breaking. */
export const VERDICT_WORDS: Readonly<Record<VerdictName, { readonly promise: string; readonly broken: string }>> = {
  AcknowledgedWritesKept: { promise: "No acknowledged write is lost.", broken: "Acknowledged writes lost" },
  ElectionSafety: { promise: "A term has at most one leader.", broken: "Two leaders in one term" },
  LeaderAppendOnly: { promise: "A leader only ever adds to its log.", broken: "A leader changed its own log" },
  LogMatching: {
    promise: "Logs that share an entry agree on all before it.",
    broken: "Two logs disagree below a shared entry",
  },
  LeaderCompleteness: {
    promise: "Every later leader has what was committed.",
    broken: "A leader lacks a committed entry",
  },
  StateMachineSafety: {
    promise: "No two replicas apply different entries at one index.",
    broken: "Replicas applied different entries",
  },
  Liveness: {
    promise: "A majority that can work together gets things done.",
    broken: "A healthy majority got nothing done",
  },
  LeaderStability: { promise: "A leader that works is not deposed.", broken: "A working leader was deposed" },
  ReadYourWrites: { promise: "A client reads what it has written.", broken: "A client missed its own write" },
  MonotonicReads: { promise: "A client never reads backwards in time.", broken: "A client read backwards in time" },
  FreshReads: {
    promise: "A read sees every write acknowledged before it.",
    broken: "A read missed an acknowledged write",
  },
  NoDirtyReads: { promise: "What was read stays true.", broken: "A client read what was taken back" },
  Linearizability: {
    promise: "Each item behaves as if there were one copy.",
    broken: "An item did not behave like one copy",
  },
};

function writes(value: number): string {
  return `${count(value)} acknowledged ${value === 1 ? "write" : "writes"}`;
}

function lost(value: number, state: ChipVerdict["state"], note: string, will = ""): ChipVerdict {
  return { state, note, sentence: `${writes(value)} ${will}lost`, short: `${count(value)} ${will}lost` };
}

function brokenVerdict(broken: Verdict, lostWrites: number): ChipVerdict {
  if (broken.name === "AcknowledgedWritesKept") return lost(lostWrites, "broken", "");
  const sentence = VERDICT_WORDS[broken.name].broken;
  return { state: "broken", note: "", sentence, short: "Promise broken" };
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
  return { state: "intact", note: "", sentence: "No acknowledged write lost", short: "Nothing lost" };
}
