/** Asking the session again and again, but only if the run has moved since: one step, one command, one other run. */
import type { AppServices } from "./appContext.ts";

/** One poller. */
export interface Poll<Answer> {
  /** Wall milliseconds between two looks whether the run has moved. */
  readonly interval: number;
  /** Undefined while there is nothing to ask: the next look tries again. */
  readonly ask: () => Promise<Answer> | undefined;
  readonly onAnswer: (answer: Answer) => void;
  readonly onProblem: (error: unknown) => void;
}

/** Asks at once, and until the returned function is called. One question at a time; nothing is told after the end. */
export function pollWhenMoved<Answer>({ store }: Pick<AppServices, "store">, poll: Poll<Answer>): () => void {
  const { interval, ask, onAnswer, onProblem } = poll;
  let isAsking = false;
  let isOver = false;
  let askedAt = "";
  const look = async () => {
    const { runId, virtualNow, runHash } = store.getState();
    const place = `${runId} ${virtualNow} ${runHash}`;
    if (isAsking || place === askedAt) return;
    const asked = ask();
    if (asked === undefined) return;
    isAsking = true;
    try {
      const answer = await asked;
      askedAt = place;
      if (!isOver) onAnswer(answer);
    } catch (error) {
      if (!isOver) onProblem(error);
    } finally {
      isAsking = false;
    }
  };
  void look();
  const timer = setInterval(() => void look(), interval);
  return () => {
    isOver = true;
    clearInterval(timer);
  };
}
