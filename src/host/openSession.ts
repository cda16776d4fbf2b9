/**
 * The session of the page. The main thread only makes workers, ends them and asks for pictures; the event loop runs in
 * a worker, each replica in one of its own.
 */
import { expose, transfer } from "comlink";
import type { HashText } from "../base/hash.ts";
import { type ReplicaId, replicaIds } from "../base/ids.ts";
import { type Micros, ZERO } from "../base/units.ts";
import { type LoadedTable, tableOf } from "../data/loaded.ts";
import type { Chronicle, ChronicleSpan, Explanation, Question } from "../model/protocol/chronicle.ts";
import type { PersonalCommand } from "../model/protocol/commands.ts";
import { isLoaded } from "../model/protocol/dataset.ts";
import type { Frame, SearchComparison } from "../model/protocol/frame.ts";
import type { Holdings, HoldingsKnown } from "../model/protocol/holdings.ts";
import type { Item } from "../model/protocol/item.ts";
import type { IndexReport, SearchPath } from "../model/protocol/searchIndex.ts";
import type { CommandOutcome, Destination, Finding, RunInputs, Sought } from "../model/protocol/session.ts";
import { EmbeddingTable } from "../model/vector/embedding.ts";
import { internArrived } from "./arrival.ts";
import { defaultInputs, OPENING } from "./firstRun.ts";
import { FrameKeeper } from "./frameLine.ts";
import { Line } from "./line.ts";
import type { LoopApi, LoopOrder } from "./loop.ts";
import type { PortSupply, SuppliedPort } from "./portHost.ts";
import { runWorker } from "./runWorkers.ts";
import { outcomeOf, refusal, type SteerableSession } from "./steerable.ts";
import { WorkerSupply } from "./workerSupply.ts";

/** What the page holds: the session, and what only the page and its tests ask of it. */
export interface PageSession extends SteerableSession {
  /** Replica workers that are there now. */
  readonly replicaWorkers: number;
  /** Calls from the loop to replicas that wait for an answer. */
  callsInFlight(): Promise<number>;
  /** Ends the loop and every worker. */
  close(): void;
}

export interface OpenOptions {
  /** The run to open with, by default the first one. */
  readonly inputs?: RunInputs;
  readonly at?: Micros;
  /** Off: it stands where it was opened until somebody lets it play. */
  readonly plays?: boolean;
  /** Off: one event per window. For tests: the history is the same. */
  readonly lookahead?: boolean;
}

/** The loop's thread with everything that belongs to it. When it breaks, all of it goes and another takes its place. */
class LoopThread {
  readonly line: Line<LoopApi>;
  readonly supply: WorkerSupply;
  /** The loaded vectors that it holds, those of its open run. */
  vectors: HashText | undefined;
  /** What this thread has sent of pictures so far. */
  readonly frames = new FrameKeeper();

  constructor(replicas: readonly ReplicaId[], { lookahead, runsBefore }: Pick<LoopOrder, "lookahead" | "runsBefore">) {
    this.supply = new WorkerSupply((worker, reason) => {
      this.line.call((loop) => loop.workerBroke(worker, reason)).catch(() => undefined);
    });
    const ready = replicas.map((id): readonly [ReplicaId, SuppliedPort] => [id, this.supply.make(id)]);
    const supplyChannel = new MessageChannel();
    const serviceChannel = new MessageChannel();
    expose(pageSupply(this.supply), supplyChannel.port1);
    const order: LoopOrder = {
      supply: supplyChannel.port2,
      service: serviceChannel.port2,
      ready,
      lookahead,
      runsBefore,
    };
    const ports = [order.supply, order.service, ...ready.map(([, { port }]) => port)];
    const worker = runWorker("event loop", { part: "loop", order }, ports);
    this.line = new Line("the event loop", serviceChannel.port1, () => {
      worker.terminate();
      this.supply.close();
      supplyChannel.port1.close();
      serviceChannel.port1.close();
    });
    worker.addEventListener("error", ({ message }) =>
      this.line.end("broken", message || "its script could not be run"),
    );
    worker.addEventListener("messageerror", () => this.line.end("broken", "a message could not be read"));
  }
}

/** Which loaded vectors a run is of, if it is. */
function digestIn({ config }: RunInputs): HashText | undefined {
  const { dataset } = config.workload;
  return isLoaded(dataset) ? dataset.digest : undefined;
}

/** The loaded vectors that a run needs and that the loop does not hold, to be handed over. Throws when they are not here. */
function tableFor({ vectors }: LoopThread, inputs: RunInputs): LoadedTable | undefined {
  const { dataset } = inputs.config.workload;
  if (!isLoaded(dataset) || dataset.digest === vectors) return undefined;
  const table = tableOf(dataset);
  return transfer(table, [table.vectors.buffer]);
}

/** The supply as the loop asks it through Comlink: ports are handed over, not cloned. */
function pageSupply(supply: WorkerSupply): PortSupply {
  return {
    spawn: async (id) => {
      const supplied = supply.make(id);
      return transfer(supplied, [supplied.port]);
    },
    terminate: (worker) => supply.terminate(worker),
  };
}

/** More runs than one loop ever opens. */
const RUNS_OF_A_THREAD = 1_000_000;

/** The page's end of the session. It survives the loop's thread: the next {@link open} starts another. */
class LoopSession implements PageSession {
  readonly #lookahead: boolean;
  /** Embeddings that the page keeps, so that the facts it collects share them. */
  readonly #table = new EmbeddingTable();
  #thread: LoopThread;
  #threads = 0;
  /** The run as far as the page knows it, to be opened again when the loop's thread is gone. */
  #inputs: RunInputs;
  #lastFrame: Frame | undefined;
  /** Where the run stands, as far as that is known: by the last picture, or the last command after it. */
  #at = ZERO;
  #playing = true;
  #rate = 1;

  constructor(inputs: RunInputs, lookahead: boolean) {
    this.#inputs = inputs;
    this.#lookahead = lookahead;
    this.#thread = this.#newThread(inputs);
  }

  get replicaWorkers(): number {
    return this.#thread.supply.size;
  }

  async open(inputs: RunInputs, to: Destination): Promise<boolean> {
    if (this.#isBroken()) {
      this.#thread = this.#newThread(inputs);
      await this.#tell((loop) => loop.setPlaybackRate(this.#rate));
      if (!this.#playing) await this.#tell((loop) => loop.pause());
    }
    const thread = this.#thread;
    const vectors = digestIn(inputs);
    const table = tableFor(thread, inputs);
    const isOpen = await thread.line.call((loop) => loop.open(inputs, to, table));
    if (!isOpen) return false;
    if (vectors !== thread.vectors) this.#table.clear();
    thread.vectors = vectors;
    this.#inputs = inputs;
    if (typeof to === "number") this.#at = to;
    return true;
  }

  cancelOpening(): Promise<void> {
    return this.#tell((loop) => loop.cancelOpening());
  }

  async inputs(): Promise<{ readonly inputs: RunInputs; readonly at: Micros }> {
    if (this.#isBroken()) return { inputs: this.#inputs, at: this.#at };
    return await this.#ask((loop) => loop.inputs());
  }

  async pull(): Promise<Frame> {
    try {
      const { frames } = this.#thread;
      const frame = frames.whole(await this.#ask((loop) => loop.pull(frames.known)));
      internArrived(this.#table, frame.events);
      this.#lastFrame = frame;
      this.#at = frame.virtualNow;
      return frame;
    } catch (error) {
      // Whatever it is, the page goes on with the picture that it has.
      if (this.#lastFrame === undefined || this.#thread.line.ended?.end === "closed") throw error;
      return stopped(this.#lastFrame, error);
    }
  }

  async command(command: PersonalCommand): Promise<CommandOutcome> {
    if (this.#isBroken()) return refusal("The event loop has stopped. Restart the run.");
    const outcome = await this.#ask((loop) => loop.command(command));
    if (outcome.taken) {
      const { recorded, before } = outcome;
      this.#inputs = { ...this.#inputs, commands: [...this.#inputs.commands.slice(0, before), recorded] };
      this.#at = recorded.at;
    }
    return outcomeOf(outcome);
  }

  play(): Promise<void> {
    this.#playing = true;
    return this.#tell((loop) => loop.play());
  }

  pause(): Promise<void> {
    this.#playing = false;
    return this.#tell((loop) => loop.pause());
  }

  setPlaybackRate(rate: number): Promise<void> {
    this.#rate = rate;
    return this.#tell((loop) => loop.setPlaybackRate(rate));
  }

  step(): Promise<void> {
    this.#playing = false;
    return this.#tell((loop) => loop.step());
  }

  async seek(to: Destination): Promise<boolean> {
    this.#playing = false;
    return !this.#isBroken() && (await this.#ask((loop) => loop.seek(to)));
  }

  async seekNext(what: Sought, until: Micros): Promise<Finding> {
    this.#playing = false;
    return this.#isBroken() ? "given up" : await this.#ask((loop) => loop.seekNext(what, until));
  }

  stepBack(): Promise<void> {
    this.#playing = false;
    return this.#tell((loop) => loop.stepBack());
  }

  runTo(at: Micros): Promise<void> {
    this.#playing = false;
    return this.#tell((loop) => loop.runTo(at));
  }

  search(query: Float32Array, k: number): Promise<SearchComparison> {
    return this.#ask((loop) => loop.search(query, k));
  }

  items(): Promise<readonly Item[]> {
    return this.#ask((loop) => loop.items());
  }

  indexReport(): Promise<IndexReport> {
    return this.#ask((loop) => loop.indexReport());
  }

  searchPath(id: ReplicaId, query: Float32Array, k: number): Promise<SearchPath | undefined> {
    return this.#ask((loop) => loop.searchPath(id, query, k));
  }

  holdings(known: HoldingsKnown): Promise<Holdings> {
    return this.#ask((loop) => loop.holdings(known));
  }

  chronicle(span: ChronicleSpan): Promise<Chronicle> {
    return this.#ask((loop) => loop.chronicle(span));
  }

  why(question: Question): Promise<Explanation | undefined> {
    return this.#ask((loop) => loop.why(question));
  }

  hashNow(): Promise<{ readonly at: Micros; readonly runHash: HashText }> {
    return this.#ask((loop) => loop.hashNow());
  }

  callsInFlight(): Promise<number> {
    return this.#ask((loop) => loop.callsInFlight());
  }

  close(): void {
    this.#thread.line.end("closed", "the session was closed");
  }

  #newThread(inputs: RunInputs): LoopThread {
    const runsBefore = this.#threads * RUNS_OF_A_THREAD;
    this.#threads += 1;
    return new LoopThread(replicaIds(inputs.config.cluster.replicaCount), { lookahead: this.#lookahead, runsBefore });
  }

  #isBroken(): boolean {
    const { ended } = this.#thread.line;
    return ended !== undefined && ended.end !== "closed";
  }

  #ask<Answer>(ask: (loop: LoopApi) => Promise<Answer>): Promise<Answer> {
    return this.#thread.line.call(ask);
  }

  /** A wish that means nothing to a loop that has stopped; the picture says that it has. */
  async #tell(tell: (loop: LoopApi) => Promise<void>): Promise<void> {
    if (!this.#isBroken()) await this.#ask(tell);
  }
}

/** The last picture of a loop whose thread is gone. */
function stopped(last: Frame, error: unknown): Frame {
  const message = error instanceof Error ? error.message : String(error);
  const { virtualNow: at, config } = last;
  return {
    ...last,
    playing: false,
    reachedRate: 0,
    opening: undefined,
    events: [],
    eventsOmitted: 0,
    lanes: [],
    recalls: [],
    writes: [],
    failure: { replicaId: undefined, at, seed: config.seed, message, trace: [] },
  };
}

/** Opens a run in workers. Resolves once it stands at its first instant, and plays; pictures can be pulled at once. */
export async function openSession(options: OpenOptions = {}): Promise<PageSession> {
  const { inputs = defaultInputs(), at = OPENING, plays = true, lookahead = true } = options;
  const session = new LoopSession(inputs, lookahead);
  try {
    if (!plays) await session.pause();
    await session.open(inputs, at);
    return session;
  } catch (error) {
    session.close();
    throw error;
  }
}
