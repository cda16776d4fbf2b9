/** Machines at the other end of a bare MessageChannel, in the same thread: ports without workers. */
import type { ReplicaId } from "../../src/base/ids.ts";
import { type PortSupply, type SuppliedPort, serveReplica } from "../../src/host/portHost.ts";

/** Looks at (and may change) a message under way to a machine or back from it. */
export type Relay = (message: unknown, direction: "in" | "out") => unknown;

export class ChannelSupply implements PortSupply {
  readonly #machines = new Map<number, () => void>();
  readonly #relay: Relay | undefined;
  #made = 0;

  constructor(relay?: Relay) {
    this.#relay = relay;
  }

  /** Machines that exist now. */
  get size(): number {
    return this.#machines.size;
  }

  spawn(_id: ReplicaId): Promise<SuppliedPort> {
    this.#made += 1;
    const { port1: near, port2: far } = new MessageChannel();
    if (this.#relay === undefined) {
      serveReplica(far);
      this.#machines.set(this.#made, () => far.close());
    } else {
      this.#machines.set(this.#made, relayed(far, this.#relay));
    }
    return Promise.resolve({ worker: this.#made, port: near });
  }

  terminate(worker: number): Promise<void> {
    this.#machines.get(worker)?.();
    this.#machines.delete(worker);
    return Promise.resolve();
  }
}

/** A machine behind `port` with `relay` in between, on what the wire carries. */
function relayed(port: MessagePort, relay: Relay): () => void {
  const { port1: near, port2: far } = new MessageChannel();
  serveReplica(far);
  port.onmessage = ({ data }: MessageEvent<unknown>) => near.postMessage(relay(data, "in"));
  near.onmessage = ({ data }: MessageEvent<unknown>) => port.postMessage(relay(data, "out"));
  return () => {
    port.close();
    near.close();
  };
}
