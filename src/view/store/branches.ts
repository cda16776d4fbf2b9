/**
 * Branches of the run that is open: whatever a person leaves is kept as inputs, under a name. Pure. Three ways lead away
 * from where one stands, and each can be gone back: doing something (undo), another branch, another run.
 */
import type { Micros } from "../../base/units.ts";
import type { PersonalCommand } from "../../model/protocol/commands.ts";
import type { RunInputs } from "../../model/protocol/session.ts";
import { commandSentence, type WordContext } from "./commandWords.ts";
import { instant } from "./format.ts";
import type { InterfaceState, SavedRun } from "./interfaceState.ts";

/** What a branch is told by. */
export interface BranchName {
  /** Unique on this page. */
  readonly id: number;
  readonly name: string;
}

/** A branch that is kept: a run is its inputs, and `at` is where it was left. */
export interface Branch extends BranchName {
  readonly inputs: RunInputs;
  readonly at: Micros;
}

/** The branch of a page that has just opened. */
export const FIRST_BRANCH: BranchName = { id: 1, name: "First run" };

/** Branches that are kept; of more the oldest give way. */
export const BRANCH_BOUND = 100;

/** Steps back that are kept. */
export const UNDO_BOUND = 50;

/** The part of the store that this is about. */
export type BranchState = Pick<
  InterfaceState,
  "branches" | "currentBranch" | "branchesMade" | "undoRuns" | "redoRuns" | "lesson"
>;

/** Something that a person did to the run. */
export interface Deed {
  /** The run before, with all that was still to come. */
  readonly before: RunInputs;
  /** When it took effect. */
  readonly at: Micros;
  /** The furthest instant that the run had been at. */
  readonly end: Micros;
  /** What it was, for the name of a branch. */
  readonly name: string;
}

/** "Killed r3, leader of term 2, at 7.000 s". */
export function deedName(command: PersonalCommand, at: Micros, context: WordContext): string {
  const words = command.kind === "nextMessage" ? "Meddled with a message" : commandSentence(command, at, context);
  const bare = words.replace(/^You /, "");
  return `${bare.charAt(0).toUpperCase()}${bare.slice(1)}, at ${instant(at)} s`;
}

/** Whether a deed leaves a future behind: one that was seen, or commands that were to come. */
export function leavesFuture({ before, at, end }: Deed): boolean {
  return end > at || before.commands.some((timed) => timed.at > at);
}

function bounded<T>(list: readonly T[], bound: number): readonly T[] {
  return list.slice(-bound);
}

function withBranch(branches: readonly Branch[], branch: Branch): readonly Branch[] {
  return bounded([...branches.filter(({ id }) => id !== branch.id), branch], BRANCH_BOUND);
}

/** What redo would bring back becomes branches, for something else was done instead. */
function keptRedo(state: BranchState): Pick<InterfaceState, "branches" | "branchesMade" | "redoRuns"> {
  let { branches, branchesMade } = state;
  const seen = new Set([...branches.map(({ id }) => id)]);
  // The first that was undone is the whole of its branch; later ones are less of the same.
  for (const { branch, inputs, at, siblings = [] } of state.redoRuns) {
    for (const sibling of siblings) if (!seen.has(sibling.id)) branches = withBranch(branches, sibling);
    if (branch === undefined || seen.has(branch.id)) continue;
    seen.add(branch.id);
    const isOpen = branch.id === state.currentBranch.id;
    if (isOpen) branchesMade += 1;
    const name = isOpen ? { id: branchesMade, name: `${branch.name}, undone at ${instant(at)} s` } : branch;
    branches = withBranch(branches, { ...name, inputs, at });
  }
  return { branches, branchesMade, redoRuns: [] };
}

/** The state after `deed`: undo goes back to right before it, and a future that it left is a branch. */
export function afterDeed(state: BranchState, deed: Deed): Partial<InterfaceState> {
  const kept = keptRedo(state);
  const { currentBranch, lesson } = state;
  const step: SavedRun = { inputs: deed.before, at: deed.at, lesson, branch: currentBranch };
  const undoRuns = bounded([...state.undoRuns, step], UNDO_BOUND);
  if (!leavesFuture(deed)) return { ...kept, undoRuns };
  const old = { ...currentBranch, inputs: deed.before, at: deed.end };
  const branchesMade = kept.branchesMade + 1;
  return {
    ...kept,
    undoRuns,
    branches: withBranch(kept.branches, old),
    branchesMade,
    currentBranch: { id: branchesMade, name: deed.name },
  };
}

/** The state after another run was opened in place of `left`: it has no branches yet. */
export function afterOtherRun(state: BranchState, left: SavedRun): Partial<InterfaceState> {
  const { branches, branchesMade } = keptRedo(state);
  const step: SavedRun = { ...left, branch: state.currentBranch, siblings: branches };
  return {
    undoRuns: bounded([...state.undoRuns, step], UNDO_BOUND),
    redoRuns: [],
    branches: [],
    branchesMade: branchesMade + 1,
    currentBranch: { id: branchesMade + 1, name: FIRST_BRANCH.name },
  };
}

/** The state after the branch `target` was opened in place of `left`. */
export function afterSwitch(state: BranchState, left: SavedRun, target: Branch): Partial<InterfaceState> {
  const kept = keptRedo(state);
  const step: SavedRun = { ...left, branch: state.currentBranch };
  return {
    ...kept,
    undoRuns: bounded([...state.undoRuns, step], UNDO_BOUND),
    ...entered({ ...state, branches: kept.branches }, left, { ...target, branch: target }),
  };
}

/** Whose list of branches is shown once `saved` is open, and which of them it is. */
function entered(
  { branches, currentBranch }: Pick<BranchState, "branches" | "currentBranch">,
  left: SavedRun,
  saved: SavedRun,
): Pick<InterfaceState, "branches" | "currentBranch"> {
  const next = saved.branch ?? currentBranch;
  const current = { id: next.id, name: next.name };
  if (saved.siblings !== undefined) return { branches: saved.siblings, currentBranch: current };
  if (current.id === currentBranch.id) return { branches, currentBranch };
  const others = branches.filter(({ id }) => id !== current.id);
  return {
    branches: withBranch(others, { ...currentBranch, inputs: left.inputs, at: left.at }),
    currentBranch: current,
  };
}

/** What is left behind by undo and redo, for the way back. */
function noted(state: BranchState, left: SavedRun, saved: SavedRun): SavedRun {
  const crosses = saved.siblings !== undefined;
  return { ...left, branch: state.currentBranch, siblings: crosses ? state.branches : undefined };
}

/** The state after the last step was undone, which left `left`. */
export function afterUndo(state: BranchState, left: SavedRun): Partial<InterfaceState> {
  const saved = state.undoRuns.at(-1);
  if (saved === undefined) return {};
  return {
    undoRuns: state.undoRuns.slice(0, -1),
    redoRuns: bounded([...state.redoRuns, noted(state, left, saved)], UNDO_BOUND),
    ...entered(state, left, saved),
  };
}

/** The state after the last undone step was done again, which left `left`. */
export function afterRedo(state: BranchState, left: SavedRun): Partial<InterfaceState> {
  const saved = state.redoRuns.at(-1);
  if (saved === undefined) return {};
  return {
    redoRuns: state.redoRuns.slice(0, -1),
    undoRuns: bounded([...state.undoRuns, noted(state, left, saved)], UNDO_BOUND),
    ...entered(state, left, saved),
  };
}
