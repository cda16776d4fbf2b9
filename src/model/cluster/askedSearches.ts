/**
 * Searches that a person let a client ask: who was asked, who took part, who answered, and what the answer was worth. Read
 * off the messages as they are taken over; part of no hash, and nothing of the run depends on it.
 */
import { type ClientId, isReplica, type ReplicaId } from "../../base/ids.ts";
import { between, type Micros } from "../../base/units.ts";
import type { ReadPolicy } from "../protocol/config.ts";
import type { AskedNeighbour, AskedSearch } from "../protocol/frame.ts";
import { compareVersions, type Embedding, type ItemPayload, type Neighbour, type Version } from "../protocol/item.ts";
import type { RequestId } from "../protocol/log.ts";
import type { Message } from "../protocol/messages.ts";
import type { StepRecord } from "../protocol/work.ts";
import { logEnd } from "../replica/log.ts";
import type { ClientRecord } from "./absorb.ts";
import { mayBeDeletedSince, nearestOfTruth } from "./acknowledged.ts";
import { type JudgedAnswer, judgeSearch } from "./judgement.ts";
import type { ClusterState, Flight } from "./state.ts";

/** Searches that are kept; older ones are forgotten. */
const KEPT = 4;

/** One replica's part in a quorum search. */
interface Part {
  readonly replicaId: ReplicaId;
  readonly logEnd: Version;
  /** Undefined of the coordinator: it does not tell itself. */
  readonly applied: Version | undefined;
}

export interface AskedSearchState {
  readonly requestId: RequestId;
  readonly clientId: ClientId;
  readonly query: Embedding;
  readonly k: number;
  readonly policy: ReadPolicy;
  /** Replicas that have to take part: R under the quorum policy. */
  readonly wanted: number;
  readonly askedAt: Micros;
  /** The true nearest when it was asked. */
  readonly best: readonly Neighbour[];
  outcome: AskedSearch["outcome"];
  readonly sentTo: ReplicaId[];
  /** The quorum read that became of it: whose, and under which number. */
  coordinator: ReplicaId | undefined;
  readId: number;
  readonly parts: Part[];
  /** Set when those that took part had to wait until one of them has applied this. */
  waitedFor: Version | undefined;
  answeredBy: ReplicaId | undefined;
  appliedTo: Version | undefined;
  latency: Micros | undefined;
  /** What the answer was worth, in words that a picture only takes over: a ghost's name is looked for but once. */
  neighbours: readonly AskedNeighbour[];
  missing: readonly AskedNeighbour[];
  recall: number | undefined;
}

/** A client is told to search next, as `requestId`. */
export function noteAsked(
  state: ClusterState,
  { requestId, clientId, query, k }: Pick<AskedSearchState, "requestId" | "clientId" | "query" | "k">,
): void {
  const { readPolicy, readQuorum } = state.config.cluster;
  const found = nearestOfTruth(state.acknowledged, query, k);
  state.searches.push({
    requestId,
    clientId,
    query,
    k,
    policy: readPolicy,
    wanted: readPolicy === "quorum" ? readQuorum : 1,
    askedAt: state.now,
    best: found.map(({ item: { id, version }, score }) => ({ id, score, version })),
    outcome: "pending",
    sentTo: [],
    coordinator: undefined,
    readId: 0,
    parts: [],
    waitedFor: undefined,
    answeredBy: undefined,
    appliedTo: undefined,
    latency: undefined,
    neighbours: [],
    missing: [],
    recall: undefined,
  });
  if (state.searches.length > KEPT) state.searches.shift();
}

function addPart(search: AskedSearchState, part: Part): void {
  const isKnown = search.parts.some(({ replicaId }) => replicaId === part.replicaId);
  if (!isKnown && search.parts.length < search.wanted) search.parts.push(part);
}

/** Whether a probe carries the question of `search`: replicas do not tell each other whose it is. */
function asksFor({ query, k }: AskedSearchState, message: Message): boolean {
  if (message.kind !== "readProbe" || message.question.kind !== "search") return false;
  const { query: other, k: otherK } = message.question;
  return otherK === k && other.digestLow === query.digestLow && other.digestHigh === query.digestHigh;
}

function followSent(state: ClusterState, search: AskedSearchState, id: ReplicaId, message: Message): void {
  if (search.coordinator === undefined && search.sentTo.includes(id) && asksFor(search, message)) {
    if (message.kind !== "readProbe") return;
    search.coordinator = id;
    search.readId = message.readId;
    const own = state.members.find((member) => member.id === id);
    if (own !== undefined) addPart(search, { replicaId: id, logEnd: logEnd(own.disk), applied: undefined });
  } else if (message.kind === "readWait" && search.coordinator === id && search.readId === message.readId) {
    search.waitedFor = message.target;
  }
}

/** A replica has processed one event. */
export function followReplica(
  state: ClusterState,
  id: ReplicaId,
  { effects }: StepRecord,
  flight: Flight | undefined,
): void {
  for (const search of state.searches) {
    if (search.outcome !== "pending") continue;
    for (const effect of effects) if (effect.kind === "send") followSent(state, search, id, effect.message);
    if (flight === undefined || search.coordinator !== id || !isReplica(flight.from)) continue;
    const { message, from } = flight;
    if (message.kind !== "readProbeReply" || message.readId !== search.readId) continue;
    addPart(search, { replicaId: from, logEnd: message.result.logEnd, applied: message.result.applied });
  }
}

function take(state: ClusterState, search: AskedSearchState, message: Message, at: Micros): void {
  if (message.kind !== "clientReply" || message.requestId !== search.requestId) return;
  const { answer } = message;
  if (answer.kind !== "answered" || answer.answer.kind !== "neighbours") return;
  const { neighbours } = answer.answer;
  search.outcome = neighbours.length === 0 ? "empty" : "answered";
  search.answeredBy = answer.answeredBy;
  search.appliedTo = answer.appliedTo;
  search.latency = between(search.askedAt, at);
  const standing = (id: string) => standingThen(state, search, id);
  const mayBeDeleted = (id: string, version: Version) => mayBeDeletedSince(state.acknowledged, id, version);
  const judged = judgeSearch({ best: search.best, standing, mayBeDeleted }, neighbours);
  const named = (found: Neighbour, fault: AskedNeighbour["fault"]) => ({
    id: found.id,
    name: nameIn(state, found.id),
    fault,
  });
  search.recall = judged.recall;
  search.neighbours = neighbours.map((found) => named(found, faultOf(judged, search.best, found)));
  search.missing = judged.missing.map((lacked) => named(lacked, "missing"));
}

/** What the truth said of `id` when it was asked; what was acknowledged since does not count. */
function standingThen({ acknowledged }: ClusterState, { best, askedAt }: AskedSearchState, id: string) {
  const known = acknowledged.truth.get(id);
  if (known !== undefined && (known.write === undefined || known.write.acknowledgedAt <= askedAt)) {
    return { version: known.version, deleted: known.item === undefined };
  }
  const version = best.find((neighbour) => neighbour.id === id)?.version;
  return version === undefined ? undefined : { version, deleted: false };
}

/** A client has processed one event. */
export function followClient(state: ClusterState, id: ClientId, { at, input, effects }: ClientRecord): void {
  for (const search of state.searches) {
    if (search.clientId !== id || search.outcome !== "pending") continue;
    if (input.kind === "message") take(state, search, input.message, at);
    for (const effect of effects) {
      if (effect.kind === "send") {
        const { message, to } = effect;
        if (message.kind === "readRequest" && message.requestId === search.requestId) search.sentTo.push(to);
      } else if (effect.event.kind === "unanswered" && effect.event.requestId === search.requestId) {
        search.outcome = "unanswered";
      } else if (effect.event.kind === "skipped" && effect.event.requestId === search.requestId) {
        search.outcome = "skipped";
      }
    }
  }
}

/** What a person sees of an id: as the truth has it, or as the data set began with it. */
function payloadOf({ acknowledged, workload }: ClusterState, id: string): ItemPayload | undefined {
  const known = acknowledged.truth.get(id)?.item;
  return known?.payload ?? workload.catalogue.find((item) => item.id === id)?.drafts[0]?.payload;
}

function nameIn(state: ClusterState, id: string): string {
  return payloadOf(state, id)?.name ?? id;
}

function faultOf(
  judged: JudgedAnswer,
  best: readonly Neighbour[],
  { id, version }: Neighbour,
): AskedNeighbour["fault"] {
  const isIt = (other: Neighbour) => other.id === id;
  if (judged.ghosts.some(isIt)) return "ghost";
  if (judged.outdated.some(isIt)) return "outdated";
  const known = best.find(isIt);
  return known !== undefined && compareVersions(version, known.version) > 0 ? "unconfirmed" : undefined;
}

/** The searches as a picture shows them, newest first. */
export function askedSearches(state: ClusterState): readonly AskedSearch[] {
  return state.searches.toReversed().map((search) => ({
    requestId: search.requestId,
    clientId: search.clientId,
    k: search.k,
    policy: search.policy,
    askedAt: search.askedAt,
    outcome: search.outcome,
    sentTo: search.sentTo.slice(),
    coordinator: search.coordinator,
    parts: search.parts.slice(),
    wanted: search.wanted,
    waitedFor: search.waitedFor,
    answeredBy: search.answeredBy,
    appliedTo: search.appliedTo,
    latency: search.latency,
    recall: search.recall,
    neighbours: search.neighbours,
    missing: search.missing,
  }));
}
