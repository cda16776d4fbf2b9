/** The customers of the whole cluster so far: how many got something, and how many an empty page. */
import { count } from "../../../store/format.ts";
import { useView } from "../../appContext.ts";

/** Counted since the run began, over all clients. */
export function Served() {
  const served = useView((state) => state.counters?.searchesServed ?? 0);
  const empty = useView((state) => state.counters?.searchesEmpty ?? 0);
  return (
    <dl className="shop-served" aria-label="Customers so far">
      <div>
        <dt>customers answered</dt>
        <dd>{count(served)}</dd>
      </div>
      <div>
        <dt>empty pages</dt>
        <dd>{count(empty)}</dd>
      </div>
    </dl>
  );
}
