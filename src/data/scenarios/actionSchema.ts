/** What happens in a scenario: one verb each, once, for a while or again and again. */
import * as z from "zod/mini";
import { READ_POLICIES, RULE_NAMES } from "./names.ts";
import { qualityShape } from "./networkSchema.ts";
import {
  clientName,
  duration,
  flag,
  list,
  memberName,
  numberWithin,
  offset,
  oneOf,
  range,
  record,
  replicaTarget,
  wholeWithin,
  words,
} from "./values.ts";

const when = {
  /** When, since the run began; of what is repeated, the first time. */
  at: z.optional(duration),
  /** Again after each such span. */
  every: z.optional(duration),
  /** At most this often. */
  times: z.optional(wholeWithin(1, 100_000)),
  /** Undone after this long. */
  for: z.optional(duration),
};

const verb = <Name extends string>(name: Name) => ({ ...when, do: z.literal(name) });
const ofReplica = <Name extends string>(name: Name) => record({ ...verb(name), replica: replicaTarget });
const rate = z.optional(numberWithin(0, 1_000));
const mode = oneOf(["async", "quorum", "sync"]);

/** A member of a group: a replica, a client or the name of a region. */
const group = z.union([list(words, 1), words], { error: "must be a list of replicas and clients, or a region's name" });

/** One action; which keys it has depends on its verb. */
export const action = z.discriminatedUnion("do", [
  ofReplica("crash"),
  ofReplica("restart"),
  ofReplica("wipe"),
  ofReplica("pause"),
  ofReplica("resume"),
  record({ ...verb("slow"), replica: replicaTarget, factor: numberWithin(1, 1_000) }),
  ofReplica("refuseWrites"),
  ofReplica("acceptWrites"),
  record({
    ...verb("clock"),
    replica: replicaTarget,
    offset: z.optional(offset),
    drift: z.optional(numberWithin(-0.5, 1)),
  }),
  record({ ...verb("disk"), replica: replicaTarget, syncTime: z.optional(duration), lies: z.optional(flag) }),
  ofReplica("corrupt"),
  ofReplica("promote"),
  ofReplica("isolate"),
  record({ ...verb("cut"), from: memberName, to: memberName }),
  record({ ...verb("restore"), from: memberName, to: memberName }),
  record({ ...verb("partition"), groups: list(group, 1) }),
  record(verb("heal")),
  record({ ...verb("link"), from: memberName, to: memberName, both: z.optional(flag), ...qualityShape }),
  record({
    ...verb("message"),
    from: memberName,
    to: memberName,
    of: z.optional(words),
    action: oneOf(["drop", "delay", "duplicate"]),
    by: z.optional(duration),
  }),
  record({ ...verb("setMode"), mode }),
  record({ ...verb("setRule"), rule: oneOf(RULE_NAMES), on: flag }),
  record({
    ...verb("setQuorum"),
    writeQuorum: z.optional(wholeWithin(1, 50)),
    readQuorum: z.optional(wholeWithin(1, 50)),
  }),
  record({ ...verb("setPolicy"), readPolicy: oneOf(READ_POLICIES), stalenessBound: z.optional(duration) }),
  record({ ...verb("setTimings"), electionTimeout: range, heartbeatInterval: duration }),
  record({ ...verb("setNetwork"), ...qualityShape }),
  record({ ...verb("setRates"), writesPerSecond: rate, readsPerSecond: rate, searchesPerSecond: rate }),
  record({
    ...verb("write"),
    client: z.optional(clientName),
    id: words,
    /** Which state of the data set's item is written. */
    draft: z.optional(wholeWithin(0, 99)),
    /** Instead of the data set's: what the item is called, and what it says. */
    name: z.optional(words),
    text: z.optional(words),
  }),
  record({ ...verb("delete"), client: z.optional(clientName), id: words }),
  record({ ...verb("search"), client: z.optional(clientName), text: words, k: z.optional(wholeWithin(1, 100)) }),
]);

/** One action as a scenario gives it. */
export type ActionFile = z.infer<typeof action>;
/** The verb of an action. */
export type Verb = ActionFile["do"];
/** An action with this verb. */
export type ActionOf<Name extends Verb> = Extract<ActionFile, { do: Name }>;
