/**
 * What a person can do to a running cluster. A command takes effect at a virtual instant and goes into the log of
 * inputs: seed, configuration and timed commands are the run. One verb each.
 */
import type { Address, ClientId, ReplicaId } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import type { LinkQuality, ReadPolicy, ReplicationMode, Rules, SearchIndexConfig, WorkloadConfig } from "./config.ts";
import type { ItemPayload } from "./item.ts";
import type { RequestId } from "./log.ts";
import type { Message } from "./messages.ts";

/** A write as a person asks for it. The embedding is checked and normalised where it enters the run. */
export type WriteDraft =
  | { readonly kind: "put"; readonly id: string; readonly values: Float32Array; readonly payload: ItemPayload }
  | { readonly kind: "delete"; readonly id: string };

export type Command =
  | { readonly kind: "crash"; readonly replicaId: ReplicaId }
  | { readonly kind: "restart"; readonly replicaId: ReplicaId }
  /** Restarts the replica with an empty disk. */
  | { readonly kind: "wipe"; readonly replicaId: ReplicaId }
  /** Until it is resumed, or for so long. */
  | { readonly kind: "pause"; readonly replicaId: ReplicaId; readonly lasts?: Micros }
  | { readonly kind: "resume"; readonly replicaId: ReplicaId }
  /** Work takes `factor` times as long; 1 makes it healthy again. */
  | { readonly kind: "slow"; readonly replicaId: ReplicaId; readonly factor: number }
  | { readonly kind: "refuseWrites"; readonly replicaId: ReplicaId }
  | { readonly kind: "acceptWrites"; readonly replicaId: ReplicaId }
  | { readonly kind: "clock"; readonly replicaId: ReplicaId; readonly offset: Micros; readonly drift: number }
  /** `syncTime` is added to the cluster's; a lying disk says "synced" and loses what it had not written in a crash. */
  | { readonly kind: "disk"; readonly replicaId: ReplicaId; readonly syncTime: Micros; readonly lies: boolean }
  /** Damages the newest record with an embedding on the replica's disk. */
  | { readonly kind: "corrupt"; readonly replicaId: ReplicaId }
  /** The emergency button: makes the replica a leader without an election. */
  | { readonly kind: "promote"; readonly replicaId: ReplicaId }
  /** Cuts one member from everybody, its own clients included. */
  | { readonly kind: "isolate"; readonly replicaId: ReplicaId }
  /** One message in flight, by its id. */
  | {
      readonly kind: "message";
      readonly flight: number;
      readonly action:
        | { readonly kind: "drop" }
        | { readonly kind: "duplicate" }
        | { readonly kind: "delay"; readonly by: Micros };
    }
  /** Cuts every link between different groups; whoever is in no group forms one more. */
  | { readonly kind: "partition"; readonly groups: readonly (readonly Address[])[] }
  /** Restores every link. */
  | { readonly kind: "heal" }
  /** Cuts one direction. */
  | { readonly kind: "cut"; readonly from: Address; readonly to: Address }
  | { readonly kind: "restore"; readonly from: Address; readonly to: Address }
  | { readonly kind: "setMode"; readonly mode: ReplicationMode }
  | { readonly kind: "setQuorum"; readonly writeQuorum: number; readonly readQuorum: number }
  | { readonly kind: "setDegrade"; readonly synchronousDegrades: boolean }
  | { readonly kind: "setPolicy"; readonly readPolicy: ReadPolicy; readonly stalenessBound: Micros }
  | {
      readonly kind: "setTimings";
      readonly electionTimeout: { readonly min: Micros; readonly max: Micros };
      readonly heartbeatInterval: Micros;
    }
  | { readonly kind: "setRule"; readonly rule: keyof Rules; readonly on: boolean }
  /** What work and disks cost on every replica. */
  | { readonly kind: "setCosts"; readonly processingCost: Micros; readonly diskSync: Micros }
  /** Which replicas search with an approximate index from now on; undefined: all search exactly. */
  | { readonly kind: "setSearchIndex"; readonly index: SearchIndexConfig | undefined }
  /** Begins repeated faults, in place of those that go on; undefined ends them. */
  | { readonly kind: "setGameDay"; readonly plan: GameDay | undefined }
  | { readonly kind: "setNetwork"; readonly quality: LinkQuality }
  /** Gives one direction of one link its own quality; undefined gives it the network's again. */
  | {
      readonly kind: "setLink";
      readonly from: Address;
      readonly to: Address;
      readonly quality: LinkQuality | undefined;
    }
  | {
      readonly kind: "setRates";
      readonly rates: Pick<WorkloadConfig, "writesPerSecond" | "readsPerSecond" | "searchesPerSecond">;
    }
  /** A person's write, sent by one client; its receipt is kept. */
  | { readonly kind: "write"; readonly client: ClientId; readonly draft: WriteDraft }
  /** A person's search, sent by one client under the read policy in force. */
  | { readonly kind: "search"; readonly client: ClientId; readonly values: Float32Array; readonly k: number }
  /** Sends an operation again whose outcome is unknown, under the same request id. */
  | { readonly kind: "retry"; readonly requestId: RequestId };

/** `Omit` that keeps the members of a union apart. */
type Without<Union, Field extends string> = Union extends unknown ? Omit<Union, Field> : never;

/** A verb for one replica, without saying which. */
export type ReplicaVerb = Without<Extract<Command, { readonly replicaId: ReplicaId }>, "replicaId">;

/** A fault that a game day repeats. */
export type GameDayFault = Extract<ReplicaVerb, { kind: "crash" | "pause" | "slow" | "isolate" | "refuseWrites" }>;

/** Repeated faults: the first at once, then one in every span, each to a running replica drawn from the run's stream. */
export interface GameDay {
  readonly fault: GameDayFault;
  readonly every: Micros;
  /** Each is mended after this long. */
  readonly lasts: Micros;
}

/** Whom a verb means when that is known only as it takes effect. */
export type Aim =
  /** The leader of the highest live term. */
  | "leader"
  /** One of those to which the verb applies, drawn from the run's own stream. */
  | "random"
  /** The replica that the last aimed command under the same label found. */
  | "same";

/** The highest label that a command may have. */
export const LAST_LABEL = 1_000_000;

/** A command whose object is found as it takes effect. Nobody found: an event, and the run goes on. */
export type AimedCommand =
  | {
      readonly kind: "aimed";
      readonly aim: Aim;
      readonly label: number;
      readonly verb: ReplicaVerb;
      /** Of a person's gesture: whom it hit in the run in which it was made. Another run finds its own. */
      readonly was?: ReplicaId | undefined;
    }
  /** The message that is next to arrive over one link, of this kind if one is given. */
  | {
      readonly kind: "nextMessage";
      readonly from: Address;
      readonly to: Address;
      readonly of: Message["kind"] | undefined;
      readonly action: Extract<Command, { readonly kind: "message" }>["action"];
    };

/** A command for the message that is next to arrive. */
export type NextMessage = Extract<AimedCommand, { readonly kind: "nextMessage" }>;

/** What a person can ask for now. */
export type PersonalCommand = Command | NextMessage;

/** A command and the virtual instant at which it takes effect. */
export interface TimedCommand {
  readonly at: Micros;
  readonly command: Command | AimedCommand;
}

/** Why a command was not taken, and where the person can mend it. The run goes on untouched. */
export interface CommandProblem {
  /** The field that is wrong: `writeQuorum`, `latency`, `vector`... */
  readonly field: string;
  /** What is wrong and what to do, in one sentence. */
  readonly message: string;
}
