/**
 * Acknowledged writes that were lost, and whether losing them was promised not to happen (`DESIGN.md` section 5): a write
 * is judged by the mode at the instant at which it was acknowledged, not by the one now.
 */
import { majorityOf } from "../../base/ids.ts";
import type { ClusterConfig } from "../../model/protocol/config.ts";
import type { ClusterEvent } from "../../model/protocol/events.ts";
import { compareVersions, type Version } from "../../model/protocol/item.ts";

/** What may lose acknowledged writes, as the verdict names it; undefined when it promises not to. */
export function unpromisedBy(config: ClusterConfig): string | undefined {
  switch (config.mode) {
    case "asynchronous":
      return "asynchronous";
    case "quorum":
      return config.writeQuorum >= majorityOf(config.replicaCount) ? undefined : "W below a majority";
    case "synchronous":
      return config.synchronousDegrades ? "synchronous that degrades" : undefined;
  }
}

/** How many acknowledged writes were lost, apart by what was promised. */
export interface Losses {
  readonly promised: number;
  readonly unpromised: number;
  /** What did not promise: "asynchronous". Of the last span in which writes were acknowledged so. */
  readonly by: string | undefined;
}

export const NO_LOSSES: Losses = { promised: 0, unpromised: 0, by: undefined };

/** The acknowledgements from `from` to `to` were given without a promise. */
interface Span {
  readonly from: Version;
  to: Version;
}

/** Spans that are remembered; a person changes the mode by hand. */
const SPAN_BOUND = 200;

/** Follows one run's acknowledgements, changes of mode and losses, in order. */
export class LossLedger {
  #losses: Losses = NO_LOSSES;
  #config: ClusterConfig | undefined;
  readonly #spans: Span[] = [];
  #isOpen = false;

  /** The losses so far; the same object until another one comes. */
  get losses(): Losses {
    return this.#losses;
  }

  /** Takes in events; `config` is the one now, which the events lead to. */
  append(events: readonly ClusterEvent[], config: ClusterConfig): Losses {
    this.#config ??= config;
    for (const event of events) this.#take(event);
    this.#config = config;
    return this.#losses;
  }

  #take({ fact }: ClusterEvent): void {
    if (fact.kind === "writeAcknowledged") this.#acknowledged(fact.version);
    else if (fact.kind === "writeLost") this.#lost(fact.version);
    else if (fact.kind === "commandDone") {
      const { command } = fact;
      if (command.kind === "setMode") this.#configure({ mode: command.mode });
      else if (command.kind === "setQuorum") this.#configure({ writeQuorum: command.writeQuorum });
      else if (command.kind === "setDegrade") this.#configure({ synchronousDegrades: command.synchronousDegrades });
    }
  }

  #configure(change: Partial<ClusterConfig>): void {
    if (this.#config === undefined) return;
    this.#config = { ...this.#config, ...change };
    this.#isOpen = false;
  }

  #acknowledged(version: Version): void {
    const by = this.#config === undefined ? undefined : unpromisedBy(this.#config);
    if (by === undefined) return;
    const last = this.#spans.at(-1);
    if (this.#isOpen && last !== undefined) {
      if (compareVersions(version, last.to) > 0) last.to = version;
      return;
    }
    this.#isOpen = true;
    this.#spans.push({ from: version, to: version });
    if (this.#spans.length > SPAN_BOUND) this.#spans.shift();
    this.#losses = { ...this.#losses, by };
  }

  #lost(version: Version): void {
    const wasUnpromised = this.#spans.some(
      ({ from, to }) => compareVersions(from, version) <= 0 && compareVersions(version, to) <= 0,
    );
    const { promised, unpromised, by } = this.#losses;
    this.#losses = wasUnpromised
      ? { promised, unpromised: unpromised + 1, by }
      : { promised: promised + 1, unpromised, by };
  }
}
