/** What the command line tells of a run: one JSON object. Its schema is in docs/scenario-format.md. */
import { hashText } from "../base/hash.ts";
import { nameOf, slotOf } from "../base/ids.ts";
import { toSeconds } from "../base/units.ts";
import { lagOf, leadingMember, queueDepthOf } from "../model/cluster/metrics.ts";
import type { ClusterState, Member } from "../model/cluster/state.ts";
import { verdictsOf } from "../model/cluster/verdicts.ts";
import type { Latencies, LatencyReport } from "../model/measure/latencies.ts";
import type { ReadQuality, ReadReport } from "../model/measure/readQuality.ts";
import type { RecallProbe, RecallReport } from "../model/measure/recall.ts";
import type { Verdict, VerdictName } from "../model/protocol/verdict.ts";

/** How one verdict stands. */
export interface VerdictReport {
  readonly promised: boolean;
  readonly holds: boolean;
  readonly count: number;
  /** Virtual seconds. */
  readonly at: number | null;
  readonly message: string;
  /** Why it is not promised; empty when it is. */
  readonly withdrawnBy: string;
}

/** One replica at the end. */
export interface ReplicaReport {
  readonly alive: boolean;
  readonly role: string;
  readonly term: number;
  readonly commitIndex: number;
  readonly lastApplied: number;
  readonly vectors: number;
  readonly digest: string;
  readonly lagSeconds: number;
  readonly queueDepth: number;
}

/** The whole report. */
export interface Report {
  readonly title: string;
  readonly seed: number;
  readonly runHash: string;
  readonly virtualSeconds: number;
  readonly wallSeconds: number;
  readonly events: number;
  readonly term: number;
  readonly leaderChanges: number;
  readonly writes: {
    readonly attempted: number;
    readonly acknowledged: number;
    readonly failed: number;
    readonly unknown: number;
    readonly missing: number;
    readonly lost: number;
    readonly rolledBack: number;
  };
  readonly reads: ReadReport & { readonly empty: number };
  readonly recallAtK: RecallReport;
  readonly latencyMs: LatencyReport & { readonly client: LatencyReport };
  readonly verdicts: Readonly<Partial<Record<VerdictName, VerdictReport>>>;
  readonly replicas: Readonly<Record<string, ReplicaReport>>;
  readonly messages: { readonly sent: number; readonly delivered: number; readonly dropped: number };
}

/** What the report is made of besides the run's state. */
export interface Measured {
  readonly title: string;
  readonly wallSeconds: number;
  readonly latencies: Latencies;
  readonly readQuality: ReadQuality;
  readonly recall: RecallProbe;
}

/** Acknowledged writes that no live replica has now, and that are not lost. */
function missingWrites(state: ClusterState): number {
  const live = state.members.filter((member) => member.alive).map((member) => slotOf(member.id));
  if (live.length === 0) return state.counters.writesAcknowledged - state.counters.acknowledgedWritesLost;
  const isMissing = (copies: Uint8Array) => !live.some((slot) => copies[slot] === 1);
  return [...state.acknowledged.unsettled.values()].flat().filter(({ lost, copies }) => !lost && isMissing(copies))
    .length;
}

function verdictReport({ promised, withdrawnBy, holds, count, at, message }: Verdict): VerdictReport {
  return { promised, holds, count, at: at === undefined ? null : toSeconds(at), message, withdrawnBy };
}

function replicaReport(state: ClusterState, leader: Member | undefined, member: Member): ReplicaReport {
  const { status } = member;
  return {
    alive: member.alive,
    role: status.role,
    term: status.currentTerm,
    commitIndex: status.commitIndex,
    lastApplied: status.lastApplied,
    vectors: status.vectorCount,
    digest: hashText(status.digest),
    lagSeconds: toSeconds(lagOf(leader, member, state.now).lag),
    queueDepth: queueDepthOf(leader, member),
  };
}

/** The report on the run as it stands. */
export function reportOn(state: ClusterState, measured: Measured): Report {
  const { counters, members } = state;
  const leader = leadingMember(state);
  return {
    title: measured.title,
    seed: state.config.seed,
    runHash: hashText(state.hash),
    virtualSeconds: toSeconds(state.now),
    wallSeconds: measured.wallSeconds,
    events: counters.eventsProcessed,
    term: Math.max(...members.map((member) => member.disk.currentTerm)),
    leaderChanges: counters.leaderChanges,
    writes: {
      attempted: counters.writesAttempted,
      acknowledged: counters.writesAcknowledged,
      failed: counters.writesFailed,
      unknown: counters.writesUnknown,
      missing: missingWrites(state),
      lost: counters.acknowledgedWritesLost,
      rolledBack: counters.entriesRolledBack,
    },
    reads: { ...measured.readQuality.report(), empty: counters.searchesEmpty },
    recallAtK: measured.recall.report(),
    latencyMs: measured.latencies.report(),
    verdicts: Object.fromEntries(verdictsOf(state).map((verdict) => [verdict.name, verdictReport(verdict)])),
    replicas: Object.fromEntries(members.map((member) => [nameOf(member.id), replicaReport(state, leader, member)])),
    messages: {
      sent: counters.messagesSent,
      delivered: counters.messagesDelivered,
      dropped: counters.messagesDropped,
    },
  };
}

/** What the run says of the scenario's claims: 0 when all is as promised and as expected, else 1 and why. */
export interface Judgement {
  readonly exitCode: 0 | 1;
  readonly reasons: readonly string[];
}

/** Every promised verdict must hold but those that `expect` names, and those must break. */
export function judge(report: Report, expect: readonly VerdictName[]): Judgement {
  const reasons: string[] = [];
  for (const [name, { holds, count, message }] of Object.entries(report.verdicts)) {
    const expected = expect.some((wanted) => wanted === name);
    if (expected && count === 0) reasons.push(`${name} was expected to break and held`);
    if (!expected && !holds) reasons.push(`${name} was promised and broke: ${message}`);
  }
  return { exitCode: reasons.length === 0 ? 0 : 1, reasons };
}
