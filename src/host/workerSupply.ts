/**
 * The page's side of the replicas' workers: it makes them, so that it can terminate any of them, hears their errors, and
 * shows them under their replica's name in the browser's developer tools.
 */
import { nameOf, type ReplicaId } from "../base/ids.ts";
import type { PortSupply, SuppliedPort } from "./portHost.ts";
import { runWorker } from "./runWorkers.ts";

export class WorkerSupply implements PortSupply {
  readonly #workers = new Map<number, Worker>();
  readonly #report: (worker: number, reason: string) => void;
  #made = 0;

  /** `report` hears of workers that raised an error of their own. */
  constructor(report: (worker: number, reason: string) => void) {
    this.#report = report;
  }

  /** Workers that are there now. */
  get size(): number {
    return this.#workers.size;
  }

  /** A new worker, at once; its script may still be loading. */
  make(id: ReplicaId): SuppliedPort {
    this.#made += 1;
    const number = this.#made;
    const { port1, port2 } = new MessageChannel();
    const worker = runWorker(nameOf(id), { part: "replica", port: port2 }, [port2]);
    this.#workers.set(number, worker);
    worker.addEventListener("error", ({ message }) => this.#report(number, message || "its script could not be run"));
    worker.addEventListener("messageerror", () => this.#report(number, "a message could not be read"));
    return { worker: number, port: port1 };
  }

  async spawn(id: ReplicaId): Promise<SuppliedPort> {
    return this.make(id);
  }

  async terminate(worker: number): Promise<void> {
    this.#workers.get(worker)?.terminate();
    this.#workers.delete(worker);
  }

  /** Ends all of them. */
  close(): void {
    for (const worker of this.#workers.values()) worker.terminate();
    this.#workers.clear();
  }
}
