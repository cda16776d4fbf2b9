/** One event of the feed: when, what, and why. */
import { X } from "lucide-react";
import type { ReactNode } from "react";
import type { ClusterEvent } from "../../../../model/protocol/events.ts";
import { formatClock } from "../../../layout/timeWords.ts";
import { isLoss, sentenceOf, type WordContext, weightOf } from "../../../store/words.ts";
import { WhyButton } from "../../spacetime/WhyButton.tsx";

/** Of what a person did there is no reason to be asked for. */
function hasReasons({ fact }: ClusterEvent): boolean {
  return fact.kind !== "commandDone" && fact.kind !== "commandIgnored";
}

/** The cross of a loss: red alone would tell nobody who does not see it. */
export function LossSign() {
  return <X className="event-sign" size={13} strokeWidth={3} aria-hidden="true" />;
}

interface EventLineProps {
  readonly event: ClusterEvent;
  /** Later than the playhead: known, and still to come. */
  readonly isLater: boolean;
  readonly children: ReactNode;
}

/** A row of the feed: the time by the clock, then whatever is said of it. */
export function EventLine({ event, isLater, children }: EventLineProps) {
  return (
    <li
      className="event"
      data-weight={weightOf(event)}
      data-lost={isLoss(event) ? "" : undefined}
      data-later={isLater ? "" : undefined}
    >
      {isLater ? <span className="only-read">Still to come: </span> : null}
      <span className="event-time">{formatClock(event.at)}</span>
      {children}
    </li>
  );
}

interface RowProps extends Pick<EventLineProps, "event" | "isLater"> {
  readonly context: WordContext;
}

/** An event that stands alone. */
export function EventRow({ event, context, isLater }: RowProps) {
  const words = sentenceOf(event, context);
  return (
    <EventLine event={event} isLater={isLater}>
      <span>
        {isLoss(event) ? <LossSign /> : null}
        {words}
        {hasReasons(event) ? (
          <WhyButton question={{ kind: "fact", at: event.at, sequence: event.sequence }} about={words} />
        ) : null}
      </span>
    </EventLine>
  );
}
