/** The events of the window as a list: the diagram for those who read it, and the way to every event by keyboard. */
import { useState } from "react";
import { useStore } from "zustand";
import type { ChronicleEvent } from "../../../model/protocol/chronicle.ts";
import { eventsWithin } from "../../layout/spacetimePlan.ts";
import { formatClock } from "../../layout/timeWords.ts";
import type { WordContext } from "../../store/words.ts";
import { SwitchField } from "../controls/SwitchField.tsx";
import { eventWords, isOfNote } from "./eventWords.ts";
import type { SpacetimeStore } from "./spacetimeStore.ts";

/** Rows on the page at once. */
const SHOWN = 150;

interface EventListProps {
  readonly diagram: SpacetimeStore;
  readonly context: WordContext;
  readonly onChoose: (event: ChronicleEvent) => void;
}

/** What happened in the window, newest last. */
export function EventList({ diagram, context, onChoose }: EventListProps) {
  const [showsAll, showAll] = useState(false);
  const passage = useStore(diagram, (state) => state.passage);
  const window = useStore(diagram, (state) => state.window);
  const chosen = useStore(diagram, (state) => state.chosen);
  const within = eventsWithin(passage.events, window.from, window.to);
  const wanted = showsAll ? within : within.filter(isOfNote);
  const rows = wanted.slice(-SHOWN);
  const messages = new Map(showsAll ? passage.messages.map((message) => [message.id, message]) : []);
  return (
    <>
      <SwitchField label="Every message too" on={showsAll} onChange={showAll} />
      {rows.length === 0 ? <p className="note">Nothing of note in this window.</p> : null}
      <ol className="spacetime-events" aria-label="Events in the window">
        {rows.map((event) => (
          <li key={event.id}>
            <button
              type="button"
              className="spacetime-event"
              aria-pressed={chosen?.kind === "event" && chosen.event === event.id}
              onClick={() => onChoose(event)}
            >
              <span className="event-time">{formatClock(event.at)}</span>
              <span>
                {eventWords(
                  event,
                  event.trigger.kind === "message" ? messages.get(event.trigger.flight) : undefined,
                  context,
                )}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
