/** The shape of a scenario file, version 1. What its values mean together is checked in `meaning.ts`. */
import * as z from "zod/mini";
import { VERDICT_NAMES } from "../../model/protocol/verdict.ts";
import { MAX_DIMENSION, MAX_ROWS } from "../readers/table.ts";
import { action } from "./actionSchema.ts";
import { searchIndex } from "./indexFile.ts";
import { READ_POLICIES, RULE_NAMES } from "./names.ts";
import { network } from "./networkSchema.ts";
import { duration, flag, list, numberWithin, oneOf, range, record, replicaName, wholeWithin, words } from "./values.ts";

/** What the first key of a scenario says. */
export const SCENARIO_FORMAT = "replicascope-scenario";
/** The version of the format that is written, and the newest that is read. */
export const SCENARIO_VERSION = 1;

/** Rules by name, and where they start from. */
const rules = record({
  /** "raft": the defaults; "tutorial": votes without log check, the vote not kept, nothing on disk. */
  preset: z.optional(oneOf(["raft", "tutorial"])),
  ...ruleFlags(),
});

function ruleFlags() {
  const on = z.optional(flag);
  const flags = Object.fromEntries(RULE_NAMES.map((name) => [name, on]));
  return flags as Record<(typeof RULE_NAMES)[number], typeof on>;
}

const cluster = record({
  replicas: z.optional(wholeWithin(1, 50)),
  mode: z.optional(oneOf(["async", "quorum", "sync"])),
  writeQuorum: z.optional(wholeWithin(1, 50)),
  readQuorum: z.optional(wholeWithin(1, 50)),
  /** Synchronous only: one copy is enough while a replica does not answer. */
  degrade: z.optional(flag),
  electionTimeout: z.optional(range),
  heartbeatInterval: z.optional(duration),
  readPolicy: z.optional(oneOf(READ_POLICIES)),
  stalenessBound: z.optional(duration),
  /** For one message, and for each entry in it. */
  processingCost: z.optional(duration),
  /** From writing to a disk until it is there. */
  fsyncTime: z.optional(duration),
  rules: z.optional(rules),
  /** Leads term 1 from the beginning. */
  leader: z.optional(replicaName),
  /** Approximate search; without it every search is exact. */
  searchIndex: z.optional(searchIndex),
  regions: z.optional(list(record({ name: words, replicas: list(replicaName, 1) }))),
});

const rate = z.optional(numberWithin(0, 1_000));

/** Vectors in a file. Files that the app writes say what was read from it; of a hand-written one the file is read first. */
const dataFile = record({
  /** For the command line: its path, from where the scenario is. */
  file: words,
  bytes: z.optional(wholeWithin(0, Number.MAX_SAFE_INTEGER)),
  digest: z.optional(z.string().check(z.regex(/^[0-9a-f]{16}$/, "must be sixteen hexadecimal digits"))),
  rows: z.optional(wholeWithin(1, MAX_ROWS)),
  dimension: z.optional(wholeWithin(1, MAX_DIMENSION)),
  idColumn: z.optional(words),
  vectorColumns: z.optional(words),
});

const dataset = z.union([oneOf(["products", "colours"]), dataFile], {
  error: 'must be "products", "colours" or a file, as in { "file": "vectors.npy" }',
});

const workload = record({
  dataset: z.optional(dataset),
  clients: z.optional(wholeWithin(1, 100)),
  writesPerSecond: rate,
  readsPerSecond: rate,
  searchesPerSecond: rate,
  arrivals: z.optional(oneOf(["even", "poisson"])),
  maxOpen: z.optional(wholeWithin(1, 10_000)),
  k: z.optional(wholeWithin(1, 100)),
  clientTimeout: z.optional(duration),
});

/** How the app shows it; no part of the run. */
const view = record({
  /** When the app opens it. What lies before is computed. */
  at: z.optional(duration),
  /** Virtual seconds per second. */
  speed: z.optional(numberWithin(0.001, 100)),
});

/** A whole scenario. */
export const scenario = record({
  $schema: z.optional(words),
  format: z.literal(SCENARIO_FORMAT, { error: `must be "${SCENARIO_FORMAT}"` }),
  version: z.literal(SCENARIO_VERSION, { error: `must be ${SCENARIO_VERSION}` }),
  /** What a menu shows. */
  title: z.optional(words),
  /** One paragraph: what happens, what to look at. */
  about: z.optional(words),
  seed: z.optional(wholeWithin(0, 4_294_967_295)),
  cluster: z.optional(cluster),
  network: z.optional(network),
  workload: z.optional(workload),
  view: z.optional(view),
  actions: z.optional(list(action)),
  /** Verdicts that must break. */
  expect: z.optional(list(oneOf(VERDICT_NAMES))),
  /** When the run ends. */
  until: z.optional(duration),
  /** Whether actions at `until` itself are still taken. */
  inclusive: z.optional(flag),
});

/** A scenario as its file gives it, checked. */
export type ScenarioFile = z.infer<typeof scenario>;
/** Its `cluster`. */
export type ClusterFile = NonNullable<ScenarioFile["cluster"]>;
/** A data set that is a file of vectors. */
export type DataFile = z.infer<typeof dataFile>;
/** Its `workload`. */
export type WorkloadFile = NonNullable<ScenarioFile["workload"]>;

/** The text of public/scenario.schema.json: the format as a JSON Schema, for editors. */
export function schemaText(): string {
  return `${JSON.stringify(z.toJSONSchema(scenario, { io: "input", reused: "ref" }), undefined, 2)}\n`;
}
