/**
 * A line to another thread. Comlink never settles a call whose answer does not come, so one class owns the root proxy
 * (kept in a field: collected during a call, the answer would be lost) and the calls under way. Whatever ends the line
 * (an `error`, a message that cannot be read, silence by the wall clock, hanging up) rejects them all.
 */
import { type Endpoint, wrap } from "comlink";

/** Why a line gives no answer any more. */
export type LineEnd = "broken" | "silent" | "closed";

/** A call was not answered because the line ended. */
export class LineError extends Error {
  override readonly name = "LineError";
  readonly end: LineEnd;

  constructor(end: LineEnd, message: string) {
    super(message);
    this.end = end;
  }
}

/**
 * Wall milliseconds after which a silent call is looked at again; it fails when the same time passes once more. Twice,
 * because a laptop that wakes up runs late timers before it delivers the answers that came meanwhile.
 */
export const PATIENCE = 15_000;

interface Call {
  readonly reject: (error: LineError) => void;
  timer: ReturnType<typeof setTimeout>;
}

/** `Api` has methods that take cloneable arguments and return promises. */
export class Line<Api> {
  readonly #name: string;
  readonly #api: Api;
  readonly #hangUp: () => void;
  readonly #patience: number;
  readonly #calls = new Set<Call>();
  #ended: LineError | undefined;

  /** `hangUp` is called once, when the line ends for whatever reason. */
  constructor(name: string, endpoint: Endpoint, hangUp: () => void, patience: number = PATIENCE) {
    this.#name = name;
    // The edge: Comlink's Remote<Api> says the same in types that fight with exact optional properties.
    this.#api = wrap<unknown>(endpoint) as Api;
    this.#hangUp = hangUp;
    this.#patience = patience;
    endpoint.addEventListener("messageerror", () => this.end("broken", "a message could not be read"));
  }

  /** Calls under way. */
  get inFlight(): number {
    return this.#calls.size;
  }

  /** Why the line ended; undefined while it is open. */
  get ended(): LineError | undefined {
    return this.#ended;
  }

  /** The answer to `ask`; rejects when the line ends first. */
  call<Answer>(ask: (api: Api) => Promise<Answer>): Promise<Answer> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      const call: Call = { reject, timer: setTimeout(() => this.#askAgain(call), this.#patience) };
      this.#calls.add(call);
      const settle = () => {
        clearTimeout(call.timer);
        this.#calls.delete(call);
      };
      ask(this.#api).then(
        (answer) => {
          settle();
          resolve(answer);
        },
        (error: unknown) => {
          settle();
          reject(error);
        },
      );
    });
  }

  /** Ends the line: every call under way is rejected, later ones at once. */
  end(end: LineEnd, reason: string): void {
    if (this.#ended !== undefined) return;
    const error = new LineError(end, `${this.#name}: ${reason}`);
    this.#ended = error;
    this.#hangUp();
    for (const { timer, reject } of this.#calls) {
      clearTimeout(timer);
      reject(error);
    }
    this.#calls.clear();
  }

  #askAgain(call: Call): void {
    call.timer = setTimeout(() => this.end("silent", "no answer came"), this.#patience);
  }
}
