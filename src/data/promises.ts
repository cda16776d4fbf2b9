/**
 * The table of promises (mode, read policy, rules and faults against verdicts), made by asking the model itself what it
 * would promise: the page and `docs/promises.md` show the same answers.
 */

import { seconds } from "../base/units.ts";
import {
  type ClusterConfig,
  DEFAULT_CLUSTER,
  DEFAULT_NETWORK,
  DEFAULT_RULES,
  type ReadPolicy,
} from "../model/protocol/config.ts";
import { PROMISES, VERDICT_NAMES, type VerdictName } from "../model/protocol/verdict.ts";
import { type FaultKind, noteRules, noWithdrawals, whyNotPromised } from "../model/verdict/promises.ts";
import { RULE_BREAKS } from "../model/verdict/ruleBreaks.ts";

/** A cluster of three with everything on that helps: what is not promised here no setting but the one shown withholds. */
const BEST: ClusterConfig = {
  ...DEFAULT_CLUSTER,
  readPolicy: "linearizable",
  electionTimeout: { min: seconds(1), max: seconds(2) },
  rules: { ...DEFAULT_RULES, preVote: true, checkQuorum: true },
};

/** Verdicts that no read policy touches, and those that it decides. */
const READS: readonly VerdictName[] = ["ReadYourWrites", "MonotonicReads", "FreshReads", "Linearizability"];

interface Column {
  readonly name: string;
  readonly cluster: ClusterConfig;
}

const modes: readonly Column[] = [
  { name: "asynchronous", cluster: { ...BEST, mode: "asynchronous" } },
  { name: "quorum, W below a majority", cluster: { ...BEST, mode: "quorum", writeQuorum: 1 } },
  { name: "quorum", cluster: { ...BEST, mode: "quorum", writeQuorum: 2 } },
  { name: "synchronous", cluster: { ...BEST, mode: "synchronous" } },
  { name: "synchronous that degrades", cluster: { ...BEST, mode: "synchronous", synchronousDegrades: true } },
];

const policies: readonly (readonly [string, ReadPolicy, number])[] = [
  ["any replica", "any", 2],
  ["session", "session", 2],
  ["bounded staleness", "bounded", 2],
  ["the leader", "leader", 2],
  ["linearizable", "linearizable", 2],
  ["quorum R, W + R at most N", "quorum", 1],
  ["quorum R, W + R above N", "quorum", 2],
];

/** One verdict and whether each column promises it. */
export interface PromiseRow {
  readonly name: VerdictName;
  readonly promise: string;
  readonly promised: readonly boolean[];
}

/** Verdicts against modes, or against read policies. */
export interface PromiseGrid {
  readonly columns: readonly string[];
  readonly rows: readonly PromiseRow[];
}

/** What takes promises away, and which. */
export interface Withdrawal {
  readonly what: string;
  /** How it comes about, in one sentence; empty where the name says it. */
  readonly how: string;
  readonly verdicts: readonly VerdictName[];
}

/** The whole table. */
export interface PromiseTables {
  readonly modes: PromiseGrid;
  readonly reads: PromiseGrid;
  readonly rules: readonly Withdrawal[];
  readonly faults: readonly Withdrawal[];
}

function isPromised(name: VerdictName, cluster: ClusterConfig, withdrawn: readonly FaultKind[] = []): boolean {
  const withdrawals = noWithdrawals();
  noteRules(withdrawals, cluster.rules);
  for (const kind of withdrawn) withdrawals[kind] = kind;
  return whyNotPromised(name, cluster, DEFAULT_NETWORK, withdrawals) === "";
}

function grid(names: readonly VerdictName[], columns: readonly Column[]): PromiseGrid {
  return {
    columns: columns.map(({ name }) => name),
    rows: names.map((name) => ({
      name,
      promise: PROMISES[name],
      promised: columns.map(({ cluster }) => isPromised(name, cluster)),
    })),
  };
}

function lostWith(cluster: ClusterConfig, withdrawn: readonly FaultKind[] = []): readonly VerdictName[] {
  return VERDICT_NAMES.filter((name) => !isPromised(name, cluster, withdrawn));
}

/** Faults that no promise of their kind survives; what each withdraws is the model's to say. */
const FAULTS: readonly (readonly [string, readonly FaultKind[]])[] = [
  ["promoting a replica without an election", ["elections", "storage"]],
  ["restarting with an empty disk, or a lying disk that crashed", ["elections", "storage"]],
  ["a corrupt record while the checksum is off", ["storage", "logs"]],
];

/** Asks the model for every cell. */
export function promiseTables(): PromiseTables {
  const others = VERDICT_NAMES.filter((name) => !READS.includes(name));
  const readers = policies.map(([name, readPolicy, readQuorum]) => ({
    name,
    cluster: { ...BEST, readPolicy, readQuorum },
  }));
  return {
    modes: grid(others, modes),
    reads: grid(READS, readers),
    rules: RULE_BREAKS.map(({ rule, how }) => {
      const readPolicy = rule === "quorumReadWaits" ? "quorum" : BEST.readPolicy;
      return { what: rule, how, verdicts: lostWith({ ...BEST, readPolicy, rules: { ...BEST.rules, [rule]: false } }) };
    }),
    faults: FAULTS.map(([what, kinds]) => ({ what, how: "", verdicts: lostWith(BEST, kinds) })),
  };
}

function gridText({ columns, rows }: PromiseGrid): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(["verdict", "promise", ...columns]),
    line(["---", "---", ...columns.map(() => ":-:")]),
    ...rows.map(({ name, promise, promised }) =>
      line([name, promise, ...promised.map((is) => (is ? "promised" : "–"))]),
    ),
  ].join("\n");
}

/** What is no longer promised, in words; of the checksum: nothing, as long as no record is damaged. */
function namesOf(verdicts: readonly VerdictName[]): string {
  return verdicts.length === 0 ? "nothing, until a record is damaged" : verdicts.join(", ");
}

function rulesText(list: readonly Withdrawal[]): string {
  const rows = list.map(({ what, how, verdicts }) => `| \`${what}\` | ${how} | ${namesOf(verdicts)} |`);
  return ["| rule | without it | no longer promised |", "| --- | --- | --- |", ...rows].join("\n");
}

function faultsText(list: readonly Withdrawal[]): string {
  const rows = list.map(({ what, verdicts }) => `| ${what} | ${namesOf(verdicts)} |`);
  return ["| fault | no longer promised |", "| --- | --- |", ...rows].join("\n");
}

/** The text of docs/promises.md. */
export function promisesText(): string {
  const { modes: byMode, reads, rules, faults } = promiseTables();
  return `# What a cluster promises

Mode, safety rules, read policy and the faults so far decide together which verdicts a run promises. What breaks is judged by
what was promised when it was established: an entry when it committed, a write when it was acknowledged, a read when it was
asked. A promised verdict that breaks turns the chip red and ends the command line with exit code 1; one that was not promised
is counted and named. Made from the code by \`npx tsx src/lab/writePromises.ts > docs/promises.md\`; a test compares.

## By mode

Three replicas, every rule on, pre-vote and check-quorum too, no loss, a timeout range of more than ten times one way.

${gridText(byMode)}

Liveness needs pre-vote, check-quorum, no loss and a timeout range of at least ten times the one-way latency; LeaderStability
needs pre-vote, no loss, and a heartbeat and the longest way together below the shortest timeout.

## By read policy

The same cluster under quorum with W = 2. Where the mode does not keep acknowledged writes, no policy can promise anything.

${gridText(reads)}

W + R > N promises that no acknowledged write is missed. That reads never go backwards, and that every item behaves as one copy,
needs majority + R > N besides: W above the majority delays the acknowledgement, not what can be seen.

## A rule that is off

${rulesText(rules)}

## Faults that no promise of their kind survives

${faultsText(faults)}

Crashes, pauses, slow machines, clocks, partitions and lost messages withdraw nothing but what is said above of Liveness and
LeaderStability: to bear them is what the cluster is for.
`;
}
