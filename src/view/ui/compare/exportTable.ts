/** The table of a comparison as a file: CSV with plain numbers, or Markdown as it stands on the page. */
import { toSeconds } from "../../../base/units.ts";
import type { ComparedSpan } from "../../../model/protocol/comparison.ts";
import { MEASURES } from "./measures.ts";
import type { NamedRun } from "./runNames.ts";

function csvField(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line per run, one column per measure; nothing stands for what was not measured. */
export function tableAsCsv(runs: readonly NamedRun[], { from, to }: ComparedSpan): string {
  const head = ["run", "from_s", "to_s", ...MEASURES.map(({ key }) => key), "run_hash"];
  const lines = runs.map(({ title, run }) => {
    const values = MEASURES.map((measure) => String(measure.value(run.measures) ?? ""));
    return [csvField(title), String(toSeconds(from)), String(toSeconds(to)), ...values, run.runHash];
  });
  return [head, ...lines].map((line) => `${line.join(",")}\n`).join("");
}

/** One line per measure, one column per run. */
export function tableAsMarkdown(runs: readonly NamedRun[], { from, to }: ComparedSpan): string {
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |\n`;
  const span = `Virtual seconds ${toSeconds(from)} to ${toSeconds(to)}`;
  return [
    row([span, ...runs.map(({ title }) => title)]),
    row(["---", ...runs.map(() => "---:")]),
    ...MEASURES.map(({ name, words }) => row([name, ...runs.map(({ run }) => words(run.measures))])),
    row(["Run hash", ...runs.map(({ run }) => run.runHash)]),
  ].join("");
}
