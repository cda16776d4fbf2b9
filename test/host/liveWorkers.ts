/** Every worker that the page makes while a test watches: how many are there, under which names, and their `error` events. */

interface Watched {
  readonly name: string;
  readonly worker: Worker;
}

export class LiveWorkers {
  readonly #watched = new Set<Watched>();
  readonly #original = globalThis.Worker;

  /** Watches from now on. */
  constructor() {
    const watched = this.#watched;
    globalThis.Worker = class extends this.#original {
      readonly #entry: Watched;

      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        this.#entry = { name: options?.name ?? "", worker: this };
        watched.add(this.#entry);
      }

      override terminate(): void {
        watched.delete(this.#entry);
        super.terminate();
      }
    };
  }

  /** The names of the workers that were not terminated, in order. */
  get names(): readonly string[] {
    return [...this.#watched].map(({ name }) => name).sort();
  }

  /** Terminates the worker called `name` behind everybody's back. */
  kill(name: string): void {
    for (const entry of this.#watched) if (entry.name === name) entry.worker.terminate();
  }

  /** Lets the worker called `name` raise an error of its own. */
  raiseError(name: string, message: string): void {
    for (const entry of this.#watched) {
      if (entry.name === name) entry.worker.dispatchEvent(new ErrorEvent("error", { message }));
    }
  }

  /** Watches no longer. */
  stop(): void {
    globalThis.Worker = this.#original;
  }
}
