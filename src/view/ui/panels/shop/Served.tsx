/** All customers of the run so far: served right, wrong, not at all, and since when nobody was served right. */
import { between } from "../../../../base/units.ts";
import { count, duration } from "../../../store/format.ts";
import { useView } from "../../appContext.ts";

/** Their real searches, judged against what was true when they asked. */
export function Served() {
  const customers = useView((state) => state.customers);
  const now = useView((state) => state.virtualNow);
  if (customers === undefined) return null;
  const { right, wrong, empty, unanswered, lastRightAt, missing, outdated, ghost } = customers;
  const kinds = [
    missing > 0 ? `${count(missing)} with something missing` : "",
    outdated > 0 ? `${count(outdated)} outdated` : "",
    ghost > 0 ? `${count(ghost)} with a deleted item` : "",
  ].filter((kind) => kind !== "");
  return (
    <section aria-labelledby="shop-served">
      <h3 className="shop-heading" id="shop-served">
        All customers so far
      </h3>
      <dl className="shop-served">
        <div>
          <dt>served right</dt>
          <dd>{count(right)}</dd>
        </div>
        <div>
          <dt>wrong</dt>
          <dd data-some={wrong > 0 ? "" : undefined}>{count(wrong)}</dd>
        </div>
        <div>
          <dt>empty or no answer</dt>
          <dd data-some={empty + unanswered > 0 ? "" : undefined}>{count(empty + unanswered)}</dd>
        </div>
      </dl>
      {kinds.length === 0 ? null : <p className="note">Wrong: {kinds.join(", ")}.</p>}
      <p className="note">
        {lastRightAt === undefined
          ? "Nobody has been served right yet."
          : `Last right answer ${duration(between(lastRightAt, now))} ago.`}
      </p>
    </section>
  );
}
