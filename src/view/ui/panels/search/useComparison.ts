/**
 * Keeps the comparison of all replicas fresh while somebody looks at it (the search panel, the wide table, the map): about
 * twice a second while the run plays, and after each step, command or question while it stands.
 */
import { useEffect } from "react";
import { type AppServices, useServices, useView } from "../../appContext.ts";
import { wordsOf } from "../../attempt.ts";
import { pollWhenMoved } from "../../pollWhenMoved.ts";

/** Wall time between two looks whether the answer may have changed. */
const INTERVAL = 500;

function keepAsking(services: AppServices, vector: Float32Array): () => void {
  const { session, store } = services;
  return pollWhenMoved(services, {
    interval: INTERVAL,
    ask: () => {
      const { config, searchK } = store.getState();
      return config === undefined ? undefined : session.search(vector, searchK ?? config.workload.k);
    },
    onAnswer: (comparison) => store.getState().setComparison(comparison),
    onProblem: (error) => {
      const problem = `The replicas could not be asked: ${wordsOf(error)}`;
      store.setState(({ question }) => ({ question: { ...question, problem } }));
    },
  });
}

/** Asks the current question again and again, while its answers are looked at. Once on the page. */
export function useComparison(): void {
  const services = useServices();
  const vector = useView((state) => state.question.vector);
  const runId = useView((state) => state.runId);
  const searchK = useView((state) => state.searchK);
  const isSeen = useView(
    ({ failure, panel, picture, dialog }) =>
      failure === undefined && (panel === "search" || picture === "map" || dialog?.kind === "answers"),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run, or another k, is another answer to the same question
  useEffect(
    () => (vector === undefined || !isSeen ? undefined : keepAsking(services, vector)),
    [services, vector, isSeen, runId, searchK],
  );
}
