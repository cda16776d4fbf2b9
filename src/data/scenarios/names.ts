/** Names that the scenario format shares with the model, each list complete by its type. */

import type { ReadPolicy, ReplicationMode, Rules } from "../../model/protocol/config.ts";
import type { Message } from "../../model/protocol/messages.ts";

const rules: Readonly<Record<keyof Rules, true>> = {
  logUpToDateCheck: true,
  commitCurrentTermOnly: true,
  logConsistencyCheck: true,
  rejectStaleTerms: true,
  keepVoteForTerm: true,
  readConfirmation: true,
  quorumReadWaits: true,
  persistTermAndVote: true,
  persistLog: true,
  checksum: true,
  preVote: true,
  checkQuorum: true,
};

function isRule(name: string): name is keyof Rules {
  return Object.hasOwn(rules, name);
}

const [firstRule = "preVote", ...otherRules] = Object.keys(rules).filter(isRule);

/** Every safety rule. */
export const RULE_NAMES: readonly [keyof Rules, ...(keyof Rules)[]] = [firstRule, ...otherRules];

/** Every read policy. */
export const READ_POLICIES = [
  "any",
  "session",
  "bounded",
  "leader",
  "linearizable",
  "quorum",
] as const satisfies readonly ReadPolicy[];

/** How a scenario names the modes of replication. */
export const MODES = { async: "asynchronous", quorum: "quorum", sync: "synchronous" } as const satisfies Readonly<
  Record<string, ReplicationMode>
>;

const messages: Readonly<Record<Message["kind"], true>> = {
  requestVote: true,
  voteReply: true,
  appendEntries: true,
  appendReply: true,
  installSnapshot: true,
  snapshotReply: true,
  writeRequest: true,
  readRequest: true,
  clientReply: true,
  readProbe: true,
  readProbeReply: true,
  readWait: true,
  readWaitReply: true,
};

/** Whether `name` is a kind of message. */
export function isMessageKind(name: string): name is Message["kind"] {
  return Object.hasOwn(messages, name);
}

/** Every kind of message. */
export const MESSAGE_KINDS: readonly string[] = Object.keys(messages);
