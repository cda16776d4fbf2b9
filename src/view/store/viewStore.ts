/**
 * The view's store: slow facts of the run beside what a person has chosen, and the actions that change the latter.
 * Facts change only through `applyFrame`. It exists without React, so that tests and the frame loop use it as it is.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Address, ReplicaId } from "../../base/ids.ts";
import type { SearchComparison } from "../../model/protocol/frame.ts";
import {
  type AppliedTheme,
  type HintId,
  type InterfaceState,
  OPENING,
  type OpenDialog,
  type PanelName,
  type PartitionDraft,
  type Question,
  type SavedRun,
  type Selection,
  type ThemeChoice,
  UNDO_BOUND,
} from "./interfaceState.ts";
import { noFacts, type RunFacts } from "./runFacts.ts";

export type * from "./interfaceState.ts";
export type { ClientSummary, LaneMark, LaneSeries, MarkKind, ReplicaSummary, RunFacts } from "./runFacts.ts";

/** What components call. Each changes only what its name says. */
export interface ViewActions {
  readonly select: (selection: Selection | undefined) => void;
  readonly hover: (replicaId: ReplicaId | undefined) => void;
  /** Shows a tab of the side panel, and opens the sheet where the panel is one. */
  readonly setPanel: (panel: PanelName) => void;
  readonly setSheetOpen: (open: boolean) => void;
  readonly setTheme: (theme: ThemeChoice) => void;
  readonly setAppliedTheme: (theme: AppliedTheme) => void;
  readonly openDialog: (dialog: OpenDialog) => void;
  readonly closeDialog: () => void;
  /** Keeps groups that a gesture drew; undefined drops them. */
  readonly draftPartition: (draft: PartitionDraft | undefined) => void;
  readonly ask: (question: Question) => void;
  readonly setComparison: (comparison: SearchComparison | undefined) => void;
  /** Shows the write panel for an item; undefined for a new one. */
  readonly editItem: (itemId: string | undefined) => void;
  readonly focusSearch: () => void;
  /** Shows the settings of one link, from its first end to its second. */
  readonly tuneLink: (from: Address, to: Address) => void;
  readonly showRoutine: (shown: boolean) => void;
  readonly dropHint: (hint: HintId) => void;
  readonly notify: (text: string, canUndo?: boolean) => void;
  readonly dismissNotice: () => void;
  /** Puts a run that is about to be left on the stack; redo is void from then on. */
  readonly rememberRun: (run: SavedRun) => void;
  /** Takes the last run off the stack and keeps `current` for redo. */
  readonly takeUndo: (current: SavedRun) => void;
  /** Takes the last undone run and keeps `current` for undo. */
  readonly takeRedo: (current: SavedRun) => void;
}

export interface ViewState extends RunFacts, InterfaceState, ViewActions {}

export type ViewStore = StoreApi<ViewState>;

type SetState = ViewStore["setState"];

function stageActions(set: SetState) {
  return {
    select: (selection: Selection | undefined) => set({ selection }),
    hover: (hovered: ReplicaId | undefined) => set({ hovered }),
    openDialog: (dialog: OpenDialog) => set({ dialog }),
    closeDialog: () => set({ dialog: undefined, partitionDraft: undefined }),
    draftPartition: (partitionDraft: PartitionDraft | undefined) => set({ partitionDraft }),
    dropHint: (hint: HintId) =>
      set(({ hintsGone }) => (hintsGone.includes(hint) ? {} : { hintsGone: [...hintsGone, hint] })),
    notify: (text: string, canUndo = false) =>
      set(({ notice }) => ({ notice: { id: (notice?.id ?? 0) + 1, text, canUndo } })),
    dismissNotice: () => set({ notice: undefined }),
    setTheme: (theme: ThemeChoice) => set({ theme }),
    setAppliedTheme: (appliedTheme: AppliedTheme) => set({ appliedTheme }),
  };
}

function panelActions(set: SetState) {
  return {
    setPanel: (panel: PanelName) => set({ panel, sheetOpen: true }),
    setSheetOpen: (sheetOpen: boolean) => set({ sheetOpen }),
    ask: (question: Question) =>
      set(({ comparison }) => ({ question, comparison: question.vector === undefined ? undefined : comparison })),
    setComparison: (comparison: SearchComparison | undefined) => set({ comparison }),
    editItem: (writeTarget: string | undefined) => set({ writeTarget, panel: "write", sheetOpen: true }),
    focusSearch: () => set(({ searchFocus }) => ({ panel: "search", sheetOpen: true, searchFocus: searchFocus + 1 })),
    tuneLink: (from: Address, to: Address) =>
      set({ selection: { kind: "link", from, to }, panel: "settings", sheetOpen: true, wantsLink: true }),
    showRoutine: (showsRoutine: boolean) => set({ showsRoutine }),
  };
}

function pushed(runs: readonly SavedRun[], run: SavedRun): readonly SavedRun[] {
  return [...runs, run].slice(-UNDO_BOUND);
}

function runStackActions(set: SetState) {
  return {
    rememberRun: (run: SavedRun) => set(({ undoRuns }) => ({ undoRuns: pushed(undoRuns, run), redoRuns: [] })),
    takeUndo: (current: SavedRun) =>
      set(({ undoRuns, redoRuns }) => ({ undoRuns: undoRuns.slice(0, -1), redoRuns: pushed(redoRuns, current) })),
    takeRedo: (current: SavedRun) =>
      set(({ undoRuns, redoRuns }) => ({ undoRuns: pushed(undoRuns, current), redoRuns: redoRuns.slice(0, -1) })),
  };
}

/** A store for a page that has just opened. */
export function createViewStore(): ViewStore {
  return createStore<ViewState>()((set) => ({
    ...noFacts(),
    ...OPENING,
    ...stageActions(set),
    ...panelActions(set),
    ...runStackActions(set),
  }));
}
