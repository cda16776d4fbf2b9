/**
 * The space-time diagram: one line per replica and client, time along, messages as arrows. React makes its containers and
 * what is read; {@link DiagramView} draws.
 */
import { useCallback, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { present } from "../../../base/assert.ts";
import { type Micros, micros } from "../../../base/units.ts";
import type { ChronicleEvent, ChronicleMessage, Question, Reason } from "../../../model/protocol/chronicle.ts";
import type { Pointed } from "../../layout/spacetimePlan.ts";
import type { AppServices } from "../appContext.ts";
import { useServices, useView } from "../appContext.ts";
import { attempt } from "../attempt.ts";
import { seekTo } from "../travel.ts";
import { useWordContext, wordContextOf } from "../wordContext.ts";
import { DiagramView } from "./diagramView.ts";
import { EventList } from "./EventList.tsx";
import { eventWords, messageStory } from "./eventWords.ts";
import { createSpacetimeStore, type SpacetimeStore } from "./spacetimeStore.ts";
import { Toolbar } from "./Toolbar.tsx";
import { WhyAnswer } from "./WhyAnswer.tsx";
import "./spacetime.css";

/** How much further back is looked, where somebody asks for more. */
const FURTHER = 5;

/** Follows what "why?" is asked of, and asks the session. A later question takes the place of an earlier one. */
function useAnswers(services: AppServices, diagram: SpacetimeStore): void {
  const why = useView((state) => state.why);
  useEffect(() => {
    if (why === undefined) {
      diagram.setState({ answer: { kind: "none" } });
      return;
    }
    let isLate = false;
    diagram.setState({ answer: { kind: "asking" } });
    void attempt(services, () => services.session.why(why)).then((explanation) => {
      if (isLate) return;
      diagram.setState({ answer: explanation === undefined ? { kind: "unknown" } : { kind: "told", explanation } });
    });
    return () => {
      isLate = true;
    };
  }, [services, diagram, why]);
}

/** Right after an event, whoever's it is. */
function goTo(services: AppServices, event: Pick<ChronicleEvent, "id"> & { readonly at: Micros }): Promise<void> {
  return seekTo(services, event.id > 0 ? { event: event.id } : { at: event.at, sequence: -event.id });
}

function eventQuestion({ at, id }: ChronicleEvent): Question {
  return { kind: "event", at, event: id };
}

function messageQuestion({ id, sentAt, lost }: ChronicleMessage): Question {
  return { kind: "message", at: lost !== undefined && lost.at > sentAt ? lost.at : sentAt, flight: id };
}

/** What is chosen, and what can be done with it. */
function ChosenThing({ diagram, services }: { readonly diagram: SpacetimeStore; readonly services: AppServices }) {
  const chosen = useStore(diagram, (state) => state.chosen);
  const passage = useStore(diagram, (state) => state.passage);
  const context = useWordContext();
  const askWhy = useView((state) => state.askWhy);
  if (chosen === undefined) return null;
  const event = chosen.kind === "event" ? passage.events.find(({ id }) => id === chosen.event) : undefined;
  const flight = event?.trigger.kind === "message" ? event.trigger.flight : undefined;
  const wanted = chosen.kind === "message" ? chosen.flight : flight;
  const message = wanted === undefined ? undefined : passage.messages.find(({ id }) => id === wanted);
  const question =
    event === undefined ? (message === undefined ? undefined : messageQuestion(message)) : eventQuestion(event);
  if (question === undefined) return null;
  const words =
    event === undefined ? (message === undefined ? "" : messageStory(message)) : eventWords(event, message, context);
  const ends = passage.events.filter(({ id }) => id === message?.sentIn || id === message?.arrivedIn);
  return (
    <section className="spacetime-chosen" aria-label="Chosen">
      <p>{words}</p>
      <div className="spacetime-verbs">
        <button type="button" className="button" data-kind="primary" onClick={() => askWhy(question)}>
          Why?
        </button>
        {event === undefined ? (
          ends.map((end) => (
            <button key={end.id} type="button" className="button" onClick={() => void goTo(services, end)}>
              {end.id === message?.sentIn ? "Go to its sending" : "Go to its arrival"}
            </button>
          ))
        ) : (
          <button type="button" className="button" onClick={() => void goTo(services, event)}>
            Go there
          </button>
        )}
      </div>
    </section>
  );
}

function hoverWords(pointed: Pointed | undefined, diagram: SpacetimeStore, services: AppServices): string {
  if (pointed === undefined) return "";
  if (pointed.kind === "message") return messageStory(pointed.arrow.message);
  const { event } = pointed;
  const { passage } = diagram.getState();
  const flight = event.trigger.kind === "message" ? event.trigger.flight : undefined;
  return eventWords(
    event,
    passage.messages.find(({ id }) => id === flight),
    wordContextOf(services.store.getState),
  );
}

const PAN_KEYS: Readonly<Record<string, number>> = {
  ArrowLeft: -0.15,
  ArrowUp: -0.15,
  ArrowRight: 0.15,
  ArrowDown: 0.15,
  PageUp: -0.8,
  PageDown: 0.8,
};

/** The drawn part, and its keys. */
function useDiagram(services: AppServices, diagram: SpacetimeStore) {
  const surface = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const hint = useRef<HTMLParagraphElement>(null);
  const [view, setView] = useState<DiagramView>();
  useEffect(() => {
    const made = new DiagramView({
      services,
      diagram,
      surface: present(surface.current, "the diagram's surface"),
      canvas: present(canvas.current, "the diagram's canvas"),
      onPoint: (pointed) => {
        if (hint.current !== null) hint.current.textContent = hoverWords(pointed, diagram, services);
      },
      onChoose: (pointed) => choose(services, diagram, pointed),
    });
    setView(made);
    return () => made.destroy();
  }, [services, diagram]);
  const onKey = useCallback(
    (event: React.KeyboardEvent) => {
      const pan = PAN_KEYS[event.key];
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (pan !== undefined) view?.panBy(pan);
      else if (event.key === "+" || event.key === "=") view?.zoomBy(1.6);
      else if (event.key === "-") view?.zoomBy(1 / 1.6);
      else if (event.key === "End") diagram.setState({ isFollowing: true });
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    [view, diagram],
  );
  return { surface, canvas, hint, view, onKey };
}

/** A click on an event goes there; one on a message shows it, and the stage too. */
function choose(services: AppServices, diagram: SpacetimeStore, pointed: Pointed): void {
  if (pointed.kind === "event") {
    diagram.setState({ chosen: { kind: "event", event: pointed.event.id }, isFollowing: false });
    void goTo(services, pointed.event);
    return;
  }
  const { id: flight, from, to } = pointed.arrow.message;
  diagram.setState({ chosen: { kind: "message", flight }, isFollowing: false });
  services.store.getState().select({ kind: "message", flight, from, to });
}

/** The whole diagram. */
export default function Spacetime({ isNarrow }: { readonly isNarrow: boolean }) {
  const services = useServices();
  const [diagram] = useState(createSpacetimeStore);
  const { surface, canvas, hint, view, onKey } = useDiagram(services, diagram);
  const answer = useStore(diagram, (state) => state.answer);
  const askWhy = useView((state) => state.askWhy);
  useAnswers(services, diagram);
  const context = useWordContext();
  const go = ({ event, at }: Reason) => {
    if (event === undefined || at === undefined) return;
    diagram.setState({ chosen: { kind: "event", event } });
    view?.show(at);
  };
  return (
    <section className="spacetime" aria-label="Space-time diagram" data-narrow={isNarrow ? "" : undefined}>
      <Toolbar diagram={diagram} view={view} isNarrow={isNarrow} />
      <div className="spacetime-picture">
        <div
          className="spacetime-surface"
          ref={surface}
          role="slider"
          tabIndex={0}
          aria-label="Window of the space-time diagram"
          aria-valuemin={0}
          aria-valuemax={0}
          aria-valuenow={0}
          aria-description="Arrow keys move the window, plus and minus zoom, End goes back to the playhead. The events are in the list that follows."
          onKeyDown={onKey}
        >
          <canvas ref={canvas} />
        </div>
        <p className="spacetime-hint" ref={hint} aria-hidden="true" />
      </div>
      <div className="spacetime-side">
        <ChosenThing diagram={diagram} services={services} />
        <WhyAnswer
          answer={answer}
          context={context}
          onGo={go}
          onClose={() => askWhy(undefined)}
          onFurther={(before) => {
            const { why } = services.store.getState();
            if (why !== undefined) askWhy({ ...why, reach: micros((why.at - before) * FURTHER) });
          }}
        />
        <EventList
          diagram={diagram}
          context={context}
          onChoose={(event) => {
            diagram.setState({ chosen: { kind: "event", event: event.id }, isFollowing: false });
            view?.show(event.at);
          }}
        />
      </div>
    </section>
  );
}
