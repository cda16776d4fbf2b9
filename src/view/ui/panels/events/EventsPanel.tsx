/** What happened, newest first, in plain words. Routine stays hidden until asked for. */
import { X } from "lucide-react";
import type { ClusterEvent } from "../../../../model/protocol/events.ts";
import { count, instant } from "../../../store/format.ts";
import { isLoss, sentenceOf, type Weight, type WordContext, weightOf } from "../../../store/words.ts";
import { useView } from "../../appContext.ts";
import { SwitchField } from "../../controls/SwitchField.tsx";
import { WhyButton } from "../../spacetime/WhyButton.tsx";
import "./events.css";

/** Rows on the page at once; the feed keeps more than one reads. */
const SHOWN = 200;

const quiet: ReadonlySet<Weight> = new Set(["turn", "step"]);

/** Of what a person did there is no reason to be asked for. */
function hasReasons({ fact }: ClusterEvent): boolean {
  return fact.kind !== "commandDone" && fact.kind !== "commandIgnored";
}

interface RowProps {
  readonly event: ClusterEvent;
  readonly context: WordContext;
  /** Later than the playhead: known, and still to come. */
  readonly isLater: boolean;
}

function EventRow({ event, context, isLater }: RowProps) {
  const isLost = isLoss(event);
  return (
    <li
      className="event"
      data-weight={weightOf(event)}
      data-lost={isLost ? "" : undefined}
      data-later={isLater ? "" : undefined}
    >
      {isLater ? <span className="only-read">Still to come: </span> : null}
      <span className="event-time">{instant(event.at)}</span>
      <span>
        {isLost ? <X className="event-sign" size={13} strokeWidth={3} aria-hidden="true" /> : null}
        {sentenceOf(event, context)}
        {hasReasons(event) ? (
          <WhyButton
            question={{ kind: "fact", at: event.at, sequence: event.sequence }}
            about={sentenceOf(event, context)}
          />
        ) : null}
      </span>
    </li>
  );
}

/** Says how much is not shown; nothing when all is. */
function Omitted({ left }: { readonly left: number }) {
  return left === 0 ? null : <p className="note">{count(left)} older events were left out.</p>;
}

/** The whole tab. */
export default function EventsPanel() {
  const feed = useView((state) => state.feed);
  const feedOmitted = useView((state) => state.feedOmitted);
  const leaderships = useView((state) => state.lanes.leaderships);
  const fact = useView(({ virtualNow, travelled }) =>
    virtualNow < travelled.end ? travelled.fact : Number.POSITIVE_INFINITY,
  );
  const showsRoutine = useView((state) => state.showsRoutine);
  const showRoutine = useView((state) => state.showRoutine);
  const wanted = showsRoutine ? feed : feed.filter((event) => quiet.has(weightOf(event)));
  const shown = wanted.slice(-SHOWN).reverse();
  return (
    <>
      <div className="events-head">
        <SwitchField label="Acknowledgements and answers too" on={showsRoutine} onChange={showRoutine} />
      </div>
      {shown.length === 0 ? (
        <p className="panel-empty">Nothing of note yet. Kill the leader (K), and read what follows.</p>
      ) : (
        <ol className="events" aria-label="Events, newest first">
          {shown.map((event) => (
            <EventRow key={event.sequence} event={event} context={{ leaderships }} isLater={event.sequence > fact} />
          ))}
        </ol>
      )}
      <Omitted left={feedOmitted + wanted.length - shown.length} />
    </>
  );
}
