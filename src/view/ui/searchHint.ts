/** The second hint, done: the dead replica starts, slowly enough to watch, and is asked beside the others at once. */
import { WATCH_RATE } from "../layout/timeSpeed.ts";
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

/** Starts who is down, and searches while it lags. */
export async function searchWhileLagging(services: AppServices): Promise<void> {
  const { session, store } = services;
  const state = stateNow(services);
  const dead = state.replicas.find(({ alive }) => !alive);
  store.getState().ask(tellingQuestion(state));
  store.getState().focusSearch();
  if (dead === undefined) return;
  await session.setPlaybackRate(WATCH_RATE);
  if (await order(services, { kind: "restart", replicaId: dead.replicaId })) await session.play();
}
