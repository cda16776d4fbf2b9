/** What a verb is, and the verbs that several menus share. */
import type { Address } from "../../../base/ids.ts";
import type { Command } from "../../../model/protocol/commands.ts";
import type { ViewState } from "../../store/viewStore.ts";
import { order } from "../actions.ts";
import type { AppServices } from "../appContext.ts";

/** One entry of a menu; with `choices` it opens a menu of its own. */
export interface Verb {
  readonly id: string;
  readonly name: string;
  /** The key that does the same, where there is one. */
  readonly key?: string;
  readonly perform?: (services: AppServices) => void | Promise<void>;
  readonly choices?: readonly Verb[];
}

/** Verbs of one group stand together, a line between groups. */
export type VerbGroup = readonly Verb[];

/** Orders `commands` one after the other, as long as they are taken. */
export function ordering(commands: readonly Command[]) {
  return async (services: AppServices) => {
    for (const command of commands) if (!(await order(services, command))) return;
  };
}

/** The same for both directions of a link. */
export function both(kind: "cut" | "restore", from: Address, to: Address): readonly Command[] {
  return [
    { kind, from, to },
    { kind, from: to, to: from },
  ];
}

/** From which ends nothing gets through. */
export function cutDirections(a: Address, b: Address, state: ViewState): readonly Address[] {
  const isCut = (from: Address, to: Address) => state.cuts.some((cut) => cut.from === from && cut.to === to);
  return [...(isCut(a, b) ? [a] : []), ...(isCut(b, a) ? [b] : [])];
}

/** The verb that mends every link, where one is cut. */
export function healing(state: ViewState): readonly VerbGroup[] {
  return state.cuts.length === 0
    ? []
    : [[{ id: "heal", name: "Heal the network", key: "H", perform: ordering([{ kind: "heal" }]) }]];
}
