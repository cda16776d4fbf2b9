/** What happens in a scenario: one verb each, once, for a while or again and again. */
import * as z from "zod/mini";
import { LAST_LABEL } from "../../model/protocol/commands.ts";
import { indexShape } from "./indexFile.ts";
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
  replicaName,
  replicaTarget,
  text,
  vector,
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
/**
 * Whom a verb means, and under which number a later "same" finds whom "leader" or "random" found; of a gesture in the app
 * also whom it hit there, which is for people and changes nothing.
 */
const aim = { replica: replicaTarget, label: z.optional(wholeWithin(0, LAST_LABEL)), was: z.optional(replicaName) };
const ofReplica = <Name extends string>(name: Name) => record({ ...verb(name), ...aim });
const rate = z.optional(numberWithin(0, 1_000));
const mode = oneOf(["async", "quorum", "sync"]);

/** A member of a group: a replica, a client or the name of a region. */
const group = z.union([list(words, 1), words], { error: "must be a list of replicas and clients, or a region's name" });

/** One action; which keys it has depends on its verb. */
export const action = z.discriminatedUnion("do", [
  ofReplica("crash"),
  ofReplica("restart"),
  ofReplica("wipe"),
  /** Until it is resumed, or for so long. */
  record({ ...verb("pause"), ...aim, lasts: z.optional(duration) }),
  ofReplica("resume"),
  record({ ...verb("slow"), ...aim, factor: numberWithin(1, 1_000) }),
  ofReplica("refuseWrites"),
  ofReplica("acceptWrites"),
  record({
    ...verb("clock"),
    ...aim,
    offset: z.optional(offset),
    drift: z.optional(numberWithin(-0.5, 1)),
  }),
  record({ ...verb("disk"), ...aim, syncTime: z.optional(duration), lies: z.optional(flag) }),
  ofReplica("corrupt"),
  ofReplica("promote"),
  ofReplica("isolate"),
  record({ ...verb("cut"), from: memberName, to: memberName }),
  record({ ...verb("restore"), from: memberName, to: memberName }),
  /** With `alone` clients do not go with their replica: whoever no group names, replica or client, forms one more. */
  record({ ...verb("partition"), groups: list(group, 1), alone: z.optional(flag) }),
  record(verb("heal")),
  record({
    ...verb("link"),
    from: memberName,
    to: memberName,
    both: z.optional(flag),
    /** The network's quality again. */
    reset: z.optional(flag),
    ...qualityShape,
  }),
  record({
    ...verb("message"),
    from: z.optional(memberName),
    to: z.optional(memberName),
    /** Instead of from and to: one message by the number that it had in this very run. */
    flight: z.optional(wholeWithin(0, Number.MAX_SAFE_INTEGER)),
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
  record({ ...verb("setDegrade"), on: flag }),
  record({ ...verb("setCosts"), processingCost: duration, fsyncTime: duration }),
  record({ ...verb("setSearchIndex"), ...indexShape }),
  /** The same fault again and again, for replicas that the run draws; "none" ends it. */
  record({
    ...verb("gameDay"),
    fault: oneOf(["none", "crash", "pause", "slow", "isolate", "refuseWrites"]),
    interval: z.optional(duration),
    lasts: z.optional(duration),
    factor: z.optional(numberWithin(1, 1_000)),
    /** Of "pause": the replica goes on by itself after this long. */
    pauseLasts: z.optional(duration),
  }),
  /** A client sends its write again whose outcome is unknown: its `request`-th. */
  record({ ...verb("retry"), client: clientName, request: wholeWithin(0, 4_294_967_295) }),
  record({
    ...verb("write"),
    client: z.optional(clientName),
    id: words,
    /** Which state of the data set's item is written. */
    draft: z.optional(wholeWithin(0, 99)),
    /** Instead of the data set's: what the item is called, and what it says. */
    name: z.optional(words),
    text: z.optional(text),
    /** With a product's own words: where it belongs and what it costs; name, text and category make the embedding. */
    category: z.optional(words),
    priceCents: z.optional(wholeWithin(0, 1_000_000_000)),
    /** Instead of the embedding that the words have. */
    vector: z.optional(vector),
  }),
  record({ ...verb("delete"), client: z.optional(clientName), id: words }),
  record({
    ...verb("search"),
    client: z.optional(clientName),
    /** What is searched for: words, or what is near a state of an item, or a vector. */
    text: z.optional(words),
    like: z.optional(record({ id: words, draft: z.optional(wholeWithin(0, 99)) })),
    vector: z.optional(vector),
    k: z.optional(wholeWithin(1, 100)),
  }),
]);

/** One action as a scenario gives it. */
export type ActionFile = z.infer<typeof action>;
/** The verb of an action. */
export type Verb = ActionFile["do"];
/** An action with this verb. */
export type ActionOf<Name extends Verb> = Extract<ActionFile, { do: Name }>;
