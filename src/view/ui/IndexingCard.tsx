/**
 * Search indexes over much data take a while to build: how far they are, and a way out. Before a setting takes effect that
 * leaves everything as it was; where the run itself waits for them, every replica searches exactly from then on.
 */

import { order } from "./actions.ts";
import { type AppServices, useServices, useView } from "./appContext.ts";
import { attempt } from "./attempt.ts";

const count = (value: number) => value.toLocaleString("en-US");

/** Leaves the setting, or the index that the open run has. */
async function giveUp(services: AppServices, canCancel: boolean): Promise<void> {
  if (canCancel) {
    await attempt(services, () => services.session.cancelOpening());
    return;
  }
  if (!(await order(services, { kind: "setSearchIndex", index: undefined }))) return;
  services.store.getState().notify("The indexes were given up: every replica searches exactly from now on.", "undo");
}

/** The card; nothing while no index is built. */
export default function IndexingCard() {
  const services = useServices();
  const indexing = useView((state) => state.indexing);
  // The card of a run that is computed has a way to leave it already.
  const isOpening = useView((state) => state.opening !== undefined);
  if (indexing === undefined) return null;
  const { done, total, canCancel } = indexing;
  return (
    <section className="card opening" aria-label="Building search indexes">
      {/* That one is built is announced, and not every item of it: those are the bar's. */}
      <p className="only-read" role="status">
        Building search indexes
      </p>
      <div className="opening-body">
        <p aria-hidden="true">
          <span className="card-lead">Indexing </span>
          {count(done)} of {count(total)} items
        </p>
        <progress className="opening-bar" max={Math.max(1, total)} value={done} aria-label="Items that are indexed" />
      </div>
      {isOpening ? null : (
        <button type="button" className="button" onClick={() => void giveUp(services, canCancel)}>
          {canCancel ? "Cancel" : "Search exactly instead"}
        </button>
      )}
    </section>
  );
}
