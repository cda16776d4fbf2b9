/** The hint of the moment: one at a time, gone when done or dismissed. */
import { X } from "lucide-react";
import { useEffect } from "react";
import { doneHints, hintText, nextHint } from "../store/hints.ts";
import { HINTS, type HintId } from "../store/interfaceState.ts";
import type { ViewState } from "../store/viewStore.ts";
import { actionById, performAction } from "./actions.ts";
import { type AppServices, useServices, useView } from "./appContext.ts";
import { attempt } from "./attempt.ts";
import { searchWhileLagging } from "./searchHint.ts";

/** What the card's button does: what the hint says. */
const doing: Record<HintId, (services: AppServices) => Promise<void>> = {
  killLeader: (services) => performAction(actionById("killLeader"), services),
  searchWhileLagging: (services) => attempt(services, () => searchWhileLagging(services)),
  cutNetwork: (services) => performAction(actionById("partition"), services),
};

const isSearchOffered = ({ hintsGone }: ViewState) => nextHint(hintsGone) === "searchWhileLagging";

/**
 * Drops hints as soon as what they ask for was done. An answer that happens to be wrong for a moment does nothing for the
 * search: it is done once a question was asked while the hint was offered.
 */
export function useDoneHints(): void {
  const { store } = useServices();
  useEffect(() => {
    let isAsked = false;
    return store.subscribe((state, before) => {
      if (isSearchOffered(before) && state.question !== before.question) isAsked = state.question.vector !== undefined;
      const { feed, comparison, playing } = state;
      if (feed === before.feed && comparison === before.comparison && playing === before.playing) return;
      for (const hint of doneHints(state)) if (hint !== "searchWhileLagging" || isAsked) state.dropHint(hint);
    });
  }, [store]);
}

/** The card at the stage's lower right; nothing when every hint is gone. */
export function HintCard() {
  const services = useServices();
  const gone = useView((state) => state.hintsGone);
  const hasRun = useView((state) => state.runId > 0 && state.failure === undefined);
  const hint = nextHint(gone);
  const text = useView((state) => (hint === undefined ? "" : hintText(hint, state)));
  if (hint === undefined || !hasRun) return null;
  return (
    <aside className="card" data-kind="hint" aria-label="Hint">
      <p>
        <span className="card-lead">Try next </span>
        <button type="button" className="link-button" onClick={() => void doing[hint](services)}>
          {text}
        </button>
      </p>
      <span className="card-count">
        {HINTS.indexOf(hint) + 1} of {HINTS.length}
      </span>
      <button
        type="button"
        className="button"
        data-kind="icon"
        aria-label="Dismiss this hint"
        onClick={() => services.store.getState().dropHint(hint)}
      >
        <X size={16} aria-hidden="true" />
      </button>
    </aside>
  );
}
