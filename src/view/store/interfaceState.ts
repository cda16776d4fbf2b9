/**
 * What a person has chosen on the page: selection, panel, theme, open dialog, the question of the search panel. None of
 * it is part of a run.
 */
import type { Address, ClientId, ReplicaId } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import type { Question as WhyQuestion } from "../../model/protocol/chronicle.ts";
import type { LoadedData, WantedData } from "../../model/protocol/dataset.ts";
import type { SearchComparison } from "../../model/protocol/frame.ts";
import type { Item } from "../../model/protocol/item.ts";
import type { SearchPath } from "../../model/protocol/searchIndex.ts";
import type { RunInputs } from "../../model/protocol/session.ts";
import type { VerdictName } from "../../model/protocol/verdict.ts";
import { type Branch, type BranchName, FIRST_BRANCH } from "./branches.ts";

/** What is selected on the stage. A link is directed. */
export type Selection =
  | { readonly kind: "replica"; readonly replicaId: ReplicaId }
  /** One message on its way. */
  | { readonly kind: "message"; readonly flight: number; readonly from: Address; readonly to: Address }
  | { readonly kind: "link"; readonly from: Address; readonly to: Address }
  | { readonly kind: "client"; readonly clientId: ClientId };

/** The tabs of the side panel. */
export type PanelName = "search" | "shop" | "write" | "events" | "settings";

/** What shows the cluster: the stage, the space-time diagram, one beside the other, or the map of what replicas hold. */
export type PictureName = "stage" | "spacetime" | "both" | "map";

/** Whose answer the shop window shows: a replica's own, or what a client gets by the read policy. */
export type ShopSource = Address;

/** The theme a person asked for, and what the page wears. */
export type ThemeChoice = "light" | "dark" | "system";
export type AppliedTheme = "light" | "dark";

/** Groups that a gesture or the dialog has drawn up but not yet ordered. Whoever is in none forms one more. */
export interface PartitionDraft {
  readonly groups: readonly (readonly Address[])[];
}

/** What would start another run: shown for confirmation. */
export interface RunChange {
  /** What happens, in one sentence. */
  readonly sentence: string;
  readonly inputs: RunInputs;
  readonly at: Micros;
}

/** A built-in scenario that is being played: what it is called, what to look at, and how it begins. */
export interface Lesson {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly inputs: RunInputs;
  /** The instant at which it is opened, shortly before something happens. */
  readonly at: Micros;
  /** Virtual seconds per wall second at which it is watched. */
  readonly speed: number;
}

/** A moment of the run that is shown again. */
export interface LookBack {
  readonly verdict: VerdictName;
  readonly at: Micros;
  /** What happened there, in words. */
  readonly message: string;
  /** Where the run stood. */
  readonly from: Micros;
  readonly wasPlaying: boolean;
}

/** A file of vectors as the data set of a run: from where, if that is known, and for which run. */
export interface LoadRequest {
  /** A file that was dropped or chosen, or an address on this origin. */
  readonly from?: File | string;
  /** The vectors that a run which is to be opened was made with, and how it is opened once they are here. */
  readonly wanted?: WantedVectors;
}

/** Vectors that a run needs, and how it is opened with them. */
export interface WantedVectors {
  /** What is about to be opened, for a sentence: "This link". */
  readonly by: string;
  readonly data: WantedData;
  /** Opens it, with the vectors that were loaded. */
  readonly goOn: (data: LoadedData) => Promise<void>;
}

/** The dialog that is open. At most one is. */
export type OpenDialog =
  | { readonly kind: "keys" }
  | { readonly kind: "about" }
  | { readonly kind: "seed" }
  | { readonly kind: "partition" }
  | { readonly kind: "machine"; readonly replicaId: ReplicaId }
  | { readonly kind: "gameDay" }
  | { readonly kind: "verdicts" }
  | { readonly kind: "lessons" }
  | { readonly kind: "values" }
  | { readonly kind: "branches" }
  /** The run as a link, a file, a picture. */
  | { readonly kind: "share" }
  /** Runs that this browser keeps. */
  | { readonly kind: "runs" }
  | { readonly kind: "compare" }
  /** The answers of all replicas, as wide as the page. */
  | { readonly kind: "answers" }
  /** A person's own vectors. */
  | { readonly kind: "load"; readonly request?: LoadRequest }
  | { readonly kind: "newRun"; readonly change: RunChange };

/** The question of the search panel. */
export interface Question {
  /** What stands in the field. */
  readonly text: string;
  /** What is asked, in words: the text, or "similar to Trail Runner". */
  readonly label: string;
  /** The item that a "similar to" question was asked from. */
  readonly itemId: string | undefined;
  readonly vector: Float32Array | undefined;
  /** Why there is no vector: shown beside the field. */
  readonly problem: string | undefined;
}

/** One short message over the stage; it may offer to bring another run back. */
export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly offers: "undo" | "redo" | undefined;
}

/** The three hints, in the order in which they are offered. */
export const HINTS = ["killLeader", "searchWhileLagging", "cutNetwork"] as const;
export type HintId = (typeof HINTS)[number];

/** A run as it was left, for undo and redo. */
export interface SavedRun {
  readonly inputs: RunInputs;
  readonly at: Micros;
  /** Which of its branches it was. */
  readonly branch?: BranchName | undefined;
  /** Its other branches, where another run was opened in its place. */
  readonly siblings?: readonly Branch[] | undefined;
  /** The lesson that it is, if it is one. */
  readonly lesson?: Lesson | undefined;
}

/** What belongs to the page and not to the run. */
export interface InterfaceState {
  readonly selection: Selection | undefined;
  /** The replica under the pointer, or focused: its card shows everything. */
  readonly hovered: ReplicaId | undefined;
  /** The message under the pointer, on the stage or on the space-time diagram: both show which. */
  readonly hoveredMessage: number | undefined;
  readonly panel: PanelName;
  readonly picture: PictureName;
  /** What "why?" was asked of last; the space-time diagram answers. */
  readonly why: WhyQuestion | undefined;
  /** Whether the side panel is open where it is a sheet (1180 px and below). */
  readonly sheetOpen: boolean;
  readonly theme: ThemeChoice;
  readonly appliedTheme: AppliedTheme;
  readonly dialog: OpenDialog | undefined;
  readonly partitionDraft: PartitionDraft | undefined;
  readonly question: Question;
  readonly comparison: SearchComparison | undefined;
  /** How many neighbours a person asks for; undefined: as many as the clients do. */
  readonly searchK: number | undefined;
  /** Whether the answers show only where somebody is wrong. */
  readonly onlyDifferences: boolean;
  /** The way of the question through a replica's approximate index, while it is shown. */
  readonly way: SearchPath | undefined;
  /** The item under the pointer, or focused, wherever it stands: in a list, on the map. */
  readonly pointedItem: string | undefined;
  /** The product whose page the shop shows, as it was when it was chosen; undefined: the first. */
  readonly shopItem: Item | undefined;
  /** Undefined: the first client. */
  readonly shopSource: ShopSource | undefined;
  /** The item that the write panel is to change. */
  readonly writeTarget: string | undefined;
  /** Counts requests to put the focus into the search field. */
  readonly searchFocus: number;
  /** The settings are to show the selected link and take the focus there; over once they have. */
  readonly wantsLink: boolean;
  /** Whether the feed shows acknowledgements and answers too. */
  readonly showsRoutine: boolean;
  /** Hints that were done or dismissed. */
  readonly hintsGone: readonly HintId[];
  readonly notice: Notice | undefined;
  /** The lesson that is being played, and whether its note is hidden. */
  readonly lesson: Lesson | undefined;
  readonly hidesLesson: boolean;
  /** Set while a moment of the run is shown again. */
  readonly lookBack: LookBack | undefined;
  /** Whether the run played when the playhead left its end. */
  readonly leftPlaying: boolean;
  /** Counts requests to type an instant into the clock. */
  readonly clockFocus: number;
  /** Branches of this run that are kept beside the open one. */
  readonly branches: readonly Branch[];
  readonly currentBranch: BranchName;
  /** Counts branches: the last id that was given. */
  readonly branchesMade: number;
  readonly undoRuns: readonly SavedRun[];
  readonly redoRuns: readonly SavedRun[];
}

/** An empty search field. */
export const NO_QUESTION: Question = {
  text: "",
  label: "",
  itemId: undefined,
  vector: undefined,
  problem: undefined,
};

/** The page as it opens: the light theme, since projectors wash out dark ones. */
export const OPENING: InterfaceState = {
  selection: undefined,
  hovered: undefined,
  hoveredMessage: undefined,
  panel: "search",
  picture: "stage",
  why: undefined,
  sheetOpen: false,
  theme: "light",
  appliedTheme: "light",
  dialog: undefined,
  partitionDraft: undefined,
  question: NO_QUESTION,
  comparison: undefined,
  searchK: undefined,
  onlyDifferences: false,
  way: undefined,
  pointedItem: undefined,
  shopItem: undefined,
  shopSource: undefined,
  writeTarget: undefined,
  searchFocus: 0,
  wantsLink: false,
  showsRoutine: false,
  hintsGone: [],
  notice: undefined,
  lesson: undefined,
  hidesLesson: false,
  lookBack: undefined,
  leftPlaying: false,
  clockFocus: 0,
  branches: [],
  currentBranch: FIRST_BRANCH,
  branchesMade: FIRST_BRANCH.id,
  undoRuns: [],
  redoRuns: [],
};
