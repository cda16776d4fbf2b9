/** The lesson that is being played: its title, and on demand what happens and what to look at. */
import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useState } from "react";
import { useServices, useView } from "./appContext.ts";

/** The card at the stage's lower right; nothing while no lesson runs, or once it was put away. */
export function LessonCard() {
  const { store } = useServices();
  const lesson = useView((state) => (state.hidesLesson ? undefined : state.lesson));
  const hasNotice = useView((state) => (state.notice ?? state.opening) !== undefined);
  const [isOpen, setOpen] = useState(false);
  if (lesson === undefined || hasNotice) return null;
  return (
    <aside className="card lesson" aria-label="Lesson">
      <div className="lesson-head">
        <button
          type="button"
          className="lesson-title"
          aria-expanded={isOpen}
          aria-controls="lesson-about"
          onClick={() => setOpen(!isOpen)}
        >
          {lesson.title}
          {isOpen ? <ChevronDown size={16} aria-hidden="true" /> : <ChevronUp size={16} aria-hidden="true" />}
        </button>
        <button
          type="button"
          className="button"
          data-kind="icon"
          aria-label="Put this note away"
          onClick={() => store.setState({ hidesLesson: true })}
        >
          <X size={16} aria-hidden="true" />
        </button>
      </div>
      {isOpen ? (
        <p className="lesson-about" id="lesson-about">
          {lesson.about}
        </p>
      ) : null}
    </aside>
  );
}
