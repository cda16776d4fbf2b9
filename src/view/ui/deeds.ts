/** Doing something to the run, from wherever on the page: every deed can be undone, and a future that it leaves is kept. */
import type { PersonalCommand } from "../../model/protocol/commands.ts";
import type { CommandOutcome } from "../../model/protocol/session.ts";
import { deedName, leavesFuture } from "../store/branches.ts";
import { instant } from "../store/format.ts";
import type { AppServices } from "./appContext.ts";

/** Gives `command` to the run that is open. What would be lost by it is a branch from then on, and that is said. */
export async function giveCommand(
  { session, frames, store }: AppServices,
  command: PersonalCommand,
): Promise<CommandOutcome> {
  const { inputs: before } = await session.inputs();
  const outcome = await session.command(command);
  if (!outcome.taken) return outcome;
  const { at } = outcome;
  const { lanes, currentBranch, noteDeed, notify } = store.getState();
  // The furthest instant only grows, so a picture that is a little old is enough.
  const end = frames.latest?.travelled.end ?? at;
  const deed = { before, at, end, name: deedName(command, at, lanes) };
  noteDeed(deed);
  store.setState({ lookBack: undefined });
  if (leavesFuture(deed)) {
    notify(`Another branch begins at ${instant(at)} s. What came after is kept as “${currentBranch.name}”.`, "undo");
  }
  return outcome;
}
