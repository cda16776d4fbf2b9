/**
 * A run that is judged for linearizability, liveness and leader stability, and whose history is recorded: the bridge
 * from `InlineRun` to those checkers, and the example of how to wire them.
 */
import { type ClientId, nameOf, type ReplicaId } from "../../src/base/ids.ts";
import type { Micros } from "../../src/base/units.ts";
import { type ClientRecord, memberOf } from "../../src/model/cluster/absorb.ts";
import { InlineRun } from "../../src/model/cluster/inline.ts";
import type { RunObserver } from "../../src/model/cluster/observer.ts";
import type { ClusterState, Member } from "../../src/model/cluster/state.ts";
import { linkKey } from "../../src/model/network/network.ts";
import type { AimedCommand, Command } from "../../src/model/protocol/commands.ts";
import type { RunConfig } from "../../src/model/protocol/config.ts";
import type { DatasetContent } from "../../src/model/protocol/dataset.ts";
import type { Version } from "../../src/model/protocol/item.ts";
import type { Message } from "../../src/model/protocol/messages.ts";
import type { StepRecord } from "../../src/model/protocol/work.ts";
import { lastLogIndex } from "../../src/model/replica/log.ts";
import { Circumstances } from "../../src/model/verdict/circumstances.ts";
import type { HistoryEvent } from "../../src/model/verdict/history.ts";
import { LeaderStability, type LeaderStabilityBreak } from "../../src/model/verdict/leaderStability.ts";
import { Linearizability, type LinearizabilityBreak } from "../../src/model/verdict/linearizability.ts";
import { Liveness, type LivenessBreak } from "../../src/model/verdict/liveness.ts";
import { tinyDataset } from "./tinyDataset.ts";

/** A get's or write's request, for its end in the history. */
type Asked = Pick<HistoryEvent, "f" | "id" | "value">;

export class VerdictRun {
  readonly run: InlineRun;
  readonly linearizability: Linearizability;
  readonly circumstances: Circumstances;
  readonly liveness: Liveness;
  readonly leaderStability: LeaderStability;
  readonly notLinearizable: LinearizabilityBreak[] = [];
  readonly notLive: LivenessBreak[] = [];
  readonly notStable: LeaderStabilityBreak[] = [];
  /** Every get and write as clients saw them; one process per request. */
  readonly history: HistoryEvent[] = [];
  #done: Command | undefined;
  /** What is there in the beginning. */
  readonly initialIds: ReadonlySet<string>;
  readonly #asked = new Map<number, Asked>();
  readonly #writerOf = new Map<string, string>();
  /** Who is being sent a snapshot: it cannot take entries yet. */
  readonly #catchingUp = new Set<ReplicaId>();

  constructor(config: RunConfig, dataset: DatasetContent = tinyDataset) {
    this.run = new InlineRun(config, dataset);
    const { members } = this.run.state;
    // What every disk holds at virtual 0.
    const snapshot = new Map(members[0]?.disk.snapshot.items.map(({ id, version }) => [id, version]));
    const { replicaCount, electionTimeout } = config.cluster;
    this.initialIds = new Set(snapshot.keys());
    this.linearizability = new Linearizability((id) => snapshot.get(id));
    this.circumstances = new Circumstances(replicaCount, electionTimeout.max);
    this.liveness = new Liveness(this.circumstances);
    this.leaderStability = new LeaderStability(this.circumstances);
    const observer: RunObserver = {
      replica: (id, record) => this.#replica(id, record),
      client: (id, record) => this.#client(id, record),
      sent: () => {},
      lost: () => {},
      fact: (event) => {
        // The replica that was aimed at is known here: `commandDone` names it.
        if (event.source === "world" && event.fact.kind === "commandDone") this.#done = event.fact.command;
      },
    };
    this.run.state.observer = observer;
  }

  command(command: Command | AimedCommand): void {
    this.#done = undefined;
    this.run.command(command);
    if (this.#done !== undefined) this.#noteCommand(this.#done);
  }

  /** After a command was carried out: whom it meddled with, and what holds now. */
  #noteCommand(command: Command): void {
    const { now, config } = this.run.state;
    const { electionTimeout } = config.cluster;
    const meddles = command.kind.startsWith("set") || command.kind === "message";
    if (meddles) this.circumstances.configure(now, electionTimeout.max);
    if (command.kind === "promote") this.circumstances.disturb(now, command.replicaId);
    for (const { id, alive } of this.run.state.members) {
      if (alive) continue;
      this.liveness.stopped(now, id);
      this.leaderStability.stopped(id);
    }
    noteCircumstances(this.run.state, this.circumstances, this.#catchingUp);
  }

  /** What the replica shows after the event. Its effects have not been taken over yet: its log ends behind the disk's. */
  #judge(member: Member, { at, effects, shown }: StepRecord): void {
    const { currentTerm: term, commitIndex } = shown;
    const leads = shown.role === "leader";
    let lastIndex: number = lastLogIndex(member.disk);
    for (const effect of leads ? effects : []) {
      if (effect.kind === "persist" && effect.change.kind === "append") lastIndex += effect.change.entries.length;
    }
    this.liveness.observe(at, member.id, { leads, term, commitIndex, lastIndex });
    keep(this.notStable, this.leaderStability.observe(at, member.id, leads, term));
    if (at >= this.liveness.nextCheckAt) keep(this.notLive, this.liveness.check(at));
  }

  #replica(id: ReplicaId, record: StepRecord): void {
    const { effects, at } = record;
    for (const effect of effects) {
      if (effect.kind === "persist" && effect.change.kind === "append") {
        for (const { requestId, term, index } of effect.change.entries) this.#placed(requestId, term, index);
      }
      if (effect.kind !== "report") continue;
      const { event } = effect;
      if (event.kind === "promoted") this.leaderStability.promoted(event.term);
      if (event.kind === "snapshotOffered") this.#setCatchingUp(at, event.to, true);
      // Whoever hears of another leader begins anew with that.
      if (event.kind === "snapshotInstalled" || event.kind === "leaderHeard") this.#setCatchingUp(at, id, false);
    }
    this.#judge(memberOf(this.run.state, id), record);
  }

  #setCatchingUp(at: Micros, id: ReplicaId, catchesUp: boolean): void {
    const changed = catchesUp ? !this.#catchingUp.has(id) : this.#catchingUp.has(id);
    if (!changed) return;
    if (catchesUp) this.#catchingUp.add(id);
    else this.#catchingUp.delete(id);
    this.circumstances.setFit(at, id, isFit(memberOf(this.run.state, id)) && !catchesUp);
  }

  #placed(requestId: number, term: Version["term"], logIndex: Version["logIndex"]): void {
    if (requestId === 0) return;
    this.#writerOf.set(`${term}.${logIndex}`, `w${requestId}`);
    keep(this.notLinearizable, this.linearizability.placed(requestId, { term, logIndex }));
  }

  #client(client: ClientId, record: ClientRecord): void {
    const { at, input, effects } = record;
    for (const effect of effects) {
      if (effect.kind === "send") {
        if (input.kind === "ask") this.#ask(at, client, effect.message);
        continue;
      }
      const { event } = effect;
      if (event.kind === "writeAcknowledged") {
        keep(this.notLinearizable, this.linearizability.acknowledged(at, event.requestId, event.version));
        this.#record(at, client, event.requestId, "ok");
      } else if (event.kind === "writeUnknown" || event.kind === "writeFailed" || event.kind === "unanswered") {
        this.linearizability.ended(event.requestId);
        this.#record(at, client, event.requestId, event.kind === "unanswered" ? "fail" : "info");
      }
    }
    if (input.kind === "message" && input.message.kind === "clientReply") this.#hear(at, client, input.message);
  }

  #ask(at: Micros, client: ClientId, message: Message): void {
    if (message.kind === "writeRequest") {
      const { requestId, operation } = message;
      this.linearizability.wrote(at, client, requestId, operation.kind, operation.id);
      const value = operation.kind === "put" ? `w${requestId}` : null;
      this.#asked.set(requestId, { f: operation.kind, id: operation.id, value });
      this.#record(at, client, requestId, "invoke");
    } else if (message.kind === "readRequest" && message.question.kind === "get") {
      const { requestId, question } = message;
      this.linearizability.asked(at, client, requestId, question.id);
      this.#asked.set(requestId, { f: "get", id: question.id, value: null });
      this.#record(at, client, requestId, "invoke");
    }
  }

  #hear(at: Micros, client: ClientId, { requestId, answer }: Extract<Message, { kind: "clientReply" }>): void {
    if (answer.kind !== "answered" || answer.answer.kind !== "item" || !this.#asked.has(requestId)) return;
    const version = answer.answer.item?.version;
    keep(this.notLinearizable, this.linearizability.answered(at, requestId, version));
    const asked = this.#asked.get(requestId);
    if (asked !== undefined) this.#asked.set(requestId, { ...asked, value: this.#nameOf(version) });
    this.#record(at, client, requestId, "ok");
  }

  #nameOf(version: Version | undefined): string | null {
    if (version === undefined) return null;
    if (version.logIndex === 0) return "initial";
    const key = `${version.term}.${version.logIndex}`;
    return this.#writerOf.get(key) ?? key;
  }

  #record(time: Micros, client: ClientId, requestId: number, type: HistoryEvent["type"]): void {
    const asked = this.#asked.get(requestId);
    if (asked === undefined) return;
    if (type !== "invoke") this.#asked.delete(requestId);
    this.history.push({ process: `${nameOf(client)}.${requestId}`, type, time, ...asked });
  }
}

function keep<Break>(breaks: Break[], found: Break | undefined): void {
  if (found !== undefined) breaks.push(found);
}

/** Whether nothing is wrong with a replica that would excuse it. */
function isFit({ alive, conditions, lying, disk }: Member): boolean {
  const { paused, slowFactor, refusesWrites, clockDrift, extraDiskSync } = conditions;
  const well = !paused && slowFactor === 1 && !refusesWrites && clockDrift === 0 && extraDiskSync === 0;
  return alive && well && lying === undefined && disk.quarantinedUntil === undefined;
}

/** Tells what holds now; to be called after every command (and when a quarantine has ended). */
export function noteCircumstances(
  state: ClusterState,
  circumstances: Circumstances,
  catchingUp: ReadonlySet<ReplicaId>,
): void {
  const { now, members, network } = state;
  for (const member of members) {
    circumstances.setFit(now, member.id, isFit(member) && !catchingUp.has(member.id));
    for (const { id: to } of members) {
      if (to === member.id) continue;
      circumstances.setOpen(now, member.id, to, network.links.get(linkKey(member.id, to))?.cut !== true);
    }
  }
}
