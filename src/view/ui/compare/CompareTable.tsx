/** What every mode costs, measured: the table in which a comparison ends, and the ways to take it along. */
import { Check, Copy, Download, X } from "lucide-react";
import { useState } from "react";
import type { ComparedSpan } from "../../../model/protocol/comparison.ts";
import { instant } from "../../store/format.ts";
import { LineSample } from "./CompareStages.tsx";
import { tableAsCsv, tableAsMarkdown } from "./exportTable.ts";
import { MEASURE_NOTES, MEASURES, type Measure } from "./measures.ts";
import type { NamedRun } from "./runNames.ts";
import { saveText } from "./saveText.ts";

interface CompareTableProps {
  readonly runs: readonly NamedRun[];
  readonly span: ComparedSpan;
}

function Cell({ measure, run }: { readonly measure: Measure; readonly run: NamedRun["run"] }) {
  const isLoss = measure.isLoss === true && (measure.value(run.measures) ?? 0) > 0;
  return (
    <td data-loss={isLoss ? "" : undefined}>
      {isLoss ? <X size={14} aria-hidden="true" /> : null}
      {measure.words(run.measures)}
    </td>
  );
}

function Exports({ runs, span }: CompareTableProps) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(tableAsMarkdown(runs, span));
      setCopied(true);
    } catch {
      // Not every page may write there: the file is the same.
      saveText("comparison.md", "text/markdown", tableAsMarkdown(runs, span));
    }
  };
  return (
    <div className="compare-exports">
      <button
        type="button"
        className="button"
        onClick={() => saveText("comparison.csv", "text/csv", tableAsCsv(runs, span))}
      >
        <Download size={16} aria-hidden="true" />
        CSV
      </button>
      <button
        type="button"
        className="button"
        onClick={() => saveText("comparison.md", "text/markdown", tableAsMarkdown(runs, span))}
      >
        <Download size={16} aria-hidden="true" />
        Markdown
      </button>
      <button type="button" className="button" onClick={() => void copy()}>
        {isCopied ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}
        {isCopied ? "Copied" : "Copy as Markdown"}
      </button>
    </div>
  );
}

/** What the measures mean. */
export function MeasureNotes() {
  return (
    <ul className="compare-notes note" aria-label="What the measures mean">
      {MEASURE_NOTES.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

/** The table, and the exports. */
export function CompareTable({ runs, span }: CompareTableProps) {
  return (
    <section className="compare-outcome" aria-label="Measured">
      <div className="compare-scroll">
        <table className="compare-table">
          <caption>
            Measured from {instant(span.from)} s to {instant(span.to)} s
          </caption>
          <thead>
            <tr>
              <td />
              {runs.map(({ title }, position) => (
                <th key={title} scope="col">
                  <LineSample position={position} />
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {MEASURES.map((measure) => (
              <tr key={measure.key}>
                <th scope="row">{measure.name}</th>
                {runs.map(({ title, run }) => (
                  <Cell key={title} measure={measure} run={run} />
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">Run hash at the end</th>
              {runs.map(({ title, run }) => (
                <td key={title} className="compare-hash">
                  {run.runHash}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
      <Exports runs={runs} span={span} />
    </section>
  );
}
