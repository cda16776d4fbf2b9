/**
 * The virtual time in which no write could be acknowledged, asked of the cluster and not of its clients: whether somebody
 * happens to write does not matter. A write can be acknowledged while some leader is up, running and sound, a client
 * reaches it and hears it, and as many replicas as the mode asks for (itself among them) are up, running, take entries and
 * are connected with it both ways. Of two leaders either will do: what the deposed one acknowledges may be lost, and that
 * is counted elsewhere.
 */
import type { Address, ReplicaId } from "../../base/ids.ts";
import { after, between, type Micros, ZERO } from "../../base/units.ts";
import { memberOf } from "../cluster/absorb.ts";
import type { InlineRun } from "../cluster/inline.ts";
import { linkKey } from "../network/network.ts";
import { requiredCopies } from "../protocol/config.ts";
import type { Conditions } from "../protocol/step.ts";
import type { ReplicaState } from "../replica/state.ts";
import type { Onlooker } from "./onlookers.ts";

function areConnected({ state }: InlineRun, a: Address, b: Address): boolean {
  const { links } = state.network;
  return links.get(linkKey(a, b))?.cut !== true && links.get(linkKey(b, a))?.cut !== true;
}

/** What is wrong with a machine is true from the command on; the replica itself hears of it with its next event. */
function conditionsOf({ state }: InlineRun, id: ReplicaId): Conditions {
  return memberOf(state, id).conditions;
}

function isSound(run: InlineRun, { id, quarantinedUntil }: ReplicaState): boolean {
  return !conditionsOf(run, id).paused && quarantinedUntil === undefined;
}

function canTake(run: InlineRun, leader: ReplicaState, peer: ReplicaState): boolean {
  if (peer.id === leader.id) return true;
  if (!isSound(run, peer) || conditionsOf(run, peer.id).refusesWrites) return false;
  return areConnected(run, leader.id, peer.id);
}

function canServe(run: InlineRun, leader: ReplicaState): boolean {
  if (leader.role !== "leader" || !isSound(run, leader)) return false;
  if (!run.state.clients.some(({ id }) => areConnected(run, id, leader.id))) return false;
  const wanted = leader.degraded ? 1 : requiredCopies(run.state.config.cluster);
  let copies = 0;
  for (const peer of run.replicas.values()) if (canTake(run, leader, peer)) copies += 1;
  return copies >= wanted;
}

/** Whether a write that a client sends now could be acknowledged as things stand. */
export function canAcknowledge(run: InlineRun): boolean {
  for (const replica of run.replicas.values()) if (canServe(run, replica)) return true;
  return false;
}

/** Watches a run from where it stands. */
export class Availability {
  readonly #run: InlineRun;
  #unavailable = ZERO;
  #since: Micros;
  #isOpen: boolean;
  #hasChanged = false;

  constructor(run: InlineRun) {
    this.#run = run;
    this.#since = run.state.now;
    this.#isOpen = canAcknowledge(run);
  }

  /** Whatever can change the answer (roles, crashes, cuts, modes) is a fact of the run. */
  readonly onlooker: Onlooker = {
    fact: () => {
      this.#hasChanged = true;
    },
  };

  /** To be told after every event and command. */
  look(): void {
    if (!this.#hasChanged) return;
    this.#hasChanged = false;
    this.#account();
    this.#isOpen = canAcknowledge(this.#run);
  }

  /** The time in which no write could be acknowledged, up to where the run stands. */
  unavailable(): Micros {
    this.#account();
    return this.#unavailable;
  }

  #account(): void {
    const { now } = this.#run.state;
    if (!this.#isOpen) this.#unavailable = after(this.#unavailable, between(this.#since, now));
    this.#since = now;
  }
}
