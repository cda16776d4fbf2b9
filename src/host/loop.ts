/** The event loop's thread: a session over the replicas' ports, served to the page at a port of its own. */
import { expose, transfer } from "comlink";
import type { ReplicaId } from "../base/ids.ts";
import type { LoadedTable } from "../data/loaded.ts";
import type { PersonalCommand } from "../model/protocol/commands.ts";
import { buffersOf } from "../model/protocol/holdings.ts";
import type { Destination, RunInputs } from "../model/protocol/session.ts";
import { DataShelf } from "./dataShelf.ts";
import { type FrameNews, FrameSender } from "./frameLine.ts";
import { installFastestKernel } from "./kernel.ts";
import { Line } from "./line.ts";
import { PortHost, type PortSupply, type SuppliedPort } from "./portHost.ts";
import { HostedSession } from "./session.ts";
import type { RecordedOutcome, SteerableSession } from "./steerable.ts";

/** The page's first message to the loop's worker. The ports in it are transferred. */
export interface LoopOrder {
  /** Where the page makes and ends workers on request: a {@link PortSupply}. */
  readonly supply: MessagePort;
  /** Where the loop answers: a {@link LoopApi}. */
  readonly service: MessagePort;
  /** Workers that the page has made ahead. */
  readonly ready: readonly (readonly [ReplicaId, SuppliedPort])[];
  readonly lookahead: boolean;
  /** Runs that the page has seen in other loops. */
  readonly runsBefore: number;
}

/** What the page asks of the loop. */
export interface LoopApi extends Omit<SteerableSession, "pull" | "open" | "command"> {
  /** As of a session. `table` are the vectors that a person loaded, if the run is of such and they are not here yet. */
  open(inputs: RunInputs, to: Destination, table?: LoadedTable): Promise<boolean>;
  /** The picture now, without what the page has from the picture `known`; 0 for a page that has none. */
  pull(known: number): Promise<FrameNews>;
  /** As of a session, with what stands in the inputs since. */
  command(command: PersonalCommand): Promise<RecordedOutcome>;
  /** A replica's worker raised an `error` event. */
  workerBroke(worker: number, reason: string): Promise<void>;
  /** Calls to replicas that wait for an answer; for tests. */
  callsInFlight(): Promise<number>;
}

/** A supply at the far end of a port. */
function remoteSupply(port: MessagePort): PortSupply {
  const line = new Line<PortSupply>("the page", port, () => port.close());
  return {
    spawn: (id) => line.call((page) => page.spawn(id)),
    terminate: (worker) => line.call((page) => page.terminate(worker)),
  };
}

/** Starts serving. */
export function bootLoop({ supply, service, ready, lookahead, runsBefore }: LoopOrder): void {
  installFastestKernel();
  const host = new PortHost(remoteSupply(supply), ready);
  const shelf = new DataShelf(host);
  const session = new HostedSession({ host, datasetByName: shelf.content, lookahead, runsBefore });
  const frames = new FrameSender();
  const api: LoopApi = {
    open: (inputs, to, table) => shelf.during(inputs.config.workload.dataset, table, () => session.open(inputs, to)),
    cancelOpening: () => session.cancelOpening(),
    inputs: () => session.inputs(),
    pull: async (known) => frames.news(await session.pull(), known),
    command: (command) => session.record(command),
    play: () => session.play(),
    pause: () => session.pause(),
    setPlaybackRate: (rate) => session.setPlaybackRate(rate),
    seek: (to) => session.seek(to),
    seekNext: (what, until) => session.seekNext(what, until),
    step: () => session.step(),
    stepBack: () => session.stepBack(),
    runTo: (at) => session.runTo(at),
    search: (query, k) => session.search(query, k),
    items: () => session.items(),
    indexReport: () => session.indexReport(),
    searchPath: (id, query, k) => session.searchPath(id, query, k),
    holdings: async (known) => {
      const holdings = await session.holdings(known);
      return transfer(holdings, buffersOf(holdings));
    },
    chronicle: (span) => session.chronicle(span),
    why: (question) => session.why(question),
    hashNow: () => session.hashNow(),
    workerBroke: async (worker, reason) => host.workerBroke(worker, reason),
    callsInFlight: async () => host.inFlight,
  };
  expose(api, service);
}
