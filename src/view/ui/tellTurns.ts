/** What turned, as it is said aloud: what was lost together in one sentence, by names. Loaded when something is told. */
import type { ClusterEvent } from "../../model/protocol/events.ts";
import { formatClock } from "../layout/timeWords.ts";
import { feedRows, rowWords } from "../store/feedRows.ts";
import type { ViewState } from "../store/viewStore.ts";
import { wordContextOf } from "./wordContext.ts";

/** A sentence for each thing that turned, oldest first. */
export function tellTurns(turns: readonly ClusterEvent[], state: () => ViewState): readonly string[] {
  const context = wordContextOf(state);
  return feedRows(turns).map((row) => {
    const words = rowWords(row, context);
    return row.kind === "event" ? words : `${words}, at ${formatClock(row.losses[0].at)}`;
  });
}
