/** The answers of all replicas as wide as the page: for a projector, nine replicas, or fifty neighbours. */
import { useView } from "../../appContext.ts";
import { DialogFrame } from "../../dialogs/DialogFrame.tsx";
import { similarityOf } from "./questions.ts";
import { SearchControls } from "./SearchControls.tsx";
import { SearchResults } from "./SearchResults.tsx";
import "./search.css";

/** The dialog. The run goes on behind it, and the table follows. */
export default function AnswersDialog({ onClose }: { readonly onClose: () => void }) {
  const comparison = useView((state) => state.comparison);
  const label = useView((state) => state.question.label);
  const dataset = useView((state) => state.config?.workload.dataset ?? "products");
  return (
    <DialogFrame title={`Every replica’s answer: ${label}`} wide="gallery" onClose={onClose}>
      <SearchControls wide />
      {comparison === undefined ? (
        <p className="panel-empty">Asking every replica …</p>
      ) : (
        <div className="search-wide-table">
          <SearchResults comparison={comparison} similarity={similarityOf(dataset)} wide />
        </div>
      )}
    </DialogFrame>
  );
}
