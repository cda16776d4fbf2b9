/**
 * Opening another run or branch in place of this one, and the way back. What is left is saved as its inputs, which is all
 * that it is; undo opens it again at the instant at which it was left.
 */

import type { Micros } from "../../base/units.ts";
import type { ClusterConfig } from "../../model/protocol/config.ts";
import { isLoaded, type LoadedData } from "../../model/protocol/dataset.ts";
import type { RunInputs } from "../../model/protocol/session.ts";
import type { Branch } from "../store/branches.ts";
import { instant } from "../store/format.ts";
import type { Lesson, RunChange, SavedRun } from "../store/interfaceState.ts";
import { changeSentence, freshRun, OPENING_INSTANT, patchedRun, type RunPatch } from "../store/runChange.ts";
import type { AppServices } from "./appContext.ts";
import { attempt } from "./attempt.ts";

/**
 * Opens a run and goes on at the speed and in the state of before; a lesson begins at its own. False when a person
 * cancelled it while it was computed: nothing has changed then.
 */
export async function openAs({ session, store }: AppServices, run: SavedRun, begins: boolean): Promise<boolean> {
  const { playing, playbackRate, failure, lookBack } = store.getState();
  if (!(await session.open(run.inputs, run.at))) return false;
  store.setState({ lesson: run.lesson, hidesLesson: false, lookBack: undefined });
  const starts = begins && run.lesson !== undefined;
  await session.setPlaybackRate(starts ? run.lesson.speed : playbackRate);
  // A run that broke stands still against everybody's will, a moment that is shown again by its nature.
  await (starts || playing || failure !== undefined || lookBack?.wasPlaying ? session.play() : session.pause());
  return true;
}

/** The open run as it is to be kept: where something is shown again, as it stood before. */
async function leaving({ session, store }: AppServices): Promise<SavedRun> {
  const { lookBack, lesson } = store.getState();
  const open = await session.inputs();
  return { inputs: open.inputs, at: lookBack?.from ?? open.at, lesson };
}

/** Asks the person whether to start the run that `patch` makes of this one. */
export async function proposeRun(services: AppServices, patch: RunPatch): Promise<void> {
  const { config, openDialog } = services.store.getState();
  if (config === undefined) return;
  const inputs = patchedRun(config, patch);
  const { cluster, workload } = inputs.config;
  const memory = isLoaded(workload.dataset) ? await memoryOf(workload.dataset, cluster) : "";
  const change: RunChange = { sentence: changeSentence(config, patch) + memory, inputs, at: OPENING_INSTANT };
  openDialog({ kind: "newRun", change });
}

/** What many loaded vectors take: said before more than a few replicas hold them. */
async function memoryOf(data: LoadedData, { replicaCount, searchIndex }: ClusterConfig): Promise<string> {
  const { memorySentence } = await import("../../data/memoryNeed.ts");
  return memorySentence(data, replicaCount, searchIndex);
}

/** Leaves the open run for `inputs`; it can be brought back. */
export async function startRun(services: AppServices, inputs: RunInputs, at: Micros, notice: string): Promise<void> {
  await start(services, { inputs, at }, notice);
}

/** Leaves the open run for a lesson, from its beginning. */
export async function startLesson(services: AppServices, lesson: Lesson): Promise<void> {
  const { inputs, at } = lesson;
  await start(services, { inputs, at, lesson }, `“${lesson.title}” runs. Your run is kept.`);
}

async function start(services: AppServices, run: SavedRun, notice: string): Promise<void> {
  const { store } = services;
  await attempt(services, async () => {
    const left = await leaving(services);
    if (!(await openAs(services, run, true))) return;
    store.getState().rememberRun(left);
    store.getState().notify(notice, "undo");
  });
}

/** Starts the proposed run. */
export async function confirmRun(services: AppServices, change: RunChange): Promise<void> {
  services.store.getState().closeDialog();
  await startRun(services, change.inputs, change.at, "Another run started.");
}

/** The same run again: seed and configuration as at its beginning, and nothing done to it. */
export async function restartRun(services: AppServices): Promise<void> {
  const { lesson } = services.store.getState();
  if (lesson !== undefined) {
    const { inputs, at } = lesson;
    await start(services, { inputs, at, lesson }, `“${lesson.title}” again, seed ${inputs.config.seed}.`);
    return;
  }
  const open = await attempt(services, () => services.session.inputs());
  if (open === undefined) return;
  const { config } = open.inputs;
  await startRun(services, freshRun(config), OPENING_INSTANT, `The same run again, seed ${config.seed}.`);
}

const turns = new WeakMap<AppServices, Promise<unknown>>();

/** One after the other: what a second undo brings back is known once the first has come to its end. */
function inTurn(services: AppServices, change: () => Promise<void>): Promise<void> {
  const turn = (turns.get(services) ?? Promise.resolve()).then(change);
  // Whoever asked for the change hears of its failure; the next one takes its turn.
  turns.set(services, Promise.allSettled([turn]));
  return turn;
}

/** Opens `saved` after noting the open run for the other direction. */
async function goTo(
  services: AppServices,
  saved: SavedRun,
  note: (current: SavedRun) => void,
  text: string,
  offers: "undo" | "redo",
): Promise<void> {
  const { store } = services;
  await attempt(services, async () => {
    const current = await leaving(services);
    if (!(await openAs(services, saved, false))) return;
    note(current);
    store.getState().notify(text, offers);
  });
}

/** Opens a branch in place of the open one, which is kept among them. */
export async function switchBranch(services: AppServices, target: Branch): Promise<void> {
  const { store } = services;
  const enter = async () => {
    const left = await leaving(services);
    if (!(await openAs(services, { ...target, lesson: left.lesson }, false))) return;
    store.getState().enterBranch(target, left);
    store.getState().notify(`“${target.name}”, where it was left, at ${instant(target.at)} s.`, "undo");
  };
  await inTurn(services, async () => void (await attempt(services, enter)));
}

/** Brings back the run as it was before the last thing done. */
export async function undoRun(services: AppServices): Promise<void> {
  await inTurn(services, async () => {
    const { undoRuns, takeUndo } = services.store.getState();
    const saved = undoRuns.at(-1);
    if (saved !== undefined) await goTo(services, saved, takeUndo, "Undone: the run is as it was before.", "redo");
  });
}

/** Goes forward again to the run that undo left. */
export async function redoRun(services: AppServices): Promise<void> {
  await inTurn(services, async () => {
    const { redoRuns, takeRedo } = services.store.getState();
    const saved = redoRuns.at(-1);
    if (saved !== undefined) await goTo(services, saved, takeRedo, "Done again.", "undo");
  });
}
