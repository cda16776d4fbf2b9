/**
 * The verbs of the stage: what can be done to a replica, a link, a message or a client now. Records, so that menu and
 * test share them. Each orders commands of the run or changes what the page shows.
 */
import { nameOf } from "../../../base/ids.ts";
import type { Frame } from "../../../model/protocol/frame.ts";
import type { Selection, ViewState } from "../../store/viewStore.ts";
import { clientVerbs, linkVerbs } from "./linkVerbs.ts";
import { messageVerbs } from "./messageVerbs.ts";
import { replicaVerbs } from "./replicaVerbs.ts";
import type { VerbGroup } from "./verb.ts";

/** What can be done to `selection`; `frame` is the picture in which it was chosen. */
export function verbsFor(selection: Selection, state: ViewState, frame: Frame | undefined): readonly VerbGroup[] {
  switch (selection.kind) {
    case "replica":
      return replicaVerbs(selection.replicaId, state, frame);
    case "link":
      return linkVerbs(selection.from, selection.to, state, frame);
    case "message":
      return messageVerbs(selection);
    case "client":
      return clientVerbs(selection.clientId, state);
  }
}

/** The name of what is selected, for the menu's heading. */
export function selectionName(selection: Selection): string {
  switch (selection.kind) {
    case "replica":
      return nameOf(selection.replicaId);
    case "link":
      return `${nameOf(selection.from)} – ${nameOf(selection.to)}`;
    case "message":
      return `the message ${nameOf(selection.from)} → ${nameOf(selection.to)}`;
    case "client":
      return nameOf(selection.clientId);
  }
}
