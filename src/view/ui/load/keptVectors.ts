/** Loaded vectors over a reload: kept by this browser, found again, and asked for only where it has not got them. */
import type { LoadedTable } from "../../../data/loaded.ts";
import { type KeptVectors, VectorShelf } from "../../storage/vectorShelf.ts";
import type { WantedVectors } from "../../store/interfaceState.ts";
import type { AppServices } from "../appContext.ts";
import { withVectors } from "./heldVectors.ts";

/** Does `work` with the shelf; undefined where the browser has none, or no room. */
async function onShelf<Result>(work: (shelf: VectorShelf) => Promise<Result>): Promise<Result | undefined> {
  try {
    const shelf = await VectorShelf.open();
    try {
      return await work(shelf);
    } finally {
      shelf.close();
    }
  } catch {
    // Without storage the file is asked for, which is said in docs/embeddings.md.
    return undefined;
  }
}

/** Keeps vectors, as far as the browser lets us. */
export async function keepVectors(table: LoadedTable): Promise<void> {
  await onShelf((shelf) => shelf.put(table, Date.now()));
}

/** The vectors that this browser keeps, newest first. */
export async function listVectors(): Promise<readonly KeptVectors[]> {
  return (await onShelf((shelf) => shelf.list())) ?? [];
}

/** Takes vectors away for good; a run of them asks for its file. */
export async function dropVectors(digest: KeptVectors["digest"]): Promise<void> {
  await onShelf((shelf) => shelf.delete(digest));
}

/** Makes room for runs, which exist nowhere else; false where there is nothing to take away. */
export async function dropOldestVectors(): Promise<boolean> {
  return (await onShelf((shelf) => shelf.deleteOldest())) ?? false;
}

/**
 * Opens the run that needs vectors: with those that this browser has kept, else with the file, which is asked for. Returns
 * whether nobody had to be asked.
 */
export async function openWithVectors(services: AppServices, wanted: WantedVectors): Promise<boolean> {
  const { digest } = wanted.data;
  const table = digest === undefined ? undefined : await onShelf((shelf) => shelf.get(digest));
  if (table === undefined) {
    services.store.getState().openDialog({ kind: "load", request: { wanted } });
    return false;
  }
  await withVectors(services, table, () => wanted.goOn(table.data));
  return true;
}
