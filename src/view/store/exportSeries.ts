/**
 * The series of the time axis for other programs, under the names of an exporter: as tidy CSV, one value a row, and in
 * the text format of Prometheus with time stamps. Where the history is long, what is older is thinned, its peaks kept.
 */
import { nameOf, replicaId } from "../../base/ids.ts";
import { type Micros, toMillis, toSeconds } from "../../base/units.ts";
import type { RunFacts } from "./runFacts.ts";

/** What is exported. */
export type ExportedFacts = Pick<RunFacts, "lanes" | "counters" | "replicas" | "verdicts" | "virtualNow">;

/** What a write or a stretch of writes says, worked out by whoever knows the stretches. */
export interface StretchValues {
  readonly at: Micros;
  readonly p50: Micros | undefined;
  readonly p99: Micros | undefined;
  readonly availability: number;
}

interface Value {
  readonly at: Micros;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

interface Metric {
  readonly name: string;
  readonly kind: "gauge" | "counter";
  readonly help: string;
  readonly values: readonly Value[];
}

function perReplica(rows: readonly { readonly at: Micros; readonly values: readonly number[] }[]): readonly Value[] {
  return rows.flatMap(({ at, values }) =>
    values
      .map((value, slot) => ({ at, labels: { replica: nameOf(replicaId(slot + 1)) }, value }))
      .filter(({ value }) => !Number.isNaN(value)),
  );
}

function series({ lanes }: ExportedFacts, stretches: readonly StretchValues[]): readonly Metric[] {
  const quantile = (which: "p50" | "p99", label: string) =>
    stretches.flatMap(({ at, ...values }) => {
      const value = values[which];
      return value === undefined ? [] : [{ at, labels: { quantile: label }, value: toSeconds(value) }];
    });
  return [
    {
      name: "replication_lag_seconds",
      kind: "gauge",
      help: "Age of the oldest entry of the leader that is not applied here.",
      values: perReplica(lanes.samples.map(({ at, lag }) => ({ at, values: lag.map((one) => one / 1_000_000) }))),
    },
    {
      name: "replication_queue_depth",
      kind: "gauge",
      help: "Entries of the leader that this replica has not acknowledged.",
      values: perReplica(lanes.samples.map(({ at, queueDepth }) => ({ at, values: queueDepth }))),
    },
    {
      name: "search_recall_at_k",
      kind: "gauge",
      help: "Share of the true nearest that this replica finds, over the probe's questions.",
      values: perReplica(lanes.recalls.map(({ at, recall }) => ({ at, values: recall }))),
    },
    {
      name: "raft_term",
      kind: "gauge",
      help: "The term of a leader, from the instant at which it began to lead.",
      values: lanes.leaderships.map(({ from, term, replicaId: id }) => ({
        at: from,
        labels: { replica: nameOf(id) },
        value: term,
      })),
    },
    {
      name: "write_latency_seconds",
      kind: "gauge",
      help: "Quantiles of the acknowledged writes that were asked for in one stretch of time.",
      values: [...quantile("p50", "0.5"), ...quantile("p99", "0.99")],
    },
    {
      name: "availability_ratio",
      kind: "gauge",
      help: "Share of the writes asked for in one stretch of time that were acknowledged.",
      values: stretches.map(({ at, availability }) => ({ at, labels: {}, value: availability })),
    },
  ];
}

function totals({ counters, verdicts, replicas, virtualNow }: ExportedFacts): readonly Metric[] {
  if (counters === undefined) return [];
  const stale = verdicts.find(({ name }) => name === "FreshReads")?.count ?? 0;
  const total = (name: string, help: string, value: number): Metric => ({
    name,
    kind: "counter",
    help,
    values: [{ at: virtualNow, labels: {}, value }],
  });
  return [
    {
      name: "replication_lag_entries",
      kind: "gauge",
      help: "Entries of the leader that are not applied here.",
      values: perReplica([{ at: virtualNow, values: replicas.map(({ lagEntries }) => lagEntries) }]),
    },
    total("leader_changes_total", "Leaders elected.", counters.leaderChanges),
    total("writes_acknowledged_total", "Writes that a client was told are done.", counters.writesAcknowledged),
    total("acknowledged_writes_lost_total", "Acknowledged writes that are gone.", counters.acknowledgedWritesLost),
    total("stale_reads_total", "Reads that missed a write acknowledged before them.", stale),
    total("reads_served_total", "Reads answered.", counters.readsServed),
    total("searches_empty_total", "Searches that found nothing or got no answer.", counters.searchesEmpty),
    total("messages_dropped_total", "Messages that did not arrive.", counters.messagesDropped),
  ];
}

function metricsOf(facts: ExportedFacts, stretches: readonly StretchValues[]): readonly Metric[] {
  return [...series(facts, stretches), ...totals(facts)].filter(({ values }) => values.length > 0);
}

/** One value a row: when, which metric, of which replica or quantile. */
export function csvOf(facts: ExportedFacts, stretches: readonly StretchValues[]): string {
  const rows = metricsOf(facts, stretches).flatMap(({ name, values }) =>
    values.map(({ at, labels, value }) => [toSeconds(at), name, labels.replica ?? "", labels.quantile ?? "", value]),
  );
  return [["time_seconds", "metric", "replica", "quantile", "value"], ...rows]
    .map((row) => `${row.join(",")}\n`)
    .join("");
}

function labelText(labels: Value["labels"]): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

/** The text format of Prometheus, version 0.0.4; time stamps are virtual milliseconds. */
export function prometheusOf(facts: ExportedFacts, stretches: readonly StretchValues[]): string {
  return metricsOf(facts, stretches)
    .map(({ name, kind, help, values }) => {
      const lines = values.map(
        ({ at, labels, value }) => `${name}${labelText(labels)} ${value} ${Math.round(toMillis(at))}`,
      );
      return [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, ...lines, ""].join("\n");
    })
    .join("\n");
}
