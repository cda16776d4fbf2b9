/**
 * Going to other moments of the run that is open. While a hand drags, destinations come faster than pictures can be
 * computed: one seek is under way at a time, and the last destination is the next.
 */
import { after, type Micros, micros, seconds, ZERO } from "../../base/units.ts";
import type { ClusterSession, Destination, Finding, Sought } from "../../model/protocol/session.ts";
import { formatClock } from "../layout/timeWords.ts";
import { turnAfter, turnBefore } from "../store/turns.ts";
import { sentenceOf } from "../store/words.ts";
import type { AppServices } from "./appContext.ts";
import { attempt } from "./attempt.ts";

/** Wall milliseconds after which a seek that takes long gives way to a newer one. */
const PATIENCE = 200;

/** What one looks for is looked for so far ahead. */
export const HORIZON: Micros = seconds(3_600);

/** One way after the other, the last destination next. */
export class Seeker {
  readonly #session: Pick<ClusterSession, "seek">;
  #next: Destination | undefined;
  #began: number | undefined;

  constructor(session: Pick<ClusterSession, "seek">) {
    this.#session = session;
  }

  /** Goes to `to`, unless a newer destination comes first. Resolves once nobody is on the way any more. */
  async to(to: Destination): Promise<void> {
    this.#next = to;
    if (this.#began !== undefined && performance.now() - this.#began < PATIENCE) return;
    while (this.#next !== undefined) {
      const next: Destination = this.#next;
      this.#next = undefined;
      const began = performance.now();
      this.#began = began;
      try {
        await this.#session.seek(next);
      } finally {
        if (this.#began === began) this.#began = undefined;
      }
    }
  }
}

const seekers = new WeakMap<ClusterSession, Seeker>();

function seekerOf(session: ClusterSession): Seeker {
  const known = seekers.get(session);
  if (known !== undefined) return known;
  const seeker = new Seeker(session);
  seekers.set(session, seeker);
  return seeker;
}

/** Where the playhead is, and how far the run has been. */
export function placeNow({ frames, store }: AppServices): { readonly now: Micros; readonly end: Micros } {
  const { virtualNow, travelled } = frames.latest ?? store.getState();
  return { now: virtualNow, end: travelled.end > virtualNow ? travelled.end : virtualNow };
}

/** Shows the run at `to`. Whoever leaves the end of a running run can go back to it as it was: running. */
export async function seekTo(services: AppServices, to: Destination): Promise<void> {
  const { store, session, frames } = services;
  const { now, end } = placeNow(services);
  if (now >= end) store.setState({ leftPlaying: frames.latest?.playing ?? store.getState().playing });
  // What was said of the moment that is left is no news here.
  store.setState({ lookBack: undefined, notice: undefined });
  await attempt(services, () => seekerOf(session).to(to));
}

/** Goes by `duration` from where the playhead is; at most to the beginning, or to the end of what has been. */
export async function seekBy(services: AppServices, duration: number): Promise<void> {
  const { now, end } = placeNow(services);
  await seekTo(services, micros(Math.min(Math.max(0, now + duration), end)));
}

/** To the furthest instant that the run has been at; it goes on there if it did when it was left. */
export async function backToNow(services: AppServices): Promise<void> {
  const { store, session } = services;
  const { now, end } = placeNow(services);
  if (now >= end) return;
  const { leftPlaying } = store.getState();
  await seekTo(services, end);
  if (leftPlaying) await attempt(services, () => session.play());
}

/** One event back. */
export async function stepBack({ session, store }: AppServices): Promise<void> {
  store.setState({ lookBack: undefined });
  await session.stepBack();
}

/** To the last turn of the story before the playhead, or to the beginning. */
export async function goToTurnBefore(services: AppServices): Promise<void> {
  const { store } = services;
  const turn = turnBefore(store.getState(), placeNow(services).now);
  await seekTo(services, turn === undefined ? ZERO : { at: turn.at, sequence: turn.sequence });
  if (turn !== undefined)
    store.getState().notify(`${formatClock(turn.at)}: ${sentenceOf(turn, store.getState().lanes)}.`);
}

/** To the next turn of the story: a known one, or the first that is still to come. */
export async function goToTurnAfter(services: AppServices): Promise<void> {
  const { store } = services;
  const turn = turnAfter(store.getState(), placeNow(services).now);
  if (turn === undefined) return await runToNext(services, "turn");
  await seekTo(services, { at: turn.at, sequence: turn.sequence });
  store.getState().notify(`${formatClock(turn.at)}: ${sentenceOf(turn, store.getState().lanes)}.`);
}

/** What one can look for, by the name that people read, and what is said when there is none. */
export const SOUGHT_WORDS: Readonly<Record<Sought, { readonly name: string; readonly none: string }>> = {
  election: { name: "Next election", none: "Nobody asks for votes" },
  leader: { name: "Next leader", none: "Nobody else is elected" },
  commit: { name: "Next commit", none: "Nothing commits" },
  lost: { name: "Next lost write", none: "No acknowledged write is lost" },
  broken: { name: "Next broken promise", none: "No promise is broken" },
  turn: { name: "Next turn of the story", none: "Nothing of note happens" },
};

/** Runs to the next of `what`; where there is none within the hour, says so, and the run stays where it is. */
export async function runToNext(services: AppServices, what: Sought): Promise<void> {
  const { store, session } = services;
  const until = after(placeNow(services).now, HORIZON);
  const found: Finding | undefined = await attempt(services, () => session.seekNext(what, until));
  if (found === "nothing") store.getState().notify(`${SOUGHT_WORDS[what].none} up to ${formatClock(until)}.`);
}
