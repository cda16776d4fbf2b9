/** The second hint, done: the dead replica starts, and is asked beside the others while it has heard of nothing yet. */
import { WATCH_RATE } from "../layout/timeSpeed.ts";
import { whoAnswersWrong } from "../store/hints.ts";
import type { Question } from "../store/interfaceState.ts";
import type { ViewState } from "../store/viewStore.ts";
import { order, stateNow } from "./actions.ts";
import type { AppServices } from "./appContext.ts";
import { questionOf, suggestionsFor } from "./panels/search/questions.ts";

/** A question that whoever lags answers differently: what is like the newest acknowledged write. */
function tellingQuestion({ feed, config }: ViewState): Question {
  for (const { fact } of feed.toReversed()) {
    if (fact.kind !== "writeAcknowledged" || fact.operation.kind !== "put") continue;
    const { id, payload, embedding } = fact.operation;
    const label = `similar to ${payload.name}`;
    return { text: "", label, itemId: id, vector: embedding.values, problem: undefined };
  }
  const dataset = config?.workload.dataset ?? "products";
  return questionOf(dataset, suggestionsFor(dataset)[0] ?? "");
}

/** What the person asks already is left to them; asked once more, so that it counts as asked now. */
function questionFor(state: ViewState): Question {
  const { question } = state;
  return question.text === "" && question.vector === undefined ? tellingQuestion(state) : { ...question };
}

/**
 * Starts who is down, and searches while it lags. Time stands still meanwhile: the lag of a healthy cluster is over in a
 * moment, and what it does to the answers is to be read. The second time, what becomes of it is watched.
 */
export async function searchWhileLagging(services: AppServices): Promise<void> {
  const { session, store } = services;
  const state = stateNow(services);
  if (!state.playing && whoAnswersWrong(state) !== undefined) {
    store.getState().dropHint("searchWhileLagging");
    return await session.play();
  }
  // Not into the field: there the space bar would write, and a phone show its keyboard.
  store.getState().setPanel("search");
  const dead = state.replicas.find(({ alive }) => !alive);
  if (dead !== undefined) {
    await session.pause();
    // The store hears of it with the next frame; an answer that comes before is not yet one that was watched.
    store.setState({ playing: false });
    await session.setPlaybackRate(WATCH_RATE);
    if (!(await order(services, { kind: "restart", replicaId: dead.replicaId }))) return;
  }
  store.getState().ask(questionFor(store.getState()));
}
