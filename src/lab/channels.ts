/** Machines at the other end of a bare MessageChannel, in this thread: everything that a worker is, but the thread. */
import { type PortSupply, type SuppliedPort, serveReplica } from "../host/portHost.ts";

export class ChannelSupply implements PortSupply {
  readonly #far = new Map<number, MessagePort>();
  #made = 0;

  spawn(): Promise<SuppliedPort> {
    this.#made += 1;
    const { port1: near, port2: far } = new MessageChannel();
    serveReplica(far);
    this.#far.set(this.#made, far);
    return Promise.resolve({ worker: this.#made, port: near });
  }

  terminate(worker: number): Promise<void> {
    this.#far.get(worker)?.close();
    this.#far.delete(worker);
    return Promise.resolve();
  }
}
