/**
 * Loaded vectors in the page: held from when a person says that they are to be used until no run needs them any more, the
 * open one, its branches, or those that undo and redo would bring back.
 */
import { keepOnly, type LoadedTable, provideData } from "../../../data/loaded.ts";
import type { DatasetName } from "../../../model/protocol/dataset.ts";
import type { SavedRun } from "../../store/interfaceState.ts";
import type { ViewState } from "../../store/viewStore.ts";
import type { AppServices } from "../appContext.ts";

/**
 * Wall milliseconds from when something was opened, branched or undone until vectors that no run needs any more are let go
 * of: for a moment the run that was left is neither open nor to be brought back yet.
 */
export const LINGER = 5_000;

interface Watch {
  /** The vectors that are being opened: no run has them yet. */
  readonly opening: Set<DatasetName>;
  /** Looks again what is needed, after a while. */
  readonly lookAgain: () => void;
}

const watches = new WeakMap<AppServices, Watch>();

function datasetsOf({ inputs, siblings = [] }: SavedRun): readonly DatasetName[] {
  return [inputs, ...siblings.map((branch) => branch.inputs)].map(({ config }) => config.workload.dataset);
}

/** Every data set that a run on the page needs. */
function neededData({ config, branches, undoRuns, redoRuns }: ViewState): readonly DatasetName[] {
  const open = config === undefined ? [] : [config.workload.dataset];
  const kept = branches.map(({ inputs }) => inputs.config.workload.dataset);
  return [...open, ...kept, ...[...undoRuns, ...redoRuns].flatMap(datasetsOf)];
}

/** The session knows which run is open before a picture of it has come. */
async function letGo({ session, store }: AppServices, opening: Iterable<DatasetName>): Promise<void> {
  const open = await session.inputs().catch(() => undefined);
  if (open === undefined) return;
  keepOnly([open.inputs.config.workload.dataset, ...neededData(store.getState()), ...opening]);
}

/** Lets go of vectors once no run needs them. */
function watch(services: AppServices): Watch {
  const opening = new Set<DatasetName>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const lookAgain = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void letGo(services, opening), LINGER);
  };
  services.store.subscribe((now, before) => {
    const isSame =
      now.config === before.config &&
      now.branches === before.branches &&
      now.undoRuns === before.undoRuns &&
      now.redoRuns === before.redoRuns;
    if (!isSame) lookAgain();
  });
  const made = { opening, lookAgain };
  watches.set(services, made);
  return made;
}

/** Holds `table` while `open` opens a run of it, and then as long as a run needs it. */
export async function withVectors(services: AppServices, table: LoadedTable, open: () => Promise<void>): Promise<void> {
  const { opening, lookAgain } = watches.get(services) ?? watch(services);
  provideData(table);
  opening.add(table.data);
  try {
    await open();
  } finally {
    opening.delete(table.data);
    lookAgain();
  }
}
