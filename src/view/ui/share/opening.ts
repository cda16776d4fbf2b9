/**
 * What the page opens with when it is not the usual run: a link in the address, a scenario in the query, the run that this
 * tab had before it was loaded again. Whatever is wrong is said in one sentence; the usual run goes on then.
 */
import type { RunContent } from "../../../data/link/content.ts";
import { readDocument } from "../../../data/link/document.ts";
import { LINK_KEY, readLink } from "../../../data/link/link.ts";
import { MODEL_VERSION } from "../../../model/protocol/config.ts";
import type { RunInputs } from "../../../model/protocol/session.ts";
import { RunShelf } from "../../storage/runShelf.ts";
import { formerAutosave } from "../../storage/tab.ts";
import { type AskedRun, openFromAddress, runInAddress } from "../address.ts";
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
  const keeper = await keeperOf(services, true).catch(() => undefined);
  try {
    const run = await keeper?.shelf.get(former);
    if (keeper !== undefined && run !== undefined) await openKept(services, keeper, run, false);
  } catch (error) {
    services.store.getState().notify(`The run of before is not back: ${wordsOf(error)}`);
    // The run that goes on instead must not take its place.
    await keeper?.renew();
  }
}

/** What asks for another run than the usual one, if anything does. */
function askingIn(address: Address): "link" | "query" | "former" | undefined {
  if (fragmentIn(address) !== "") return "link";
  const former = formerAutosave();
  if (address.search !== "" && !(former !== undefined && isReload())) return "query";
  return former === undefined ? undefined : "former";
}

/**
 * A run that the page opens with at once, whole and sound. Whatever is wrong, missing or long in coming is none of these:
 * then the usual run opens first, and {@link openAtStart} says what there is to say.
 */
export type FirstRun =
  | { readonly kind: "link" | "former"; readonly content: RunContent }
  | { readonly kind: "query"; readonly asked: AskedRun };

/** The run that this tab had, if it can be read. */
async function formerContent(): Promise<RunContent | undefined> {
  const former = formerAutosave();
  if (former === undefined) return undefined;
  const shelf = await RunShelf.open();
  try {
    const kept = await shelf.get(former);
    const read = kept === undefined ? undefined : readDocument(kept.text);
    return read?.ok === true ? read.content : undefined;
  } finally {
    shelf.close();
  }
}

/** What the page is to open with in place of the usual run, if that is known without asking anybody. */
export async function firstRunIn(address: Address): Promise<FirstRun | undefined> {
  const kind = askingIn(address);
  try {
    if (kind === "query") {
      const asked = await runInAddress(address.search);
      return asked && { kind, asked };
    }
    if (kind === "former") {
      const content = await formerContent();
      return content && { kind, content };
    }
    const read = kind === "link" ? readLink(fragmentIn(address)) : undefined;
    return read?.ok === true ? { kind: "link", content: read.content } : undefined;
  } catch {
    // What it is will be told by whoever tries again with the page there.
    return undefined;
  }
}

/** The inputs of `first`, for a session that begins with them. */
export function inputsOfFirst(first: FirstRun): RunInputs {
  const { inputs } = first.kind === "query" ? first.asked.run : first.content;
  return { ...inputs, modelVersion: MODEL_VERSION };
}

/** Goes to where `first` is to be shown; the session stands at its beginning. False when it was given up. */
async function goOnWith(services: AppServices, first: FirstRun): Promise<boolean> {
  const { session, store } = services;
  if (first.kind !== "query") {
    const opened = await openContent(services, first.content, false);
    if (opened.isOpen && first.kind === "link") store.getState().notify(openedWords(first.content, opened));
    return opened.isOpen;
  }
  const { run, notice } = first.asked;
  if (!(await session.open(run.inputs, run.at))) return false;
  store.setState({ lesson: run.lesson, hidesLesson: false });
  if (run.lesson !== undefined) await session.setPlaybackRate(run.lesson.speed);
  await session.play();
  store.getState().notify(notice);
  return true;
}

/**
 * Opens `first`, at whose beginning the session stands. Where that is given up or fails, the usual run is opened by
 * `openUsual`, and a run that was kept stays as it is.
 */
export async function openFirst(services: AppServices, first: FirstRun, openUsual: () => Promise<void>): Promise<void> {
  const keeper = keeperOf(services, first.kind === "former").catch(() => undefined);
  if (first.kind === "link") forgetFragment(location);
  if ((await attempt(services, () => goOnWith(services, first))) === true) return;
  if (first.kind === "former") await (await keeper)?.renew();
  await openUsual();
}

/** Opens what the page is to open with in place of the usual run, if anything, while that runs. */
export async function openAtStart(services: AppServices, address: Address): Promise<void> {
  const kind = askingIn(address);
  if (kind === "former") return continueFormer(services, formerAutosave() ?? "");
  void keeperOf(services, false).catch(() => undefined);
  if (kind === "link") await openFragment(services, address, false);
  else if (kind === "query") await openFromAddress(services, address.search);
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
