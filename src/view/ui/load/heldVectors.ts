/**
 * Loaded vectors in the page: held from when a person says that they are to be used until no run needs them any more, the
 * open one, its branches, or those that undo and redo would bring back.
 */
import { keepOnly, type LoadedTable, provideData } from "../../../data/loaded.ts";
import type { DatasetName } from "../../../model/protocol/dataset.ts";
import type { SavedRun } from "../../store/interfaceState.ts";
import type { ViewState } from "../../store/viewStore.ts";
import type { AppServices } from "../appContext.ts";

/** The vectors that are being opened: no run has them yet. */
const beingOpened = new WeakMap<AppServices, Set<DatasetName>>();

function datasetsOf({ inputs, siblings = [] }: SavedRun): readonly DatasetName[] {
  return [inputs, ...siblings.map((branch) => branch.inputs)].map(({ config }) => config.workload.dataset);
}

/** Every data set that a run on the page needs. */
export function neededData({ config, branches, undoRuns, redoRuns }: ViewState): readonly DatasetName[] {
  const open = config === undefined ? [] : [config.workload.dataset];
  const kept = branches.map(({ inputs }) => inputs.config.workload.dataset);
  return [...open, ...kept, ...[...undoRuns, ...redoRuns].flatMap(datasetsOf)];
}

/** The session knows which run is open before a picture of it has come. */
async function letGo(services: AppServices): Promise<void> {
  const open = await services.session.inputs().catch(() => undefined);
  if (open === undefined) return;
  const opening = beingOpened.get(services) ?? [];
  keepOnly([open.inputs.config.workload.dataset, ...neededData(services.store.getState()), ...opening]);
}

/** Lets go of vectors as soon as no run needs them. */
function watch(services: AppServices): Set<DatasetName> {
  const opening = new Set<DatasetName>();
  beingOpened.set(services, opening);
  services.store.subscribe((now, before) => {
    const isSame =
      now.config === before.config &&
      now.branches === before.branches &&
      now.undoRuns === before.undoRuns &&
      now.redoRuns === before.redoRuns;
    if (!isSame) void letGo(services);
  });
  return opening;
}

/** Holds `table` while `open` opens a run of it, and then as long as a run needs it. */
export async function withVectors(services: AppServices, table: LoadedTable, open: () => Promise<void>): Promise<void> {
  const opening = beingOpened.get(services) ?? watch(services);
  provideData(table);
  opening.add(table.data);
  try {
    await open();
  } finally {
    opening.delete(table.data);
    await letGo(services);
  }
}
