/** The marks of the search table, drawn the same in cells and legend. Amber heals by itself, red does not. */
import { ArrowDown, ArrowUp, ChevronDown, ChevronUp, X } from "lucide-react";
import type { SearchMark } from "../../../store/searchTable.ts";

/** Each mark in a word. */
export const MARK_NAMES: Record<SearchMark, string> = {
  missing: "missing",
  displaced: "pushed out",
  skipped: "missed by the index",
  outdated: "outdated",
  ghost: "ghost",
  unconfirmed: "unconfirmed",
  lost: "lost",
};

const explanations: Record<SearchMark, string> = {
  missing: "should be in this answer",
  displaced: "stored here as it should be; something that should not be in the answer took its place",
  skipped: "stored here, and passed over by the approximate search",
  outdated: "an older version",
  ghost: "deleted, but still answered",
  unconfirmed: "newer than any acknowledged write",
  lost: "acknowledged, and lost for good",
};

/** A cell with a mark: the rank, if there is one, inside. */
export function MarkBox({ mark, text }: { readonly mark: SearchMark; readonly text: string }) {
  return (
    <span className="search-mark" data-mark={mark}>
      {mark === "lost" && text === "" ? <X size={13} strokeWidth={3} aria-hidden="true" /> : text}
    </span>
  );
}

/** It moved by itself: another version of it is as near to the question as another rank says. */
export function MovedSign({ down }: { readonly down: boolean }) {
  const Sign = down ? ArrowDown : ArrowUp;
  return <Sign className="search-moved" size={12} strokeWidth={3} aria-hidden="true" />;
}

/** Only others made it change its rank: what is above it is missing, or should not be there. */
export function ShiftSign({ down }: { readonly down: boolean }) {
  const Sign = down ? ChevronDown : ChevronUp;
  return <Sign className="search-shifted" size={10} strokeWidth={2.5} aria-hidden="true" />;
}

/** Which sentences carry the table. */
function sentencesOf(marks: readonly SearchMark[]): readonly string[] {
  const skipped = marks.includes("skipped")
    ? ["What the index misses is stored: a broader search finds more, and waiting does not."]
    : [];
  const displaced = marks.includes("displaced")
    ? ["What was pushed out is stored: outdated or deleted items stand in its place."]
    : [];
  const outdated = marks.includes("outdated") ? ["Recall counts what is answered in its true version."] : [];
  return [...healing(marks), ...outdated, ...displaced, ...skipped];
}

function healing(marks: readonly SearchMark[]): readonly string[] {
  const heals = marks.some((mark) => mark === "missing" || mark === "outdated" || mark === "ghost");
  if (marks.includes("lost")) return [heals ? "Amber heals by itself, red does not." : "Red does not heal."];
  return heals ? ["Amber heals once the replica catches up."] : [];
}

/** What agreement means: nobody's answer is no true answer. */
function agreement(answering: number, asked: number): string {
  if (answering === 0) return "No replica answers: all of them are down.";
  return answering < asked
    ? `Every replica that runs gives the true answer: ${answering} of ${asked}.`
    : "Every replica gives the true answer.";
}

interface SearchLegendProps {
  readonly marks: readonly SearchMark[];
  readonly moves: { readonly hasMoved: boolean; readonly hasShifted: boolean };
  /** Replicas that run, and all of them. */
  readonly answering: number;
  readonly asked: number;
}

/** The marks in use, and no others. */
export function SearchLegend({ marks, moves, answering, asked }: SearchLegendProps) {
  if (marks.length === 0 && !moves.hasMoved)
    return <p className="note search-legend-note">{agreement(answering, asked)}</p>;
  const sentences = sentencesOf(marks);
  return (
    <>
      <ul className="search-legend" aria-label="Marks">
        {marks.map((mark) => (
          <li key={mark} title={explanations[mark]}>
            <span aria-hidden="true">
              <MarkBox mark={mark} text={mark === "ghost" ? "2" : ""} />
            </span>
            {MARK_NAMES[mark]}
          </li>
        ))}
        {moves.hasMoved ? (
          <li title="It stands in another place among the others: its version, or an inexact search, did that">
            <MovedSign down />
            moved in rank
          </li>
        ) : null}
        {moves.hasShifted ? (
          <li title="Something above it is missing, or should not be there; the item itself is where it belongs">
            <ShiftSign down={false} />
            shifted by what is above
          </li>
        ) : null}
      </ul>
      {sentences.length === 0 ? null : <p className="note">{sentences.join(" ")}</p>}
    </>
  );
}
