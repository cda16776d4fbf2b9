/** What stands below a question: how many neighbours, and every replica's answer. Loaded with the first question. */
import type { SearchComparison } from "../../../../model/protocol/frame.ts";
import { SearchControls } from "./SearchControls.tsx";
import { SearchResults } from "./SearchResults.tsx";

interface AnswersProps {
  readonly comparison: SearchComparison;
  readonly similarity: string;
}

/** Controls and table. */
export default function Answers({ comparison, similarity }: AnswersProps) {
  return (
    <>
      <SearchControls />
      <SearchResults comparison={comparison} similarity={similarity} />
    </>
  );
}
