/**
 * Keeps the comparison of all replicas fresh while somebody looks at it (the search panel, the wide table, the map): about
 * twice a second while the run plays, and after each step, command or question while it stands.
 */
import { useEffect } from "react";
import { type AppServices, useServices, useView } from "../../appContext.ts";

/** Wall time between two looks whether the answer may have changed. */
const INTERVAL = 500;

/** Asks until the returned function is called. */
function keepAsking({ session, store }: AppServices, vector: Float32Array): () => void {
  let isAsking = false;
  let isOver = false;
  let askedAt = "";
  const ask = async () => {
    const { runHash, runId, virtualNow, config, searchK } = store.getState();
    const place = `${runId} ${virtualNow} ${runHash}`;
    if (isAsking || place === askedAt || config === undefined) return;
    isAsking = true;
    try {
      const comparison = await session.search(vector, searchK ?? config.workload.k);
      askedAt = place;
      if (!isOver) store.getState().setComparison(comparison);
    } catch (error) {
      if (!isOver) store.setState(({ question }) => ({ question: { ...question, problem: wordsOf(error) } }));
    } finally {
      isAsking = false;
    }
  };
  void ask();
  const timer = setInterval(() => void ask(), INTERVAL);
  return () => {
    isOver = true;
    clearInterval(timer);
  };
}

function wordsOf(error: unknown): string {
  return `The replicas could not be asked: ${error instanceof Error ? error.message : String(error)}`;
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
