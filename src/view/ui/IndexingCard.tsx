/** Search indexes over much data take a while to build: how far they are, and a way to leave a setting as it was. */
import { useServices, useView } from "./appContext.ts";
import { attempt } from "./attempt.ts";

const count = (value: number) => value.toLocaleString("en-US");

/** The card; nothing while no index is built. */
export default function IndexingCard() {
  const services = useServices();
  const indexing = useView((state) => state.indexing);
  // The card of a run that is computed has a way to leave it already.
  const isOpening = useView((state) => state.opening !== undefined);
  if (indexing === undefined) return null;
  const { done, total, canCancel } = indexing;
  return (
    <div className="card opening" role="status" aria-label="Building search indexes">
      <div className="opening-body">
        <p>
          <span className="card-lead">Indexing </span>
          {count(done)} of {count(total)} items
        </p>
        <progress className="opening-bar" max={Math.max(1, total)} value={done} aria-label="Share that is built" />
      </div>
      {canCancel && !isOpening ? (
        <button
          type="button"
          className="button"
          onClick={() => void attempt(services, () => services.session.cancelOpening())}
        >
          Cancel
        </button>
      ) : null}
    </div>
  );
}
