/**
 * The view's store: slow facts of the run beside what a person has chosen, and the actions that change the latter.
 * Facts change only through `applyFrame`. It exists without React, so that tests and the frame loop use it as it is.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Address, ReplicaId } from "../../base/ids.ts";
import type { Question as WhyQuestion } from "../../model/protocol/chronicle.ts";
import type { SearchComparison } from "../../model/protocol/frame.ts";
import {
  afterDeed,
  afterOtherRun,
  afterRedo,
  afterSwitch,
  afterUndo,
  type Branch,
  type BranchName,
  type Deed,
} from "./branches.ts";
import {
  type AppliedTheme,
  type HintId,
  type InterfaceState,
  type Notice,
  OPENING,
  type OpenDialog,
  type PanelName,
  type PartitionDraft,
  type PictureName,
  type Question,
  type SavedRun,
  type Selection,
  type ThemeChoice,
} from "./interfaceState.ts";
import { noFacts, type RunFacts } from "./runFacts.ts";

export type { Branch, BranchName, Deed } from "./branches.ts";
export type * from "./interfaceState.ts";
export type { ClientSummary, LaneMark, LaneSeries, MarkKind, ReplicaSummary, RunFacts } from "./runFacts.ts";

/** What components call. Each changes only what its name says. */
export interface ViewActions {
  readonly select: (selection: Selection | undefined) => void;
  readonly hover: (replicaId: ReplicaId | undefined) => void;
  readonly hoverMessage: (flight: number | undefined) => void;
  /** Shows a tab of the side panel, and opens the sheet where the panel is one. */
  readonly setPanel: (panel: PanelName) => void;
  readonly setSheetOpen: (open: boolean) => void;
  readonly showPicture: (picture: PictureName) => void;
  /** Asks why, and shows the diagram, which answers, with no dialog before it; undefined takes the answer away. */
  readonly askWhy: (why: WhyQuestion | undefined) => void;
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
  readonly notify: (text: string, offers?: Notice["offers"]) => void;
  readonly dismissNotice: () => void;
  /** Something was done to the run: undo goes back to right before it, and a future that it left is kept as a branch. */
  readonly noteDeed: (deed: Deed) => void;
  /** Another run was opened in place of `left`, which can be brought back. */
  readonly rememberRun: (left: SavedRun) => void;
  /** A branch was opened in place of `left`. */
  readonly enterBranch: (target: Branch, left: SavedRun) => void;
  /** The last step was undone, which left `left`. */
  readonly takeUndo: (left: SavedRun) => void;
  /** The last undone step was done again, which left `left`. */
  readonly takeRedo: (left: SavedRun) => void;
  readonly renameBranch: (id: number, name: string) => void;
  readonly dropBranch: (id: number) => void;
  /** Branches that come with a run from elsewhere: a link, a file, an earlier visit. */
  readonly adoptBranches: (branches: readonly Branch[], current: BranchName) => void;
}

export interface ViewState extends RunFacts, InterfaceState, ViewActions {}

export type ViewStore = StoreApi<ViewState>;

type SetState = ViewStore["setState"];

function stageActions(set: SetState) {
  return {
    select: (selection: Selection | undefined) => set({ selection }),
    hover: (hovered: ReplicaId | undefined) => set({ hovered }),
    hoverMessage: (hoveredMessage: number | undefined) => set({ hoveredMessage }),
    openDialog: (dialog: OpenDialog) => set({ dialog }),
    closeDialog: () => set({ dialog: undefined, partitionDraft: undefined }),
    draftPartition: (partitionDraft: PartitionDraft | undefined) => set({ partitionDraft }),
    dropHint: (hint: HintId) =>
      set(({ hintsGone }) => (hintsGone.includes(hint) ? {} : { hintsGone: [...hintsGone, hint] })),
    notify: (text: string, offers?: Notice["offers"]) =>
      set(({ notice }) => ({ notice: { id: (notice?.id ?? 0) + 1, text, offers } })),
    dismissNotice: () => set({ notice: undefined }),
    setTheme: (theme: ThemeChoice) => set({ theme }),
    setAppliedTheme: (appliedTheme: AppliedTheme) => set({ appliedTheme }),
  };
}

function panelActions(set: SetState) {
  return {
    setPanel: (panel: PanelName) => set({ panel, sheetOpen: true }),
    showPicture: (picture: PictureName) => set({ picture }),
    askWhy: (why: WhyQuestion | undefined) =>
      set(({ picture, dialog }) => ({
        why,
        dialog: why === undefined ? dialog : undefined,
        picture: why !== undefined && (picture === "stage" || picture === "map") ? "both" : picture,
      })),
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

function branchActions(set: SetState) {
  return {
    noteDeed: (deed: Deed) => set((state) => afterDeed(state, deed)),
    rememberRun: (left: SavedRun) => set((state) => afterOtherRun(state, left)),
    enterBranch: (target: Branch, left: SavedRun) => set((state) => afterSwitch(state, left, target)),
    takeUndo: (left: SavedRun) => set((state) => afterUndo(state, left)),
    takeRedo: (left: SavedRun) => set((state) => afterRedo(state, left)),
    renameBranch: (id: number, name: string) =>
      set(({ branches, currentBranch }) => ({
        branches: branches.map((branch) => (branch.id === id ? { ...branch, name } : branch)),
        currentBranch: currentBranch.id === id ? { id, name } : currentBranch,
      })),
    dropBranch: (id: number) => set(({ branches }) => ({ branches: branches.filter((branch) => branch.id !== id) })),
    adoptBranches: (branches: readonly Branch[], currentBranch: BranchName) =>
      set(({ branchesMade }) => ({
        branches,
        currentBranch,
        branchesMade: Math.max(branchesMade, currentBranch.id, ...branches.map(({ id }) => id)),
      })),
  };
}

/** A store for a page that has just opened. */
export function createViewStore(): ViewStore {
  return createStore<ViewState>()((set) => ({
    ...noFacts(),
    ...OPENING,
    ...stageActions(set),
    ...panelActions(set),
    ...branchActions(set),
  }));
}
