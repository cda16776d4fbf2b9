/** Tells screen readers what turned: politely, merged, and at most every two seconds of wall time. */
import { useEffect, useState } from "react";
import type { ClusterEvent } from "../../model/protocol/events.ts";
import type { RunFacts } from "../store/runFacts.ts";
import type { ViewState } from "../store/viewStore.ts";
import { sentenceOf, weightOf } from "../store/words.ts";
import { useServices } from "./appContext.ts";

/** Wall time between two announcements, at least. */
const PAUSE = 2_000;

/** Sentences in one announcement; of more the newest are said. */
const MOST = 3;

/** The events of `feed` behind `sequence` that turned the story. */
export function turnsSince(feed: readonly ClusterEvent[], sequence: number): readonly ClusterEvent[] {
  return feed.filter((event) => event.sequence > sequence && weightOf(event) === "turn");
}

/** One polite announcement of several turns. */
export function announcement(sentences: readonly string[]): string {
  const left = sentences.length - MOST;
  const said = sentences.slice(-MOST).join(". ");
  return left > 0 ? `${left} more events, then: ${said}.` : `${said}.`;
}

/** What turned, in sentences; in plainer ones where the part of the page that words them could not be loaded. */
async function sentencesOf(turns: readonly ClusterEvent[], state: () => ViewState): Promise<readonly string[]> {
  try {
    const { tellTurns } = await import("./tellTurns.ts");
    return tellTurns(turns, state);
  } catch {
    return turns.map((event) => sentenceOf(event, state().lanes));
  }
}

/** The run and its branch: facts are counted anew in another. */
function placeOf({ runId, travelled }: Pick<RunFacts, "runId" | "travelled">): string {
  return `${runId} ${travelled.branch}`;
}

/** The region; it is read, never seen. */
export function LiveRegion() {
  const { store } = useServices();
  const [text, setText] = useState("");
  useEffect(() => {
    let heardTo = store.getState().feed.at(-1)?.sequence ?? -1;
    let place = placeOf(store.getState());
    const timer = setInterval(() => {
      const { feed } = store.getState();
      const now = placeOf(store.getState());
      const newest = feed.at(-1)?.sequence ?? heardTo;
      const turns = now === place ? turnsSince(feed, heardTo) : [];
      place = now;
      heardTo = newest;
      if (turns.length === 0) return;
      void sentencesOf(turns, store.getState).then((sentences) => setText(announcement(sentences)));
    }, PAUSE);
    return () => clearInterval(timer);
  }, [store]);
  return (
    <div className="only-read" aria-live="polite">
      {text}
    </div>
  );
}
