// Any run at all, for fast-check: every kind of command, whole configurations, as a page or a file may have made them.
import fc from "fast-check";
import { type Address, clientId, replicaId } from "../../src/base/ids.ts";
import { type Micros, micros } from "../../src/base/units.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import { embedProduct, embedQuery } from "../../src/data/query.ts";
import { isMessageKind, MESSAGE_KINDS, READ_POLICIES, RULE_NAMES } from "../../src/data/scenarios/names.ts";
import type {
  AimedCommand,
  Command,
  GameDayFault,
  ReplicaVerb,
  WriteDraft,
} from "../../src/model/protocol/commands.ts";
import { DEFAULT_RULES, type LinkQuality, MODEL_VERSION, type RunConfig } from "../../src/model/protocol/config.ts";
import type { LatencyModel } from "../../src/model/protocol/latency.ts";
import type { RunInputs } from "../../src/model/protocol/session.ts";

const REPLICAS = 5;
const CLIENTS = 3;

const replica = fc.integer({ min: 1, max: REPLICAS }).map(replicaId);
const client = fc.integer({ min: 1, max: CLIENTS }).map(clientId);
const member: fc.Arbitrary<Address> = fc.oneof(replica, client);
const span = (low: number, high: number): fc.Arbitrary<Micros> => fc.integer({ min: low, max: high }).map(micros);
const short = span(1_000, 600_000_000);
const mode = fc.constantFrom("asynchronous" as const, "quorum" as const, "synchronous" as const);
const share = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0);

const plainLatency: fc.Arbitrary<Exclude<LatencyModel, { kind: "mixture" }>> = fc.oneof(
  fc.record({ kind: fc.constant("constant" as const), value: short }),
  fc.tuple(short, short).map(([a, b]) => ({
    kind: "uniform" as const,
    low: micros(Math.min(a, b)),
    high: micros(Math.max(a, b)),
  })),
  fc.record({ kind: fc.constant("normal" as const), mean: short, deviation: short }),
  fc.record({ kind: fc.constant("exponential" as const), mean: short }),
  fc.record({
    kind: fc.constant("pareto" as const),
    scale: short,
    shape: fc.double({ min: 0.1, max: 9, noNaN: true }),
  }),
  fc.record({ kind: fc.constant("samples" as const), values: fc.array(short, { minLength: 1, maxLength: 4 }) }),
);

const latency: fc.Arbitrary<LatencyModel> = fc.oneof(
  plainLatency,
  fc.record({
    kind: fc.constant("mixture" as const),
    parts: fc.array(fc.record({ weight: fc.double({ min: 0.01, max: 9, noNaN: true }), model: plainLatency }), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
);

const quality: fc.Arbitrary<LinkQuality> = fc.record(
  {
    latency,
    latencyByClass: fc.oneof(
      fc.constant(undefined),
      fc.record({ request: latency }),
      fc.record({ request: latency, reply: latency }),
    ),
    loss: share,
    duplication: share,
    reordering: share,
    bandwidth: fc.oneof(fc.constant(undefined), fc.integer({ min: 1, max: 1_000_000 })),
  },
  { requiredKeys: ["latency", "loss", "duplication", "reordering"] },
);

const verb: fc.Arbitrary<ReplicaVerb> = fc.oneof(
  fc
    .constantFrom(
      ...(["crash", "restart", "wipe", "resume", "refuseWrites", "acceptWrites", "corrupt", "promote"] as const),
      "isolate" as const,
    )
    .map((kind) => ({ kind })),
  fc.record({ kind: fc.constant("pause" as const), lasts: short }, { requiredKeys: ["kind"] }),
  fc.record({ kind: fc.constant("slow" as const), factor: fc.double({ min: 1, max: 1_000, noNaN: true }) }),
  fc.record({
    kind: fc.constant("clock" as const),
    offset: span(-600_000_000, 600_000_000),
    drift: fc.double({ min: -0.5, max: 1, noNaN: true }).map((value) => value + 0),
  }),
  fc.record({ kind: fc.constant("disk" as const), syncTime: short, lies: fc.boolean() }),
);

const faults: readonly GameDayFault[] = [
  { kind: "crash" },
  { kind: "pause" },
  { kind: "pause", lasts: micros(5_000) },
  { kind: "slow", factor: 7.5 },
  { kind: "isolate" },
  { kind: "refuseWrites" },
];

const products = datasetByName("products");
const line = fc.string({ minLength: 1, maxLength: 20, unit: "grapheme" }).map((text) => `a${text}`);
const noise = fc
  .array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 256, maxLength: 256 })
  .map((values) => Float32Array.from(values));

const ownProduct = fc.record({
  kind: fc.constant("product" as const),
  name: line,
  description: fc.string({ maxLength: 40 }),
  category: line,
  priceCents: fc.integer({ min: 0, max: 99_999_999 }),
});

function valuesOf(text: string): Float32Array {
  const embedded = embedQuery("products", text);
  if (!embedded.ok) throw new Error(embedded.message);
  return embedded.vector;
}

const known = fc.constantFrom(...products.items.slice(0, 40));

const draft: fc.Arbitrary<WriteDraft> = fc.oneof(
  known.chain(({ id, drafts }) =>
    fc.constantFrom(...drafts).map(({ embedding, payload }) => ({
      kind: "put" as const,
      id,
      values: embedding,
      payload,
    })),
  ),
  fc.tuple(line, ownProduct).map(([id, payload]) => {
    const embedded = embedProduct(payload.name, payload.description, payload.category);
    if (!embedded.ok) throw new Error(embedded.message);
    return { kind: "put" as const, id, values: embedded.vector, payload };
  }),
  fc.tuple(line, ownProduct, noise).map(([id, payload, values]) => ({ kind: "put" as const, id, values, payload })),
  line.map((id) => ({ kind: "delete" as const, id })),
);

const question = fc.oneof(
  known.map(({ drafts }) => drafts[0]?.embedding ?? new Float32Array(256)),
  line.map(valuesOf),
  noise,
);

const meddling = fc.oneof(
  fc.constant({ kind: "drop" as const }),
  fc.constant({ kind: "duplicate" as const }),
  short.map((by) => ({ kind: "delay" as const, by })),
);

const ends = fc
  .tuple(replica, fc.integer({ min: 1, max: REPLICAS - 1 }))
  .map(([from, on]) => ({ from, to: replicaId(((from - 1 + on) % REPLICAS) + 1) }));

const groups = fc
  .uniqueArray(member, { minLength: 1, maxLength: 6 })
  .chain((members) =>
    fc.integer({ min: 1, max: members.length }).map((cut) => [members.slice(0, cut), members.slice(cut)]),
  )
  .map((made) => made.filter((group) => group.length > 0));

const settings: fc.Arbitrary<Command> = fc.oneof(
  mode.map((value) => ({ kind: "setMode" as const, mode: value })),
  fc.record({
    kind: fc.constant("setQuorum" as const),
    writeQuorum: fc.integer({ min: 1, max: REPLICAS }),
    readQuorum: fc.integer({ min: 1, max: REPLICAS }),
  }),
  fc.record({ kind: fc.constant("setDegrade" as const), synchronousDegrades: fc.boolean() }),
  fc.record({
    kind: fc.constant("setPolicy" as const),
    readPolicy: fc.constantFrom(...READ_POLICIES),
    stalenessBound: short,
  }),
  fc.tuple(short, short, short).map(([a, b, heartbeatInterval]) => ({
    kind: "setTimings" as const,
    electionTimeout: { min: micros(Math.min(a, b)), max: micros(Math.max(a, b)) },
    heartbeatInterval,
  })),
  fc.record({ kind: fc.constant("setRule" as const), rule: fc.constantFrom(...RULE_NAMES), on: fc.boolean() }),
  fc.record({
    kind: fc.constant("setSearchIndex" as const),
    index: fc.oneof(
      fc.constant(undefined),
      fc.record({
        kind: fc.constant("hnsw" as const),
        m: fc.integer({ min: 4, max: 48 }),
        efConstruction: fc.integer({ min: 16, max: 512 }),
        ef: fc.integer({ min: 1, max: 512 }),
        replicas: fc.oneof(fc.constant("all" as const), fc.uniqueArray(replica, { minLength: 1 })),
      }),
    ),
  }),
  fc.record({ kind: fc.constant("setCosts" as const), processingCost: span(0, 9_999_999), diskSync: short }),
  fc.record({
    kind: fc.constant("setGameDay" as const),
    plan: fc.oneof(
      fc.constant(undefined),
      fc.record({ fault: fc.constantFrom(...faults), every: span(100_000, 86_400_000_000), lasts: short }),
    ),
  }),
  quality.map((value) => ({ kind: "setNetwork" as const, quality: value })),
  fc
    .tuple(ends, fc.option(quality, { nil: undefined }))
    .map(([link, value]) => ({ kind: "setLink" as const, ...link, quality: value })),
  fc.record({
    kind: fc.constant("setRates" as const),
    rates: fc.record({
      writesPerSecond: fc.integer({ min: 0, max: 1_000 }),
      readsPerSecond: fc.double({ min: 0, max: 1_000, noNaN: true }).map((value) => value + 0),
      searchesPerSecond: fc.integer({ min: 0, max: 1_000 }),
    }),
  }),
);

const aimed: fc.Arbitrary<AimedCommand> = fc.oneof(
  fc.record({
    kind: fc.constant("aimed" as const),
    aim: fc.constantFrom("leader" as const, "random" as const, "same" as const),
    label: fc.integer({ min: 0, max: 1_000 }),
    verb,
    was: fc.option(replica, { nil: undefined }),
  }),
  fc
    .tuple(ends, fc.option(fc.constantFrom(...MESSAGE_KINDS.filter(isMessageKind)), { nil: undefined }), meddling)
    .map(([link, of, action]) => ({ kind: "nextMessage" as const, ...link, of, action })),
);

/** Any command. */
export const anyCommand: fc.Arbitrary<Command | AimedCommand> = fc.oneof(
  { weight: 4, arbitrary: settings },
  { weight: 2, arbitrary: aimed },
  { weight: 3, arbitrary: fc.tuple(verb, replica).map(([what, replicaId]) => ({ ...what, replicaId })) },
  fc.record({ kind: fc.constant("message" as const), flight: fc.nat(), action: meddling }),
  groups.map((made) => ({ kind: "partition" as const, groups: made })),
  fc.constant({ kind: "heal" as const }),
  fc.tuple(fc.constantFrom("cut" as const, "restore" as const), ends).map(([kind, link]) => ({ kind, ...link })),
  fc.record({ kind: fc.constant("write" as const), client, draft }),
  fc.record({ kind: fc.constant("search" as const), client, values: question, k: fc.integer({ min: 1, max: 100 }) }),
  fc
    .tuple(client, fc.nat())
    .map(([id, number]) => ({ kind: "retry" as const, requestId: id * 0x1_0000_0000 + number })),
);

const rules = fc
  .uniqueArray(fc.constantFrom(...RULE_NAMES))
  .map((flipped) => ({ ...DEFAULT_RULES, ...Object.fromEntries(flipped.map((name) => [name, !DEFAULT_RULES[name]])) }));

/** Any configuration of five replicas. */
export const anyConfig: fc.Arbitrary<RunConfig> = fc.record({
  seed: fc.integer({ min: 0, max: 4_294_967_295 }),
  cluster: fc.record({
    replicaCount: fc.constant(REPLICAS),
    mode,
    writeQuorum: fc.integer({ min: 1, max: REPLICAS }),
    readQuorum: fc.integer({ min: 1, max: REPLICAS }),
    synchronousDegrades: fc.boolean(),
    electionTimeout: fc.constant({ min: micros(150_000), max: micros(300_000) }),
    heartbeatInterval: short,
    readPolicy: fc.constantFrom(...READ_POLICIES),
    stalenessBound: short,
    processingCost: span(0, 100),
    diskSync: span(0, 10_000),
    rules,
    initialLeader: fc.option(replica, { nil: undefined }),
    regions: fc.constantFrom([], [{ name: "east", replicas: [replicaId(1), replicaId(4)] }]),
  }),
  network: fc.record({
    quality,
    overrides: fc.uniqueArray(
      fc.tuple(ends, quality).map(([link, own]) => ({ ...link, quality: own })),
      { maxLength: 3, selector: ({ from, to }) => `${from}>${to}` },
    ),
    minimumLatency: span(1, 1_000),
  }),
  workload: fc.record({
    dataset: fc.constant("products" as const),
    clients: fc.constant(CLIENTS),
    writesPerSecond: fc.integer({ min: 0, max: 50 }),
    readsPerSecond: fc.integer({ min: 0, max: 50 }),
    searchesPerSecond: fc.integer({ min: 0, max: 50 }),
    arrivals: fc.constantFrom("even" as const, "poisson" as const),
    maxOpen: fc.integer({ min: 1, max: 32 }),
    k: fc.integer({ min: 1, max: 10 }),
    clientTimeout: short,
  }),
});

/** Any run: commands in order of time. */
export const anyInputs: fc.Arbitrary<RunInputs> = fc
  .tuple(anyConfig, fc.array(fc.tuple(span(0, 600_000_000), anyCommand), { maxLength: 12 }))
  .map(([config, timed]) => ({
    modelVersion: MODEL_VERSION,
    config,
    commands: timed.map(([at, command]) => ({ at, command })).sort((a, b) => a.at - b.at),
  }));
