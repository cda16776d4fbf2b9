/** Carrying out commands at their virtual instant. Everything before that instant has happened, nothing at it has. */
import { feedInteger } from "../../base/hash.ts";
import { type Address, type ClientId, clientSlotOf, OPERATOR } from "../../base/ids.ts";
import type { ClientInput, ClientState } from "../client/client.ts";
import { setRates } from "../client/workload.ts";
import { heal, partition, setCut } from "../network/network.ts";
import type { AimedCommand, Command, WriteDraft } from "../protocol/commands.ts";
import type { ClusterConfig, LinkQuality, NetworkConfig, SearchIndexConfig } from "../protocol/config.ts";
import type { WriteOperation } from "../protocol/item.ts";
import type { RequestId } from "../protocol/log.ts";
import { embeddingOf, unitVector } from "../vector/embedding.ts";
import { loseBeforeTheWall, meddle, nextCounter } from "./absorb.ts";
import { findAim } from "./aim.ts";
import { noteAsked } from "./askedSearches.ts";
import { commandProblem } from "./checkCommand.ts";
import { type Lifecycle, performFault, tellReplica } from "./faults.ts";
import { feedCanonical } from "./feed.ts";
import { type Strike, setGameDay, takeStrike } from "./gameDay.ts";
import { reportWorld } from "./outbox.ts";
import type { ClusterState } from "./state.ts";
import { judgeCommand, updatePromises } from "./verdicts.ts";

/** Receipts that are kept, newest first in the picture. */
const RECEIPTS_LIMIT = 100;

/** Takes `asked` at `state.now`. One that does not apply becomes an event; nothing else changes. */
export function applyCommand(state: ClusterState, asked: Command | AimedCommand): readonly Lifecycle[] {
  const at = state.now;
  state.commands.push({ at, command: asked });
  if (asked.kind !== "aimed" && asked.kind !== "nextMessage") return carryOut(state, asked);
  const found = findAim(state, asked);
  if ("command" in found) return carryOut(state, found.command);
  feedInteger(state.hash, at);
  feedCanonical(state.hash, asked);
  reportWorld(state, at, { kind: "commandIgnored", command: asked, problem: found.problem });
  return [];
}

/** Takes what game day, or the end of a fault, does at `state.now`. It is no input: a replay finds it again. */
export function applyStrike(state: ClusterState): readonly Lifecycle[] {
  const strike = takeStrike(state);
  return strike === undefined ? [] : carryOut(state, strike.command, strike.by);
}

function carryOut(state: ClusterState, command: Command, by?: Strike["by"]): readonly Lifecycle[] {
  const at = state.now;
  feedInteger(state.hash, at);
  feedCanonical(state.hash, command);
  const problem = commandProblem(state, command);
  if (problem !== undefined) {
    reportWorld(state, at, { kind: "commandIgnored", command, problem });
    return [];
  }
  reportWorld(state, at, { kind: "commandDone", command, ...(by === undefined ? {} : { by }) });
  const orders = perform(state, command);
  judgeCommand(state, command);
  return orders;
}

function perform(state: ClusterState, command: Command): readonly Lifecycle[] {
  switch (command.kind) {
    case "crash":
    case "restart":
    case "wipe":
    case "pause":
    case "resume":
    case "slow":
    case "refuseWrites":
    case "acceptWrites":
    case "clock":
    case "disk":
    case "corrupt":
    case "promote":
      return performFault(state, command);
    case "isolate":
      partition(state.network, [[command.replicaId]], state.now);
      loseBeforeTheWall(state);
      return [];
    case "message":
      meddle(state, command.flight, command.action);
      return [];
    case "partition":
      partition(state.network, command.groups, state.now);
      loseBeforeTheWall(state);
      return [];
    case "heal":
      heal(state.network);
      return [];
    case "cut":
      setCut(state.network, command.from, command.to, true);
      loseBeforeTheWall(state);
      return [];
    case "restore":
      setCut(state.network, command.from, command.to, false);
      return [];
    case "write":
      writeFor(state, command.client, command.draft);
      return [];
    case "search":
      searchFor(state, command);
      return [];
    case "retry":
      retryFor(state, command.requestId);
      return [];
    case "setGameDay":
      setGameDay(state, command.plan);
      return [];
    default:
      configure(state, command);
      updatePromises(state);
      return [];
  }
}

function askClient(state: ClusterState, to: ClientId, input: ClientInput): void {
  const counter = nextCounter(state, OPERATOR);
  state.queue.push({ at: state.now, source: OPERATOR, counter, for: "client", to, input, flight: undefined });
}

function operationOf(draft: WriteDraft): WriteOperation {
  if (draft.kind === "delete") return draft;
  const { id, values, payload } = draft;
  return { kind: "put", id, embedding: embeddingOf(unitVector(values)), payload };
}

/** The number of the request that `client` makes of what it is asked to do next, after what waits already. */
function nextRequestOf(state: ClusterState, { id, nextRequest }: ClientState): RequestId {
  const waiting = state.queue
    .inOrder()
    .filter((queued) => queued.for === "client" && queued.to === id && queued.input.kind === "ask");
  return id * 0x1_0000_0000 + nextRequest + waiting.length;
}

/** A person's write: the client's next request, so its id is known before it leaves. */
function writeFor(state: ClusterState, clientId: ClientId, draft: WriteDraft): void {
  const client = state.clients[clientSlotOf(clientId)];
  if (client === undefined) return;
  const operation = operationOf(draft);
  const requestId = nextRequestOf(state, client);
  state.receipts.push({
    requestId,
    clientId,
    operation,
    askedAt: state.now,
    outcome: "pending",
    redirects: 0,
    version: undefined,
    latency: undefined,
    rolledBack: new Set(),
  });
  if (state.receipts.length > RECEIPTS_LIMIT) state.receipts.shift();
  askClient(state, clientId, { kind: "ask", ask: { kind: "write", operation } });
}

/** A person's search: one more request of the client, answered as the read policy says. */
function searchFor(state: ClusterState, command: Extract<Command, { kind: "search" }>): void {
  const query = embeddingOf(unitVector(command.values));
  const question = { kind: "search", query, k: command.k } as const;
  const client = state.clients[clientSlotOf(command.client)];
  if (client === undefined) return;
  noteAsked(state, { requestId: nextRequestOf(state, client), clientId: client.id, query, k: command.k });
  askClient(state, command.client, { kind: "ask", ask: { kind: "read", question } });
}

function retryFor(state: ClusterState, requestId: number): void {
  const receipt = state.receipts.find((candidate) => candidate.requestId === requestId);
  if (receipt === undefined) return;
  receipt.outcome = "pending";
  askClient(state, receipt.clientId, { kind: "retry", requestId, operation: receipt.operation });
}

type Setting = Exclude<Extract<Command, { kind: `set${string}` }>, { kind: "setGameDay" }>;

function configure(state: ClusterState, command: Setting): void {
  const { config, now } = state;
  switch (command.kind) {
    case "setNetwork":
      state.config = { ...config, network: { ...config.network, quality: command.quality } };
      break;
    case "setLink":
      state.config = { ...config, network: withOverride(config.network, command.from, command.to, command.quality) };
      break;
    case "setRates":
      state.config = { ...config, workload: { ...config.workload, ...command.rates } };
      setRates(state.workload, state.config.workload, now);
      break;
    default:
      state.config = { ...config, cluster: changed(config.cluster, command) };
      configureReplicas(state);
  }
}

function changed(
  cluster: ClusterConfig,
  command: Exclude<Setting, { kind: "setNetwork" | "setLink" | "setRates" }>,
): ClusterConfig {
  switch (command.kind) {
    case "setMode":
      return { ...cluster, mode: command.mode };
    case "setQuorum":
      return { ...cluster, writeQuorum: command.writeQuorum, readQuorum: command.readQuorum };
    case "setDegrade":
      return { ...cluster, synchronousDegrades: command.synchronousDegrades };
    case "setPolicy":
      return { ...cluster, readPolicy: command.readPolicy, stalenessBound: command.stalenessBound };
    case "setTimings":
      return { ...cluster, electionTimeout: command.electionTimeout, heartbeatInterval: command.heartbeatInterval };
    case "setCosts":
      return { ...cluster, processingCost: command.processingCost, diskSync: command.diskSync };
    case "setSearchIndex":
      return withIndex(cluster, command.index);
    case "setRule":
      return { ...cluster, rules: { ...cluster.rules, [command.rule]: command.on } };
  }
}

/** Without an index there is no such field: such a cluster is as one that never had it. */
function withIndex(cluster: ClusterConfig, index: SearchIndexConfig | undefined): ClusterConfig {
  const { searchIndex: _, ...exact } = cluster;
  return index === undefined ? exact : { ...exact, searchIndex: index };
}

function withOverride(
  network: NetworkConfig,
  from: Address,
  to: Address,
  quality: LinkQuality | undefined,
): NetworkConfig {
  const others = network.overrides.filter((override) => override.from !== from || override.to !== to);
  return { ...network, overrides: quality === undefined ? others : [...others, { from, to, quality }] };
}

/** The operator sets the configuration on every running replica at one instant; the others read it when they start. */
function configureReplicas(state: ClusterState): void {
  const { members, config } = state;
  for (const { id, alive } of members) {
    if (!alive) continue;
    tellReplica(state, id, { kind: "configure", config: config.cluster });
  }
}
