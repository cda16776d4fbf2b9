/**
 * How long operations took: at the replica that served the client, from receiving the request to answering it, and as
 * the client saw it. Writes count once they are acknowledged.
 */
import { isClient, type ReplicaId } from "../../base/ids.ts";
import { between, type Micros, toMillis } from "../../base/units.ts";
import type { ClientAnswer, Question } from "../protocol/messages.ts";
import type { Onlooker } from "./onlookers.ts";
import { type Quantiles, quantilesOf } from "./quantiles.ts";

type What = "write" | "read" | "search";

/** Statistics of each kind of operation. */
export type LatencyReport = Readonly<Record<What, Quantiles>>;

/** A request that a replica has received and not answered. */
interface Received {
  readonly at: Micros;
  readonly what: What;
}

function whatOf(question: Question["kind"]): What {
  return question === "get" ? "read" : "search";
}

function isServed(answer: ClientAnswer): boolean {
  return answer.kind === "acknowledged" || answer.kind === "answered";
}

class Samples {
  readonly #byWhat: Readonly<Record<What, number[]>> = { write: [], read: [], search: [] };

  add(what: What, latency: Micros): void {
    this.#byWhat[what].push(toMillis(latency));
  }

  /** Writes in the order in which they were answered, from the `first`-th on. */
  writesFrom(first: number): readonly number[] {
    return this.#byWhat.write.slice(first);
  }

  report(): LatencyReport {
    const { write, read, search } = this.#byWhat;
    return { write: quantilesOf(write), read: quantilesOf(read), search: quantilesOf(search) };
  }
}

/** Watches a run and keeps every latency. */
export class Latencies {
  readonly #received = new Map<ReplicaId, Map<number, Received>>();
  readonly #atReplica = new Samples();
  readonly #atClient = new Samples();

  readonly onlooker: Onlooker = {
    replica: (id, { at, effects }, flight) => {
      const message = flight?.message;
      if (message?.kind === "writeRequest") this.#receive(id, message.requestId, at, "write");
      else if (message?.kind === "readRequest") this.#receive(id, message.requestId, at, whatOf(message.question.kind));
      for (const effect of effects) {
        if (effect.kind !== "send" || !isClient(effect.to) || effect.message.kind !== "clientReply") continue;
        this.#answer(id, effect.message.requestId, at, effect.message.answer);
      }
    },
    client: (_, { effects }) => {
      for (const effect of effects) {
        if (effect.kind !== "report") continue;
        const { event } = effect;
        if (event.kind === "writeAcknowledged") this.#atClient.add("write", event.latency);
        else if (event.kind === "answered") this.#atClient.add(whatOf(event.question), event.latency);
      }
    },
  };

  /** Milliseconds of acknowledged writes at the replica, in order, from the `first`-th on. */
  writesFrom(first: number): readonly number[] {
    return this.#atReplica.writesFrom(first);
  }

  /** Another that has measured nothing yet and knows which requests are open: for going on in a copy of the run. */
  carriedOn(): Latencies {
    const next = new Latencies();
    for (const [id, open] of this.#received) next.#received.set(id, new Map(open));
    return next;
  }

  /** Everything that was answered so far. */
  report(): LatencyReport & { readonly client: LatencyReport } {
    return { ...this.#atReplica.report(), client: this.#atClient.report() };
  }

  #receive(id: ReplicaId, requestId: number, at: Micros, what: What): void {
    let ofReplica = this.#received.get(id);
    if (ofReplica === undefined) {
      ofReplica = new Map();
      this.#received.set(id, ofReplica);
    }
    // A copy of a request that is being worked on does not start the clock again.
    if (!ofReplica.has(requestId)) ofReplica.set(requestId, { at, what });
  }

  #answer(id: ReplicaId, requestId: number, at: Micros, answer: ClientAnswer): void {
    const received = this.#received.get(id)?.get(requestId);
    if (received === undefined) return;
    this.#received.get(id)?.delete(requestId);
    if (isServed(answer)) this.#atReplica.add(received.what, between(received.at, at));
  }
}
