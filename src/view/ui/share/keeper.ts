/**
 * Keeps the run in progress: about once a second it goes into this browser's storage, so that a reload, a crash of the tab
 * or a closed laptop loses at most the last second. Runs that a person saves go to the same place.
 */
import type { RunContent } from "../../../data/link/content.ts";
import { documentText, readDocument } from "../../../data/link/document.ts";
import { inputsDigest } from "../../../data/scenarios/scenarioOf.ts";
import type { WantedData } from "../../../model/protocol/dataset.ts";
import type { KeptKind, KeptRun, KeptRunSummary } from "../../storage/keptRun.ts";
import { RunShelf } from "../../storage/runShelf.ts";
import { claimTab, type TabPlatform, tabStorage } from "../../storage/tab.ts";
import type { AppServices } from "../appContext.ts";
import { wordsOf } from "../attempt.ts";
import { dropOldestVectors } from "../load/keptVectors.ts";
import { contentNow } from "./runContent.ts";

/** Wall time between two autosaves. */
const INTERVAL = 900;

/** What a run is called that nobody has named. */
function nameOf({ store }: AppServices): string {
  const { lesson, config } = store.getState();
  return lesson?.title ?? `Seed ${config?.seed ?? 0}`;
}

/** The browser's storage of tabs, as far as it is allowed. */
export function browserTab(): TabPlatform {
  return { storage: tabStorage(), locks: globalThis.navigator?.locks, freshId: () => crypto.randomUUID() };
}

/** A kept run is of vectors that have to be opened first. */
export class WantedError extends Error {
  override readonly name = "WantedError";
  readonly wanted: WantedData;

  constructor(message: string, wanted: WantedData) {
    super(message);
    this.wanted = wanted;
  }
}

/** The kept runs of this browser, and the autosave of this tab. */
export class Keeper {
  readonly shelf: RunShelf;
  readonly #services: AppServices;
  readonly #platform: TabPlatform;
  #tab: string;
  /** What was written last, so that a run that stands still is written once. */
  #written = "";
  /** Which configuration was written last, and whether anything had been done to it. */
  #last: { readonly config: string; readonly isTouched: boolean } | undefined;
  #hasComplained = false;
  #isWriting = false;
  #isStopped = false;

  private constructor(services: AppServices, platform: TabPlatform, shelf: RunShelf, tab: string) {
    this.#services = services;
    this.#platform = platform;
    this.shelf = shelf;
    this.#tab = tab;
  }

  /** Opens the storage. `goesOn`: this tab takes its former autosave on, in place of beginning one of its own. */
  static async open(services: AppServices, goesOn: boolean, platform = browserTab()): Promise<Keeper> {
    const shelf = await RunShelf.open(undefined, undefined, dropOldestVectors);
    return new Keeper(services, platform, shelf, await claimTab(platform, goesOn));
  }

  /** The id of the autosave of this tab. */
  get tab(): string {
    return this.#tab;
  }

  /** From now on another autosave: the one so far stays as it is. */
  async renew(): Promise<void> {
    this.#tab = await claimTab(this.#platform, false);
    this.#written = "";
    this.#last = undefined;
  }

  /** Writes the autosave again and again, until the returned function is called. */
  start(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = async () => {
      await this.autosave();
      if (!this.#isStopped) timer = setTimeout(() => void again(), INTERVAL);
    };
    const now = () => void this.autosave();
    document.addEventListener("visibilitychange", now);
    void again();
    return () => {
      this.#isStopped = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", now);
    };
  }

  /** Writes the run in progress, if it has changed. A run that is only being computed is not written. */
  async autosave(): Promise<void> {
    const { frames, store } = this.#services;
    if (this.#isWriting || frames.latest === undefined || frames.latest.opening !== undefined) return;
    // What is only shown again is not where a person left the run.
    if (store.getState().lookBack !== undefined) return;
    this.#isWriting = true;
    try {
      await this.#write(await contentNow(this.#services));
      this.#hasComplained = false;
    } catch (error) {
      if (!this.#hasComplained) store.getState().notify(`This run is not being kept: ${wordsOf(error)}`);
      this.#hasComplained = true;
    } finally {
      this.#isWriting = false;
    }
  }

  async #write(content: RunContent): Promise<void> {
    const config = inputsDigest({ config: content.inputs.config, commands: [] });
    // Another run was opened in place of one in which something had been done: that one stays.
    if (this.#last?.isTouched === true && this.#last.config !== config) await this.renew();
    const run = this.#runOf(this.#tab, "auto", nameOf(this.#services), content);
    if (run.text === this.#written) return;
    await this.shelf.put(run);
    this.#written = run.text;
    this.#last = { config, isTouched: run.actions > 0 || content.branches.length > 0 };
  }

  #runOf(id: string, kind: KeptKind, name: string, content: RunContent): KeptRun {
    const { inputs, place } = content;
    return {
      id,
      kind,
      name,
      savedAt: Date.now(),
      seed: inputs.config.seed,
      at: place.at,
      actions: inputs.commands.length,
      text: documentText(content),
    };
  }

  /** Saves the open run under a name. */
  async saveAs(name: string): Promise<void> {
    await this.shelf.put(this.#runOf(crypto.randomUUID(), "named", name, await contentNow(this.#services)));
  }

  /** The runs that can be opened: not the open one, and no autosave in which nothing was done. */
  async others(): Promise<readonly KeptRunSummary[]> {
    const runs = await this.shelf.list();
    return runs.filter(({ id, kind, actions }) => id !== this.#tab && (kind === "named" || actions > 0));
  }

  /** The run with this id; one sentence when it cannot be read, {@link WantedError} when its vectors are not here. */
  async read(id: string): Promise<RunContent> {
    const run = await this.shelf.get(id);
    if (run === undefined) throw new Error("That run is not kept any more.");
    const read = readDocument(run.text);
    if (read.ok) return read.content;
    if (read.wanted !== undefined) throw new WantedError(read.problem, read.wanted);
    throw new Error(`That run cannot be opened. ${read.problem}`);
  }
}

const keepers = new WeakMap<AppServices, Promise<Keeper>>();

/** The keeper of this page, made when it is first asked for. */
export function keeperOf(services: AppServices, goesOn = true): Promise<Keeper> {
  let keeper = keepers.get(services);
  if (keeper === undefined) {
    keeper = Keeper.open(services, goesOn);
    keepers.set(services, keeper);
  }
  return keeper;
}
