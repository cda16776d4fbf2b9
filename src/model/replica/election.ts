/**
 * Leader election: Raft section 5.2 and the restriction of section 5.4.1, with pre-vote (thesis section 9.6) and
 * check-quorum (section 6.2) as rules that can be switched on.
 */
import { majorityOf, type ReplicaId, type Term, term } from "../../base/ids.ts";
import { compareVersions } from "../protocol/item.ts";
import type { RequestVote, VoteRefusal, VoteReply } from "../protocol/messages.ts";
import { appendNoop, replicateToAll } from "./leading.ts";
import { lastLogIndex, lastLogTerm, logEnd } from "./log.ts";
import { becomeLeader } from "./roles.ts";
import { othersOf, resetElectionTimer } from "./state.ts";
import { report, send, setTermAndVote, type Turn } from "./turn.ts";

/** Nobody was heard for an election timeout: campaign, or ask first. */
export function electionTimeout(turn: Turn): void {
  if (turn.state.quarantinedUntil !== undefined) {
    // Its log is not to be trusted: it waits for a leader instead of becoming one.
    resetElectionTimer(turn.state, turn.at);
    return;
  }
  if (turn.state.config.rules.preVote) askWhetherToCampaign(turn);
  else campaign(turn);
}

function askForVotes(turn: Turn, candidateTerm: Term, preVote: boolean): void {
  const { state } = turn;
  state.votes = [state.id];
  resetElectionTimer(state, turn.at);
  report(turn, { kind: "electionStarted", term: candidateTerm, preVote });
  for (const id of othersOf(state)) {
    send(turn, id, {
      kind: "requestVote",
      term: candidateTerm,
      lastLogIndex: lastLogIndex(state.log),
      lastLogTerm: lastLogTerm(state.log),
      preVote,
    });
  }
  countVotes(turn);
}

function askWhetherToCampaign(turn: Turn): void {
  turn.state.role = "preCandidate";
  turn.state.leaderId = undefined;
  askForVotes(turn, term(turn.state.currentTerm + 1), true);
}

/** Raft section 5.2: raise the term, vote for oneself, ask the others. */
function campaign(turn: Turn): void {
  const { state } = turn;
  state.role = "candidate";
  state.leaderId = undefined;
  setTermAndVote(turn, term(state.currentTerm + 1), state.id);
  askForVotes(turn, state.currentTerm, false);
}

/** The emergency button: leads the next term without a single vote. It can make two leaders, and lose writes. */
export function promote(turn: Turn): void {
  const { state } = turn;
  if (state.role === "leader") return;
  setTermAndVote(turn, term(state.currentTerm + 1), state.id);
  report(turn, { kind: "promoted", term: state.currentTerm });
  lead(turn);
}

/** Leads the term that every disk holds this replica's vote for: how a run begins whose leader is given. */
export function leadFromStart(turn: Turn): void {
  if (turn.state.votedFor === turn.state.id && turn.state.role === "follower") lead(turn);
}

function lead(turn: Turn): void {
  becomeLeader(turn);
  appendNoop(turn);
  replicateToAll(turn);
}

function countVotes(turn: Turn): void {
  const { state } = turn;
  if (state.votes.length < majorityOf(state.config.replicaCount)) return;
  if (state.role === "preCandidate") {
    campaign(turn);
  } else if (state.role === "candidate") {
    lead(turn);
  }
}

/** Whether this replica has heard a leader so lately that it would not have campaigned itself. */
function hearsLeader(turn: Turn): boolean {
  const { state, at } = turn;
  return state.role === "leader" || at - state.leaderHeardAt < state.config.electionTimeout.min;
}

/** Why the vote is not given; undefined when it is. */
function refusalOf(turn: Turn, candidate: ReplicaId, request: RequestVote): VoteRefusal | undefined {
  const { state } = turn;
  const { rules } = state.config;
  if (state.quarantinedUntil !== undefined) return "quarantined";
  if (request.term < state.currentTerm) return "staleTerm";
  if (request.preVote && hearsLeader(turn)) return "leaderAlive";
  // Section 5.2: first come, first served; one vote per term.
  const voted = state.votedFor !== undefined && state.votedFor !== candidate;
  if (!request.preVote && rules.keepVoteForTerm && voted) return "alreadyVoted";
  // Section 5.4.1: the later term wins, then the longer log.
  const theirs = { term: request.lastLogTerm, logIndex: request.lastLogIndex };
  if (rules.logUpToDateCheck && compareVersions(theirs, logEnd(state.log)) < 0) return "logBehind";
  return undefined;
}

/**
 * With check-quorum a replica that hears its leader takes no notice of candidates, not even of their term (thesis
 * section 4.2.3): otherwise a replica that returns could depose a leader that works.
 */
export function ignoresCandidate(turn: Turn, request: RequestVote): boolean {
  return turn.state.config.rules.checkQuorum && !request.preVote && hearsLeader(turn);
}

/** Answers a request for a vote; the term has been adopted already where it was higher. */
export function handleRequestVote(turn: Turn, candidate: ReplicaId, request: RequestVote): void {
  const { state } = turn;
  const { preVote } = request;
  const refusal = refusalOf(turn, candidate, request);
  if (refusal !== undefined) {
    report(turn, { kind: "voteRefused", term: request.term, candidate, reason: refusal, preVote });
  } else {
    report(turn, { kind: "voteGranted", term: request.term, candidate, preVote });
    if (!preVote) {
      // With `keepVoteForTerm` off a leader may vote too; its election timer stays off.
      if (state.role !== "leader") resetElectionTimer(state, turn.at);
      setTermAndVote(turn, state.currentTerm, candidate);
    }
  }
  const granted = refusal === undefined;
  // A granted pre-vote names the term it would be for; a refusal names this replica's own, so that the asker learns it.
  const replyTerm = preVote && granted ? request.term : state.currentTerm;
  send(turn, candidate, { kind: "voteReply", term: replyTerm, granted, preVote, refusal });
}

/** Counts a vote, if it is for what this replica is asking now. */
export function handleVoteReply(turn: Turn, voter: ReplicaId, reply: VoteReply): void {
  const { state } = turn;
  const asked = reply.preVote ? state.role === "preCandidate" : state.role === "candidate";
  const forTerm = reply.preVote ? state.currentTerm + 1 : state.currentTerm;
  if (!asked || !reply.granted || reply.term !== forTerm || state.votes.includes(voter)) return;
  state.votes.push(voter);
  countVotes(turn);
}
