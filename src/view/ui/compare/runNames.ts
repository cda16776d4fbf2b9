/** What the compared runs are called on the page. */
import type { ComparedRun, ComparisonOrder } from "../../../model/protocol/comparison.ts";
import type { ReplicationMode } from "../../../model/protocol/config.ts";

/** A run and its title. */
export interface NamedRun {
  readonly title: string;
  readonly run: ComparedRun;
}

const MODE_TITLES: Readonly<Record<ReplicationMode, string>> = {
  asynchronous: "Asynchronous",
  quorum: "Quorum",
  synchronous: "Synchronous",
};

function modeTitle(name: string): string {
  const known = Object.entries(MODE_TITLES).find(([mode]) => mode === name);
  return known?.[1] ?? name;
}

/** `runs` as the page calls them. */
export function namedRuns(order: ComparisonOrder, runs: readonly ComparedRun[]): readonly NamedRun[] {
  return runs.map((run) => ({ title: order.kind === "modes" ? modeTitle(run.name) : run.name, run }));
}
