/** The built-in scenarios: what each is called, what happens and what to look at. One press opens it as a run of its own. */
import { Play } from "lucide-react";
import { useMemo } from "react";
import { allBuiltIns, type BuiltIn } from "../../../data/scenarios/lessons.ts";
import type { ReplicationMode } from "../../../model/protocol/config.ts";
import { clockWords, plural } from "../../store/format.ts";
import { useServices, useView } from "../appContext.ts";
import { lessonOf } from "../lessons.ts";
import { startLesson } from "../runChanges.ts";
import { DialogFrame } from "./DialogFrame.tsx";

const modeNames: Record<ReplicationMode, string> = {
  asynchronous: "asynchronous",
  quorum: "quorum",
  synchronous: "synchronous",
};

function factsOf({ inputs, view }: BuiltIn): string {
  const { cluster, seed } = inputs.config;
  const { replicaCount, mode, regions } = cluster;
  const where = regions.length === 0 ? "" : ` in ${plural(regions.length, "region")}`;
  return `${plural(replicaCount, "replica")}${where}, ${modeNames[mode]}, seed ${seed}. Opens at ${clockWords(view.at)}.`;
}

interface LessonItemProps {
  readonly scenario: BuiltIn;
  readonly isOpen: boolean;
  readonly onStart: () => void;
}

function LessonItem({ scenario, isOpen, onStart }: LessonItemProps) {
  const { name, title, about } = scenario;
  return (
    <li className="lessons-item">
      <h3 className="lessons-title" id={`lesson-${name}`}>
        {title}
      </h3>
      <p className="lessons-about">{about}</p>
      <p className="note">{factsOf(scenario)}</p>
      <button
        type="button"
        className="button lessons-start"
        aria-describedby={`lesson-${name}`}
        aria-label={`${isOpen ? "Start again" : "Open"}: ${title}`}
        onClick={onStart}
      >
        <Play size={16} aria-hidden="true" />
        {isOpen ? "Start again" : "Open"}
      </button>
    </li>
  );
}

/** The whole gallery. */
export function LessonsDialog({ onClose }: { readonly onClose: () => void }) {
  const services = useServices();
  const current = useView((state) => state.lesson?.name);
  const scenarios = useMemo(allBuiltIns, []);
  const start = (scenario: BuiltIn) => {
    onClose();
    void startLesson(services, lessonOf(scenario));
  };
  return (
    <DialogFrame
      title="Lessons"
      description="Fifteen things that go wrong in real clusters. Each opens as a run of its own, shortly before it happens; your run is kept, and Undo brings it back."
      wide="gallery"
      onClose={onClose}
    >
      <ul className="lessons">
        {scenarios.map((scenario) => (
          <LessonItem
            key={scenario.name}
            scenario={scenario}
            isOpen={scenario.name === current}
            onStart={() => start(scenario)}
          />
        ))}
      </ul>
    </DialogFrame>
  );
}
