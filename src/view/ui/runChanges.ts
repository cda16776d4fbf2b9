/**
 * Opening another run in place of this one, and the way back. The run that is left is saved as its inputs, which is all
 * that it is; undo opens it again at the instant at which it was left.
 */
import type { Micros } from "../../base/units.ts";
import type { RunInputs } from "../../model/protocol/session.ts";
import type { RunChange, SavedRun } from "../store/interfaceState.ts";
import { changeSentence, freshRun, OPENING_INSTANT, patchedRun, type RunPatch } from "../store/runChange.ts";
import type { AppServices } from "./appContext.ts";
import { attempt } from "./attempt.ts";

/** Opens `inputs` and goes on at the speed and in the state of before. */
async function openAs({ session, store }: AppServices, inputs: RunInputs, at: Micros): Promise<void> {
  const { playing, playbackRate, failure } = store.getState();
  await session.open(inputs, at);
  await session.setPlaybackRate(playbackRate);
  // A run that broke stands still against everybody's will.
  await (playing || failure !== undefined ? session.play() : session.pause());
}

/** Asks the person whether to start the run that `patch` makes of this one. */
export function proposeRun({ store }: AppServices, patch: RunPatch): void {
  const { config, openDialog } = store.getState();
  if (config === undefined) return;
  const change: RunChange = {
    sentence: changeSentence(config, patch),
    inputs: patchedRun(config, patch),
    at: OPENING_INSTANT,
  };
  openDialog({ kind: "newRun", change });
}

/** Leaves the open run for `inputs`; it can be brought back. */
export async function startRun(services: AppServices, inputs: RunInputs, at: Micros, notice: string): Promise<void> {
  const { store, session } = services;
  await attempt(services, async () => {
    const left = await session.inputs();
    await openAs(services, inputs, at);
    store.getState().rememberRun(left);
    store.getState().notify(notice, true);
  });
}

/** Starts the proposed run. */
export async function confirmRun(services: AppServices, change: RunChange): Promise<void> {
  services.store.getState().closeDialog();
  await startRun(services, change.inputs, change.at, "Another run started.");
}

/** The same run again: seed and configuration as at its beginning, and nothing done to it. */
export async function restartRun(services: AppServices): Promise<void> {
  const open = await attempt(services, () => services.session.inputs());
  if (open === undefined) return;
  const { config } = open.inputs;
  await startRun(services, freshRun(config), OPENING_INSTANT, `The same run again, seed ${config.seed}.`);
}

/** Opens `saved` after noting the open run for the other direction. */
async function goTo(
  services: AppServices,
  saved: SavedRun,
  note: (current: SavedRun) => void,
  text: string,
): Promise<void> {
  const { store, session } = services;
  await attempt(services, async () => {
    const current = await session.inputs();
    await openAs(services, saved.inputs, saved.at);
    note(current);
    store.getState().notify(text, store.getState().undoRuns.length > 0);
  });
}

/** Brings back the run that the last change left. */
export async function undoRun(services: AppServices): Promise<void> {
  const { undoRuns, takeUndo } = services.store.getState();
  const saved = undoRuns.at(-1);
  if (saved !== undefined) await goTo(services, saved, takeUndo, "The run before is back.");
}

/** Goes forward again to the run that undo left. */
export async function redoRun(services: AppServices): Promise<void> {
  const { redoRuns, takeRedo } = services.store.getState();
  const saved = redoRuns.at(-1);
  if (saved !== undefined) await goTo(services, saved, takeRedo, "The later run is back.");
}
