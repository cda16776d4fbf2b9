/**
 * "Show me": the run again from its beginning, in one thread, up to right after the first event that broke a verdict,
 * standing still; and the way back to the run as it was. Nothing of that run is lost: it is its inputs, and those are kept.
 */
import { present } from "../../base/assert.ts";
import type { Verdict } from "../../model/protocol/verdict.ts";
import type { AppServices } from "./appContext.ts";
import { attempt } from "./attempt.ts";
import { openAs } from "./runChanges.ts";

/** Whether there is a moment to show. */
export function canShow({ at, sequence }: Verdict): boolean {
  return at !== undefined && sequence !== undefined;
}

/** Shows the first event that broke `verdict`. */
export async function showBreak(services: AppServices, verdict: Verdict): Promise<void> {
  const { session, store } = services;
  await attempt(services, async () => {
    const { playing, lookBack, lesson } = store.getState();
    const at = present(verdict.at, "when it broke");
    const sequence = present(verdict.sequence, "the event that broke it");
    const wasPlaying = lookBack?.wasPlaying ?? playing;
    await session.pause();
    const live = lookBack?.live ?? { ...(await session.inputs()), lesson };
    if (await session.open(live.inputs, { at, sequence })) {
      store.setState({ lookBack: { verdict: verdict.name, at, message: verdict.message, live, wasPlaying } });
    } else if (wasPlaying && lookBack === undefined) {
      await session.play();
    }
  });
}

/** Opens the run again that was left to look back, at the instant at which it was left, and playing if it was. */
export async function returnToLive(services: AppServices): Promise<void> {
  const { lookBack } = services.store.getState();
  if (lookBack !== undefined) await attempt(services, () => openAs(services, lookBack.live, false));
}
