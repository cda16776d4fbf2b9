/** Asks why of one thing; the space-time diagram answers. Stands beside what it asks about. */
import { CircleHelp } from "lucide-react";
import type { ReactNode } from "react";
import type { Question } from "../../../model/protocol/chronicle.ts";
import { useView } from "../appContext.ts";

interface WhyButtonProps {
  readonly question: Question;
  /** What it asks about, in words: "r2 leads term 2". */
  readonly about: string;
  /** What is pressed, where it is not the sign. */
  readonly children?: ReactNode;
}

/** A sign, or whatever it is given, that can be pressed. */
export function WhyButton({ question, about, children }: WhyButtonProps) {
  const askWhy = useView((state) => state.askWhy);
  return (
    <button
      type="button"
      className="why-button"
      aria-label={`Why? ${about}`}
      title="Why?"
      onClick={() => askWhy(question)}
    >
      {children ?? <CircleHelp size={14} aria-hidden="true" />}
    </button>
  );
}
