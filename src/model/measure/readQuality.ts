/**
 * How good the answers were, against the truth when the client asked: acknowledged writes in order of version. A newer
 * version than the truth's is unconfirmed and never a fault.
 */
import type { ClientId } from "../../base/ids.ts";
import { between, type Micros, toSeconds } from "../../base/units.ts";
import { mayBeDeletedSince, nearestOfTruth } from "../cluster/acknowledged.ts";
import { judgeSearch, type StoodAt } from "../cluster/judgement.ts";
import type { ClusterState } from "../cluster/state.ts";
import { compareVersions, type Neighbour, type Version, type WriteOperation } from "../protocol/item.ts";
import type { ClientReply, Question, StoreAnswer } from "../protocol/messages.ts";
import type { Onlooker } from "./onlookers.ts";

/** What is told of reads and searches. */
export interface ReadReport {
  /** Answers, of reads and searches. */
  readonly served: number;
  /** Of those, how many missed, contradicted or resurrected something that had been acknowledged before. */
  readonly stale: number;
  readonly searches: number;
  /** Mean and least share of the true nearest that a search found in their true or a newer version; null without searches. */
  readonly recall: number | null;
  readonly leastRecall: number | null;
  /** The longest that something had been superseded when it was answered. */
  readonly oldestSeconds: number;
}

/** What was true when a client asked. */
type Truth =
  | { readonly kind: "get"; readonly id: string; readonly version: Version | undefined; readonly held: boolean }
  | {
      readonly kind: "search";
      readonly best: readonly Neighbour[];
      readonly askedAt: Micros;
    };

/** One acknowledged version of an item, and when the client heard of it. */
interface Acknowledgement {
  readonly version: Version;
  readonly deleted: boolean;
  readonly at: Micros;
}

/** Watches a run and judges every answer. */
export class ReadQuality {
  readonly #state: ClusterState;
  readonly #asked = new Map<number, Truth>();
  readonly #history = new Map<string, Acknowledgement[]>();
  #served = 0;
  #stale = 0;
  #searches = 0;
  #recallSum = 0;
  #leastRecall = 1;
  #oldest = 0;

  constructor(state: ClusterState) {
    this.#state = state;
  }

  readonly onlooker: Onlooker = {
    client: (_: ClientId, { at, input, effects }) => {
      for (const effect of effects) {
        if (effect.kind === "send" && input.kind === "ask") {
          const { message } = effect;
          if (message.kind === "readRequest") this.#ask(message.requestId, message.question, at);
        } else if (effect.kind === "report") {
          const { event } = effect;
          if (event.kind === "writeAcknowledged") this.#acknowledged(event.operation, event.version, at);
          else if (event.kind === "answered" && input.kind === "message" && input.message.kind === "clientReply") {
            this.#answered(input.message, at);
          } else if (event.kind === "unanswered") this.#asked.delete(event.requestId);
        }
      }
    },
  };

  /** Another that has judged nothing yet and knows what was asked and acknowledged: for a copy of the run, at `state`. */
  carriedOn(state: ClusterState): ReadQuality {
    const next = new ReadQuality(state);
    for (const [requestId, truth] of this.#asked) next.#asked.set(requestId, truth);
    for (const [id, versions] of this.#history) next.#history.set(id, [...versions]);
    return next;
  }

  report(): ReadReport {
    return {
      served: this.#served,
      stale: this.#stale,
      searches: this.#searches,
      recall: this.#searches === 0 ? null : this.#recallSum / this.#searches,
      leastRecall: this.#searches === 0 ? null : this.#leastRecall,
      oldestSeconds: this.#oldest,
    };
  }

  #acknowledged({ id, kind }: WriteOperation, version: Version, at: Micros): void {
    const known = this.#history.get(id);
    const acknowledgement = { version, deleted: kind === "delete", at };
    if (known === undefined) this.#history.set(id, [acknowledgement]);
    else known.push(acknowledgement);
  }

  #ask(requestId: number, question: Question, at: Micros): void {
    const { acknowledged } = this.#state;
    if (question.kind === "get") {
      const standing = acknowledged.truth.get(question.id);
      const held = standing?.item !== undefined;
      this.#asked.set(requestId, { kind: "get", id: question.id, version: standing?.version, held });
      return;
    }
    const found = nearestOfTruth(acknowledged, question.query, question.k);
    const best = found.map(({ item: { id, version }, score }) => ({ id, score, version }));
    this.#asked.set(requestId, { kind: "search", best, askedAt: at });
  }

  #answered(reply: ClientReply, at: Micros): void {
    const truth = this.#asked.get(reply.requestId);
    if (truth === undefined || reply.answer.kind !== "answered") return;
    this.#asked.delete(reply.requestId);
    this.#served += 1;
    const { answer } = reply.answer;
    const stale = truth.kind === "get" ? this.#judgeGet(truth, answer, at) : this.#judgeSearch(truth, answer, at);
    if (stale) this.#stale += 1;
  }

  #judgeGet(truth: Extract<Truth, { kind: "get" }>, answer: StoreAnswer, at: Micros): boolean {
    if (answer.kind !== "item") return false;
    const { item } = answer;
    if (truth.version === undefined) return false;
    if (item === undefined) return truth.held && !this.#mayBeDeleted(truth.id, truth.version);
    if (compareVersions(item.version, truth.version) >= 0) return false;
    this.#noteAge(item.id, item.version, at);
    return true;
  }

  #judgeSearch(truth: Extract<Truth, { kind: "search" }>, answer: StoreAnswer, at: Micros): boolean {
    if (answer.kind !== "neighbours") return false;
    const { recall, outdated, ghosts, missing } = judgeSearch(
      {
        best: truth.best,
        standing: (id) => this.#standingAt(id, truth.askedAt),
        mayBeDeleted: (id, version) => this.#mayBeDeleted(id, version),
      },
      answer.neighbours,
    );
    this.#searches += 1;
    this.#recallSum += recall;
    this.#leastRecall = Math.min(this.#leastRecall, recall);
    const old = [...outdated, ...ghosts];
    for (const { id, version } of old) this.#noteAge(id, version, at);
    return old.length > 0 || missing.length > 0;
  }

  #mayBeDeleted(id: string, version: Version): boolean {
    return mayBeDeletedSince(this.#state.acknowledged, id, version);
  }

  /** The newest of what was acknowledged of `id` by `at`; undefined where that is what the run began with. */
  #standingAt(id: string, at: Micros): StoodAt | undefined {
    let newest: Acknowledgement | undefined;
    for (const one of this.#history.get(id) ?? []) {
      if (one.at <= at && (newest === undefined || compareVersions(one.version, newest.version) > 0)) newest = one;
    }
    return newest;
  }

  /** When a newer version of `id` was first acknowledged, if that was before `before`. */
  #supersededAt(id: string, version: Version, before: Micros): Micros | undefined {
    return this.#history.get(id)?.find((newer) => newer.at <= before && compareVersions(newer.version, version) > 0)
      ?.at;
  }

  #noteAge(id: string, version: Version, at: Micros): void {
    const since = this.#supersededAt(id, version, at);
    if (since !== undefined) this.#oldest = Math.max(this.#oldest, toSeconds(between(since, at)));
  }
}
