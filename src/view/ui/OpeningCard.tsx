/** What lies before an opening takes a while to compute: how far it is, and a way to leave it. */
import { clockWords } from "../store/format.ts";
import { useServices, useView } from "./appContext.ts";
import { attempt } from "./attempt.ts";

/** The card; nothing while no run is computed. */
export function OpeningCard() {
  const services = useServices();
  const opening = useView((state) => state.opening);
  if (opening === undefined) return null;
  const { reached, end } = opening;
  return (
    <div className="card opening" role="status" aria-label="Computing a run">
      <div className="opening-body">
        <p>
          <span className="card-lead">Computing </span>
          {clockWords(reached)} of {clockWords(end)}
        </p>
        <progress className="opening-bar" max={end} value={reached} aria-label="Share that is computed" />
      </div>
      <button
        type="button"
        className="button"
        onClick={() => void attempt(services, () => services.session.cancelOpening())}
      >
        Cancel
      </button>
    </div>
  );
}
