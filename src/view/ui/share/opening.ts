/**
 * What the page opens with when it is not the usual run: a link in the address, a scenario in the query, the run that this
 * tab had before it was loaded again. Whatever is wrong is said in one sentence; the usual run goes on then.
 */
import { LINK_KEY, readLink } from "../../../data/link/link.ts";
import { formerAutosave } from "../../storage/tab.ts";
import { openFromAddress } from "../address.ts";
import type { AppServices } from "../appContext.ts";
import { attempt, wordsOf } from "../attempt.ts";
import { openWithVectors } from "../load/keptVectors.ts";
import { listenToDrops } from "./files.ts";
import { keeperOf } from "./keeper.ts";
import { openKept } from "./kept.ts";
import { openContent, openedWords } from "./runContent.ts";
import "./dropping.css";

/** The address as this needs it. */
export type Address = Pick<Location, "hash" | "search" | "pathname">;

function fragmentIn({ hash }: Address): string {
  return hash.replace(/^#/, "");
}

/** A link has been opened: reloading goes on with the run, not back to the link. */
function forgetFragment({ pathname, search }: Address): void {
  history.replaceState(history.state, "", `${pathname}${search}`);
}

/** Opens the run in the address, or says why not. `isNew`: the open run is to be brought back by undo. */
async function openFragment(services: AppServices, address: Address, isNew: boolean): Promise<boolean> {
  const fragment = fragmentIn(address);
  forgetFragment(address);
  return openLink(services, fragment, isNew);
}

/** Opens the run that a fragment carries. Where it was made with a file of vectors, that is asked for. */
async function openLink(services: AppServices, fragment: string, isNew: boolean): Promise<boolean> {
  const read = readLink(fragment);
  const again = async () => {
    await openLink(services, fragment, isNew);
  };
  if (!read.ok) {
    if (read.wanted === undefined) services.store.getState().notify(read.problem);
    else await openWithVectors(services, { by: "This link", data: read.wanted, goOn: again });
    return false;
  }
  const opened = await attempt(services, () => openContent(services, read.content, isNew));
  if (opened?.isOpen !== true) return false;
  services.store.getState().notify(openedWords(read.content, opened), isNew ? "undo" : undefined);
  return true;
}

function isReload(): boolean {
  const [navigation] = globalThis.performance?.getEntriesByType?.("navigation") ?? [];
  return navigation !== undefined && "type" in navigation && navigation.type === "reload";
}

/** Goes on with the run that this tab had. */
async function continueFormer(services: AppServices, former: string): Promise<void> {
  try {
    const keeper = await keeperOf(services, true);
    const run = await keeper.shelf.get(former);
    if (run !== undefined) await openKept(services, keeper, run, false);
  } catch (error) {
    services.store.getState().notify(`The run of before is not back: ${wordsOf(error)}`);
  }
}

/** Opens what the page is to open with in place of the usual run, if anything. */
export async function openAtStart(services: AppServices, address: Address): Promise<void> {
  const former = formerAutosave();
  if (fragmentIn(address) !== "") {
    void keeperOf(services, false).catch(() => undefined);
    await openFragment(services, address, false);
  } else if (address.search !== "" && !(former !== undefined && isReload())) {
    void keeperOf(services, false).catch(() => undefined);
    await openFromAddress(services, address.search);
  } else if (former !== undefined) {
    await continueFormer(services, former);
  }
}

/** Everything that goes on from then: autosaves, links that are pasted into the address, files that are dropped. */
export async function startKeeping(services: AppServices): Promise<void> {
  listenToDrops(services);
  const keeper = await keeperOf(services).catch(() => undefined);
  addEventListener("hashchange", () => {
    if (!fragmentIn(location).startsWith(LINK_KEY)) return;
    void (async () => {
      await keeper?.renew();
      await openFragment(services, location, true);
    })();
  });
  keeper?.start();
}
