/** What happened, newest first, in plain words. Routine stays hidden until asked for. */
import type { ClusterEvent } from "../../../../model/protocol/events.ts";
import { endsOf, feedRows } from "../../../store/feedRows.ts";
import { count } from "../../../store/format.ts";
import { type Weight, weightOf } from "../../../store/words.ts";
import { useView } from "../../appContext.ts";
import { SwitchField } from "../../controls/SwitchField.tsx";
import { useWordContext } from "../../wordContext.ts";
import { EventRow } from "./EventRow.tsx";
import { LossesRow } from "./LossesRow.tsx";
import "./events.css";

/** Rows on the page at once; the feed keeps more than one reads. */
const SHOWN = 200;

const quiet: ReadonlySet<Weight> = new Set(["turn", "step"]);

/** Says how much is not shown; nothing when all is. */
function Omitted({ left }: { readonly left: number }) {
  return left === 0 ? null : <p className="note">{count(left)} older events were left out.</p>;
}

/** The number of the last fact that has happened where the playhead stands. */
function useFactNow(): number {
  return useView(({ virtualNow, travelled }) =>
    virtualNow < travelled.end ? travelled.fact : Number.POSITIVE_INFINITY,
  );
}

function isQuiet(event: ClusterEvent): boolean {
  return quiet.has(weightOf(event));
}

/** The whole tab. */
export default function EventsPanel() {
  const feed = useView((state) => state.feed);
  const feedOmitted = useView((state) => state.feedOmitted);
  const fact = useFactNow();
  const showsRoutine = useView((state) => state.showsRoutine);
  const showRoutine = useView((state) => state.showRoutine);
  const context = useWordContext();
  const rows = feedRows(showsRoutine ? feed : feed.filter(isQuiet));
  const shown = rows.slice(-SHOWN).reverse();
  return (
    <>
      <div className="events-head">
        <SwitchField label="Acknowledgements and answers too" on={showsRoutine} onChange={showRoutine} />
      </div>
      {shown.length === 0 ? (
        <p className="panel-empty">Nothing of note yet. Kill the leader (K), and read what follows.</p>
      ) : (
        <ol className="events" aria-label="Events, newest first">
          {shown.map((row) => {
            const { first, last } = endsOf(row);
            const isLater = last.sequence > fact;
            return row.kind === "event" ? (
              <EventRow key={first.sequence} event={row.event} context={context} isLater={isLater} />
            ) : (
              <LossesRow key={first.sequence} row={row} context={context} isLater={isLater} />
            );
          })}
        </ol>
      )}
      <Omitted left={feedOmitted + rows.length - shown.length} />
    </>
  );
}
