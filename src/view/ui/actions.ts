/**
 * What a person can do, as records: a name, a key, when it is allowed and what it does. Menus, shortcuts, the sheet of
 * keys and the tests share them.
 */
import { nameOf, replicaIds } from "../../base/ids.ts";
import type { PersonalCommand } from "../../model/protocol/commands.ts";
import { MAX_INTERFACE_REPLICAS } from "../../model/protocol/config.ts";
import { LIVE_RATE, WATCH_RATE } from "../layout/timeSpeed.ts";
import { plainFacts } from "../store/applyFrame.ts";
import { currentLeader } from "../store/clusterShape.ts";
import type { ViewState } from "../store/viewStore.ts";
import type { AppServices } from "./appContext.ts";
import { attempt } from "./attempt.ts";
import { giveCommand } from "./deeds.ts";
import { redoRun, restartRun, undoRun } from "./runChanges.ts";
import { backToNow, goToTurnAfter, goToTurnBefore, stepBack } from "./travel.ts";

/** The groups of the sheet of keys. */
export type ActionGroup = "Time" | "Break and mend" | "Look" | "Run";

/** One thing that can be done. */
export interface Action {
  readonly id: string;
  readonly name: string;
  /** As `keyOf` spells it: "Space", "k", "?", "Mod+z"; undefined where there is none. */
  readonly key: string | undefined;
  readonly group: ActionGroup;
  readonly isAllowed: (state: ViewState) => boolean;
  readonly perform: (services: AppServices) => void | Promise<void>;
}

export { LIVE_RATE, WATCH_RATE };

/** Orders `command`; a problem is shown over the stage. Fields of forms show theirs themselves. */
export async function order(services: AppServices, command: PersonalCommand): Promise<boolean> {
  const { store } = services;
  const outcome = await attempt(services, () => giveCommand(services, command));
  if (outcome === undefined) return false;
  if (!outcome.taken) store.getState().notify(outcome.problem.message);
  return outcome.taken;
}

/** The state as the newest frame has it: the store may be a tenth of a second behind what is drawn. */
export function stateNow({ store, frames }: AppServices): ViewState {
  const state = store.getState();
  return frames.latest === undefined ? state : { ...state, ...plainFacts(state, frames.latest) };
}

const always = () => true;
const hasRun = ({ config, failure }: ViewState) => config !== undefined && failure === undefined;

const isPast = ({ virtualNow, travelled }: ViewState) => virtualNow < travelled.end;

const travelActions: readonly Action[] = [
  {
    id: "stepBack",
    name: "Step back one event",
    key: ",",
    group: "Time",
    isAllowed: (state) => hasRun(state) && (state.counters?.eventsProcessed ?? 0) > 0,
    perform: stepBack,
  },
  {
    id: "turnBefore",
    name: "Back to the last turn of the story",
    key: "b",
    group: "Time",
    isAllowed: (state) => hasRun(state) && state.virtualNow > 0,
    perform: goToTurnBefore,
  },
  {
    id: "turnAfter",
    name: "On to the next turn of the story",
    key: "n",
    group: "Time",
    isAllowed: hasRun,
    perform: goToTurnAfter,
  },
  {
    id: "jump",
    name: "Go to an instant…",
    key: "j",
    group: "Time",
    isAllowed: hasRun,
    perform: ({ store }) => store.setState(({ clockFocus }) => ({ clockFocus: clockFocus + 1 })),
  },
  {
    id: "branches",
    name: "Branches of this run…",
    key: undefined,
    group: "Time",
    isAllowed: hasRun,
    perform: ({ store }) => store.getState().openDialog({ kind: "branches" }),
  },
  {
    id: "backToNow",
    name: "Back to now",
    key: "e",
    group: "Time",
    isAllowed: (state) => hasRun(state) && isPast(state),
    perform: backToNow,
  },
];

const timeActions: readonly Action[] = [
  {
    id: "playPause",
    name: "Play or pause",
    key: "Space",
    group: "Time",
    isAllowed: hasRun,
    perform: (services) => (stateNow(services).playing ? services.session.pause() : services.session.play()),
  },
  {
    id: "step",
    name: "Step one event",
    key: ".",
    group: "Time",
    isAllowed: hasRun,
    perform: ({ session }) => session.step(),
  },
  ...travelActions,
  {
    id: "watchLive",
    name: "Switch between watch (1/20) and live (1×)",
    key: "w",
    group: "Time",
    isAllowed: hasRun,
    perform: (services) =>
      services.session.setPlaybackRate(stateNow(services).playbackRate === WATCH_RATE ? LIVE_RATE : WATCH_RATE),
  },
];

const faultActions: readonly Action[] = [
  {
    id: "killLeader",
    name: "Kill the leader",
    key: "k",
    group: "Break and mend",
    isAllowed: (state) => hasRun(state) && currentLeader(state.replicas) !== undefined,
    perform: async (services) => {
      const leader = currentLeader(stateNow(services).replicas);
      if (leader !== undefined) await order(services, { kind: "crash", replicaId: leader.replicaId });
    },
  },
  {
    id: "partition",
    name: "Cut the network…",
    key: "p",
    group: "Break and mend",
    isAllowed: hasRun,
    perform: ({ store }) => store.getState().openDialog({ kind: "partition" }),
  },
  {
    id: "heal",
    name: "Heal the network",
    key: "h",
    group: "Break and mend",
    isAllowed: (state) => hasRun(state) && state.cuts.length > 0,
    perform: async (services) => {
      await order(services, { kind: "heal" });
    },
  },
];

const gameDayAction: Action = {
  id: "gameDay",
  name: "Game day: repeated faults…",
  key: "g",
  group: "Break and mend",
  isAllowed: hasRun,
  perform: ({ store }) => store.getState().openDialog({ kind: "gameDay" }),
};

const runActions: readonly Action[] = [
  {
    id: "lessons",
    name: "Lessons…",
    key: "l",
    group: "Run",
    isAllowed: ({ config }) => config !== undefined,
    perform: ({ store }) => store.getState().openDialog({ kind: "lessons" }),
  },
  {
    id: "compare",
    name: "Compare the modes from here…",
    key: "m",
    group: "Run",
    isAllowed: hasRun,
    perform: ({ store }) => store.getState().openDialog({ kind: "compare" }),
  },
  {
    id: "share",
    name: "Share this moment…",
    key: "s",
    group: "Run",
    isAllowed: ({ config }) => config !== undefined,
    perform: ({ store }) => store.getState().openDialog({ kind: "share" }),
  },
  {
    id: "runs",
    name: "Runs: save, open, continue…",
    key: "o",
    group: "Run",
    isAllowed: ({ config }) => config !== undefined,
    perform: ({ store }) => store.getState().openDialog({ kind: "runs" }),
  },
  {
    id: "load",
    name: "Load your own vectors…",
    key: undefined,
    group: "Run",
    isAllowed: ({ config }) => config !== undefined,
    perform: ({ store }) => store.getState().openDialog({ kind: "load" }),
  },
  {
    id: "restartRun",
    name: "Restart the same run",
    key: "r",
    group: "Run",
    isAllowed: ({ config }) => config !== undefined,
    perform: restartRun,
  },
  {
    id: "seed",
    name: "Another seed…",
    key: undefined,
    group: "Run",
    isAllowed: ({ config }) => config !== undefined,
    perform: ({ store }) => store.getState().openDialog({ kind: "seed" }),
  },
  {
    id: "undo",
    name: "Undo the last thing done",
    key: "Mod+z",
    group: "Run",
    isAllowed: ({ undoRuns }) => undoRuns.length > 0,
    perform: undoRun,
  },
  {
    id: "redo",
    name: "Redo it",
    key: "Mod+Shift+z",
    group: "Run",
    isAllowed: ({ redoRuns }) => redoRuns.length > 0,
    perform: redoRun,
  },
];

const selectActions: readonly Action[] = replicaIds(MAX_INTERFACE_REPLICAS).map((replicaId) => ({
  id: `select-${nameOf(replicaId)}`,
  name: `Select ${nameOf(replicaId)}`,
  key: String(replicaId),
  group: "Look",
  isAllowed: ({ replicas }) => replicas.some((replica) => replica.replicaId === replicaId),
  perform: ({ store }) => {
    store.getState().select({ kind: "replica", replicaId });
    // With the focus, Enter opens its verbs.
    document.querySelector<SVGElement>(`.stage-replica[data-replica="${replicaId}"]`)?.focus({ preventScroll: true });
  },
}));

const lookActions: readonly Action[] = [
  {
    id: "search",
    name: "Search",
    key: "/",
    group: "Look",
    isAllowed: always,
    perform: ({ store }) => store.getState().focusSearch(),
  },
  {
    id: "spacetime",
    name: "Show or hide the space-time diagram",
    key: "d",
    group: "Look",
    isAllowed: always,
    perform: ({ store }) => {
      const { picture, showPicture } = store.getState();
      showPicture(picture === "stage" || picture === "map" ? "both" : "stage");
    },
  },
  {
    id: "map",
    name: "Show or hide the map of the embeddings",
    key: "v",
    group: "Look",
    isAllowed: always,
    perform: ({ store }) => {
      const { picture, showPicture } = store.getState();
      showPicture(picture === "map" ? "stage" : "map");
    },
  },
  {
    id: "theme",
    name: "Switch between light and dark",
    key: "t",
    group: "Look",
    isAllowed: always,
    perform: ({ store }) => {
      const { appliedTheme, setTheme } = store.getState();
      setTheme(appliedTheme === "light" ? "dark" : "light");
    },
  },
  {
    id: "keys",
    name: "Show the keys",
    key: "?",
    group: "Look",
    isAllowed: always,
    perform: ({ store }) => store.getState().openDialog({ kind: "keys" }),
  },
  {
    id: "escape",
    name: "Close, or select nothing",
    key: "Escape",
    group: "Look",
    isAllowed: always,
    perform: ({ store }) => store.setState({ selection: undefined, sheetOpen: false, notice: undefined }),
  },
];

/** Everything that can be done with one key or from the menu. */
export const ACTIONS: readonly Action[] = [
  ...timeActions,
  ...faultActions,
  gameDayAction,
  ...runActions,
  ...lookActions,
  ...selectActions,
];

/** The action with this id. */
export function actionById(id: string): Action | undefined {
  return ACTIONS.find((action) => action.id === id);
}

/** Does what `action` says, if it is allowed now. */
export async function performAction(action: Action | undefined, services: AppServices): Promise<void> {
  if (action?.isAllowed(stateNow(services)) === true) await attempt(services, () => action.perform(services));
}

/** A key as the sheet shows it. */
export function keyLabel(key: string): string {
  const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? "");
  return key
    .split("+")
    .map((part) => (part === "Mod" ? (isMac ? "⌘" : "Ctrl") : part.length === 1 ? part.toUpperCase() : part))
    .join(isMac ? " " : " + ");
}
