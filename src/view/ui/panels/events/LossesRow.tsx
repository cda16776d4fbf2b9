/** Many acknowledged writes that were lost together: how many and when, and which once the row is opened. */
import { ChevronDown, ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import { type FeedRow, type LossEvent, lossWords, rowWords } from "../../../store/feedRows.ts";
import type { WordContext } from "../../../store/words.ts";
import { WhyButton } from "../../spacetime/WhyButton.tsx";
import { EventLine, LossSign } from "./EventRow.tsx";

function Loss({ loss, context }: { readonly loss: LossEvent; readonly context: WordContext }) {
  const words = lossWords(loss, context);
  return (
    <li>
      {words}
      <WhyButton question={{ kind: "fact", at: loss.at, sequence: loss.sequence }} about={`${words} is lost`} />
    </li>
  );
}

interface LossesRowProps {
  readonly row: Extract<FeedRow, { readonly kind: "losses" }>;
  readonly context: WordContext;
  readonly isLater: boolean;
}

/** The row: closed as it comes, since hundreds of lines push everything else out of sight. */
export function LossesRow({ row, context, isLater }: LossesRowProps) {
  const [isOpen, setOpen] = useState(false);
  const listId = useId();
  const { losses } = row;
  const [first] = losses;
  const words = rowWords(row, context);
  const Sign = isOpen ? ChevronDown : ChevronRight;
  return (
    <EventLine event={first} isLater={isLater}>
      <div>
        <div className="event-head">
          <button
            type="button"
            className="event-fold"
            aria-expanded={isOpen}
            aria-controls={isOpen ? listId : undefined}
            onClick={() => setOpen(!isOpen)}
          >
            <Sign className="event-sign" size={14} strokeWidth={2.5} aria-hidden="true" />
            <LossSign />
            {words}
          </button>
          <WhyButton question={{ kind: "fact", at: first.at, sequence: first.sequence }} about={words} />
        </div>
        {isOpen ? (
          <ol className="event-losses" id={listId} aria-label="Lost writes">
            {losses.map((loss) => (
              <Loss key={loss.sequence} loss={loss} context={context} />
            ))}
          </ol>
        ) : null}
      </div>
    </EventLine>
  );
}
