/**
 * Which tab this is, so that two never write one autosave. The id lives as long as the tab and outlives a reload; a tab
 * that was duplicated has its original's id too, which the lock that every tab holds on its own finds out.
 */

const KEY = "replicascope-tab";

/** The one thing that it asks of the browser's locks: a lock, or at once null. */
export interface TabLocks {
  readonly request: (
    name: string,
    options: { readonly ifAvailable: true },
    hold: (lock: Lock | null) => Promise<void>,
  ) => Promise<unknown>;
}

/** The parts of the platform that it needs; absent where the browser lacks or forbids them. */
export interface TabPlatform {
  readonly storage: Pick<Storage, "getItem" | "setItem"> | undefined;
  readonly locks: TabLocks | undefined;
  readonly freshId: () => string;
}

/** The id that this tab had before it was loaded; undefined in a tab that is new. */
export function formerTab(storage: TabPlatform["storage"]): string | undefined {
  try {
    return storage?.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

/** The id of the autosave that this tab had before it was loaded. */
export function formerAutosave(): string | undefined {
  return formerTab(tabStorage());
}

/** The storage that lives as long as this tab; undefined where the browser forbids it. */
export function tabStorage(): Storage | undefined {
  try {
    return globalThis.sessionStorage;
  } catch {
    return undefined;
  }
}

/** Whether nobody else has `id`; if so it is ours until the tab ends. */
function isOurs(id: string, locks: TabPlatform["locks"]): Promise<boolean> {
  if (locks === undefined) return Promise.resolve(true);
  return new Promise((resolve) => {
    const hold = (lock: Lock | null): Promise<void> => {
      resolve(lock !== null);
      // Never released while the tab lives.
      return lock === null ? Promise.resolve() : new Promise(() => undefined);
    };
    locks.request(`replicascope-${id}`, { ifAvailable: true }, hold).catch(() => resolve(true));
  });
}

/** The id of this tab from now on: the former one if `goesOn` and nobody else has it, else one of its own. */
export async function claimTab({ storage, locks, freshId }: TabPlatform, goesOn: boolean): Promise<string> {
  const former = goesOn ? formerTab(storage) : undefined;
  const id =
    former !== undefined && (await isOurs(former, locks)) ? former : await freshTab({ storage, locks, freshId });
  return id;
}

async function freshTab({ storage, locks, freshId }: TabPlatform): Promise<string> {
  const id = freshId();
  await isOurs(id, locks);
  try {
    storage?.setItem(KEY, id);
  } catch {
    // A browser that forbids storage has no autosave to go on with either.
  }
  return id;
}
