/**
 * A client as a pure machine: it sends operations, follows redirects, gives up after the timeout (the outcome is then
 * unknown) and retries only when asked, under the same request id. A session remembers its last acknowledged write.
 */
import { assertNever } from "../../base/assert.ts";
import {
  type Address,
  type ClientId,
  clientSlotOf,
  isReplica,
  logIndex,
  type ReplicaId,
  replicaId,
  slotOf,
  term,
} from "../../base/ids.ts";
import { after, between, type Micros, millis, NEVER, seconds, ZERO } from "../../base/units.ts";
import type { RunConfig } from "../protocol/config.ts";
import type { ClientEvent } from "../protocol/events.ts";
import type { OperationFrame } from "../protocol/frame.ts";
import { compareVersions, type Version, type WriteOperation } from "../protocol/item.ts";
import type { RequestId } from "../protocol/log.ts";
import type { ClientAnswer, ClientReply, Message, Question } from "../protocol/messages.ts";

/** What a client is asked to do. */
export type Ask =
  | { readonly kind: "write"; readonly operation: WriteOperation }
  | { readonly kind: "read"; readonly question: Question };

export type ClientInput =
  | { readonly kind: "ask"; readonly ask: Ask }
  | { readonly kind: "message"; readonly from: Address; readonly message: Message }
  | { readonly kind: "retry"; readonly requestId: RequestId; readonly operation: WriteOperation }
  | { readonly kind: "timer" };

export type ClientEffect =
  | { readonly kind: "send"; readonly to: ReplicaId; readonly message: Message }
  | { readonly kind: "report"; readonly event: ClientEvent };

interface OpenOperation {
  readonly requestId: RequestId;
  readonly ask: Ask;
  readonly askedAt: Micros;
  readonly deadline: Micros;
  target: ReplicaId;
  /** A request is under way: if nothing comes back, nobody knows what became of it. */
  awaiting: boolean;
  /** A request of it may still take effect, whatever is refused later: given up once, or a network that repeats. */
  mayBeWritten: boolean;
  redirects: number;
  /** When to try again after a refusal that named no leader. */
  retryAt: Micros;
}

export interface ClientState {
  readonly id: ClientId;
  /** The replica it stands beside: reads go there unless the policy says otherwise. */
  readonly home: ReplicaId;
  readonly replicaCount: number;
  believedLeader: ReplicaId;
  /** By replica slot: a replica that did not answer is passed over until then. */
  readonly avoidUntil: Micros[];
  nextRequest: number;
  open: OpenOperation[];
  /** Writes given up with unknown outcome, in case an answer still comes or a person retries. */
  unknown: OpenOperation[];
  /** The session's last acknowledged write. */
  session: Version;
  last: OperationFrame | undefined;
}

/** After a refusal without a leader's name the client waits this long: an election takes longer. */
const RETRY_DELAY = millis(50);
/** Redirects in a row that a client follows at once; two replicas may name each other. */
const REDIRECT_LIMIT = 4;
/** How long a silent replica is passed over for reads. */
const AVOID_FOR = seconds(5);
/** Unknown writes that are remembered, for an answer that comes late: minutes of the default workload. */
const UNKNOWN_LIMIT = 1_024;

/** Client number `id` of a cluster of `replicaCount`: it stands beside the replica of its own number. */
export function createClient(id: ClientId, replicaCount: number): ClientState {
  const home = replicaId((clientSlotOf(id) % replicaCount) + 1);
  return {
    id,
    home,
    replicaCount,
    believedLeader: home,
    avoidUntil: Array.from({ length: replicaCount }, () => ZERO),
    nextRequest: 1,
    open: [],
    unknown: [],
    session: { term: term(0), logIndex: logIndex(0) },
    last: undefined,
  };
}

/** When its next timer fires: a deadline or a retry. */
export function nextClientTimerAt(state: ClientState): Micros {
  let next = NEVER;
  for (const { deadline, retryAt } of state.open) {
    if (deadline < next) next = deadline;
    if (retryAt < next) next = retryAt;
  }
  return next;
}

interface ClientTurn {
  readonly state: ClientState;
  readonly at: Micros;
  readonly config: RunConfig;
  readonly effects: ClientEffect[];
}

/** Processes one input at `at` under the configuration in force. Changes the state in place. */
export function stepClient(
  state: ClientState,
  input: ClientInput,
  at: Micros,
  config: RunConfig,
): readonly ClientEffect[] {
  const turn: ClientTurn = { state, at, config, effects: [] };
  switch (input.kind) {
    case "ask":
      open(turn, input.ask);
      break;
    case "message":
      if (input.message.kind === "clientReply" && isReplica(input.from)) hear(turn, input.from, input.message);
      break;
    case "retry":
      retry(turn, input.requestId, input.operation);
      break;
    case "timer":
      timers(turn);
      break;
    default:
      assertNever(input);
  }
  return turn.effects;
}

function report(turn: ClientTurn, event: ClientEvent): void {
  turn.effects.push({ kind: "report", event });
}

function nextReplica(state: ClientState, id: ReplicaId): ReplicaId {
  return replicaId((id % state.replicaCount) + 1);
}

/** The replica itself, or the next around the ring that has not been silent lately. */
function passingOverSilent(state: ClientState, first: ReplicaId, at: Micros): ReplicaId {
  let candidate = first;
  for (let tried = 0; tried < state.replicaCount; tried += 1) {
    if ((state.avoidUntil[slotOf(candidate)] ?? at) <= at) return candidate;
    candidate = nextReplica(state, candidate);
  }
  return first;
}

/** Where a read goes at `at`, unless its policy says otherwise. */
export function readsAt(state: ClientState, at: Micros): ReplicaId {
  return passingOverSilent(state, state.home, at);
}

function firstTarget(turn: ClientTurn, ask: Ask): ReplicaId {
  const { state, at, config } = turn;
  const { readPolicy } = config.cluster;
  const atLeader = ask.kind === "write" || readPolicy === "leader" || readPolicy === "linearizable";
  return atLeader ? passingOverSilent(state, state.believedLeader, at) : readsAt(state, at);
}

function open(turn: ClientTurn, ask: Ask): void {
  const { state, at, config } = turn;
  // A skipped ask uses up its number: a receipt may wait under it.
  const requestId = state.id * 0x1_0000_0000 + state.nextRequest;
  state.nextRequest += 1;
  if (state.open.length >= config.workload.maxOpen) {
    const what = ask.kind === "write" ? "write" : ask.question.kind === "get" ? "read" : "search";
    report(turn, { kind: "skipped", requestId, what });
    return;
  }
  const operation: OpenOperation = {
    requestId,
    ask,
    askedAt: at,
    deadline: after(at, config.workload.clientTimeout),
    target: firstTarget(turn, ask),
    awaiting: false,
    mayBeWritten: false,
    redirects: 0,
    retryAt: NEVER,
  };
  state.open.push(operation);
  sendTo(turn, operation, operation.target);
}

function requestOf(turn: ClientTurn, operation: OpenOperation): Message {
  const { requestId, ask } = operation;
  if (ask.kind === "write") return { kind: "writeRequest", requestId, operation: ask.operation };
  const policy = turn.config.cluster.readPolicy;
  return { kind: "readRequest", requestId, question: ask.question, policy, atLeast: turn.state.session };
}

function sendTo(turn: ClientTurn, operation: OpenOperation, target: ReplicaId): void {
  operation.target = target;
  operation.awaiting = true;
  operation.mayBeWritten ||= repeatsMessages(turn.config);
  operation.retryAt = NEVER;
  turn.effects.push({ kind: "send", to: target, message: requestOf(turn, operation) });
  note(turn, operation, "open");
}

/** Remembers the operation as the client's last, for the picture. */
function note(turn: ClientTurn, operation: OpenOperation, outcome: OperationFrame["outcome"]): void {
  const { ask, requestId, target, askedAt } = operation;
  const write = ask.kind === "write";
  turn.state.last = {
    requestId,
    what: write ? ask.operation.kind : ask.question.kind,
    target,
    id: write ? ask.operation.id : ask.question.kind === "get" ? ask.question.id : "",
    askedAt,
    outcome,
    endedAt: outcome === "open" ? undefined : turn.at,
  };
}

function close(turn: ClientTurn, operation: OpenOperation, outcome: OperationFrame["outcome"]): void {
  const { state } = turn;
  state.open = state.open.filter((other) => other !== operation);
  state.unknown = state.unknown.filter((other) => other !== operation);
  note(turn, operation, outcome);
}

function hear(turn: ClientTurn, from: ReplicaId, reply: ClientReply): void {
  const { state } = turn;
  const isIt = (operation: OpenOperation) => operation.requestId === reply.requestId;
  const operation = state.open.find(isIt) ?? state.unknown.find(isIt);
  if (operation === undefined) return;
  state.avoidUntil[slotOf(from)] = turn.at;
  hearAnswer(turn, from, operation, reply.answer);
}

function hearAnswer(turn: ClientTurn, from: ReplicaId, operation: OpenOperation, answer: ClientAnswer): void {
  const { state, at } = turn;
  const { requestId, ask } = operation;
  const latency = between(operation.askedAt, at);
  switch (answer.kind) {
    case "acknowledged":
      if (ask.kind !== "write") return;
      if (compareVersions(answer.version, state.session) > 0) state.session = answer.version;
      state.believedLeader = from;
      close(turn, operation, "acknowledged");
      report(turn, {
        kind: "writeAcknowledged",
        requestId,
        operation: ask.operation,
        version: answer.version,
        latency,
      });
      break;
    case "answered": {
      if (ask.kind !== "read") return;
      const found =
        answer.answer.kind === "item" ? Number(answer.answer.item !== undefined) : answer.answer.neighbours.length;
      close(turn, operation, found === 0 ? "empty" : "answered");
      const { answeredBy: by, appliedTo } = answer;
      report(turn, { kind: "answered", requestId, question: ask.question.kind, by, found, appliedTo, latency });
      break;
    }
    case "notLeader":
      if (from === operation.target && state.open.includes(operation)) redirect(turn, from, operation, answer.leader);
      break;
    case "logFull":
      operation.awaiting = false;
      operation.retryAt = after(at, RETRY_DELAY);
  }
}

/** Follows the name of the leader at once; without one, or in circles, tries the next replica a little later. */
function redirect(turn: ClientTurn, by: ReplicaId, operation: OpenOperation, leader: ReplicaId | undefined): void {
  const { state, at } = turn;
  operation.redirects += 1;
  report(turn, { kind: "redirected", requestId: operation.requestId, by, to: leader });
  state.believedLeader = leader ?? nextReplica(state, by);
  if (leader !== undefined && leader !== by && operation.redirects % REDIRECT_LIMIT !== 0) {
    sendTo(turn, operation, leader);
    return;
  }
  operation.awaiting = false;
  operation.retryAt = after(at, RETRY_DELAY);
}

function timers(turn: ClientTurn): void {
  const { state, at } = turn;
  for (const operation of state.open.slice()) {
    if (operation.deadline <= at) giveUp(turn, operation);
    else if (operation.retryAt <= at) sendTo(turn, operation, passingOverSilent(state, state.believedLeader, at));
  }
}

function giveUp(turn: ClientTurn, operation: OpenOperation): void {
  const { state, at } = turn;
  const { requestId, ask, awaiting, target } = operation;
  if (awaiting) {
    state.avoidUntil[slotOf(target)] = after(at, AVOID_FOR);
    if (state.believedLeader === target) state.believedLeader = nextReplica(state, target);
  }
  if (ask.kind === "read") {
    close(turn, operation, "unknown");
    report(turn, { kind: "unanswered", requestId, question: ask.question.kind });
    return;
  }
  const unknown = awaiting || operation.mayBeWritten;
  close(turn, operation, unknown ? "unknown" : "failed");
  report(turn, { kind: unknown ? "writeUnknown" : "writeFailed", requestId, operation: ask.operation });
  if (!unknown) return;
  state.unknown.push({ ...operation, mayBeWritten: true });
  if (state.unknown.length > UNKNOWN_LIMIT) state.unknown.shift();
}

/**
 * A person asks to send a write again whose outcome is unknown: same request id, a new deadline, and its latency counts
 * from now. The client may have forgotten it among too many others; the person has not.
 */
function retry(turn: ClientTurn, requestId: RequestId, operation: WriteOperation): void {
  const { state, at, config } = turn;
  if (state.open.some((other) => other.requestId === requestId)) return;
  state.unknown = state.unknown.filter((other) => other.requestId !== requestId);
  const again: OpenOperation = {
    requestId,
    ask: { kind: "write", operation },
    askedAt: at,
    deadline: after(at, config.workload.clientTimeout),
    target: passingOverSilent(state, state.believedLeader, at),
    awaiting: false,
    mayBeWritten: true,
    redirects: 0,
    retryAt: NEVER,
  };
  state.open.push(again);
  sendTo(turn, again, again.target);
}

/** Whether the network may deliver a message twice: then a refusal is not the last word on a request. */
function repeatsMessages({ network }: RunConfig): boolean {
  return [network.quality, ...network.overrides.map(({ quality }) => quality)].some(
    ({ duplication }) => duplication > 0,
  );
}
