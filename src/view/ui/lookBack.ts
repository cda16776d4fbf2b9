/**
 * "Show me": back to right after the first event that broke a verdict, standing still; and the way back to where the run
 * stood. It is the same run: whoever does something there begins a branch.
 */
import { present } from "../../base/assert.ts";
import type { Verdict } from "../../model/protocol/verdict.ts";
import type { AppServices } from "./appContext.ts";
import { attempt } from "./attempt.ts";

/** Whether there is a moment to show. */
export function canShow({ at, sequence }: Verdict): boolean {
  return at !== undefined && sequence !== undefined;
}

/** Shows the first event that broke `verdict`. */
export async function showBreak(services: AppServices, verdict: Verdict): Promise<void> {
  const { session, frames, store } = services;
  await attempt(services, async () => {
    const { playing, lookBack, virtualNow } = store.getState();
    const at = present(verdict.at, "when it broke");
    const sequence = present(verdict.sequence, "the event that broke it");
    const wasPlaying = lookBack?.wasPlaying ?? playing;
    const from = lookBack?.from ?? frames.latest?.virtualNow ?? virtualNow;
    if (await session.seek({ at, sequence })) {
      store.setState({ lookBack: { verdict: verdict.name, at, message: verdict.message, from, wasPlaying } });
    } else if (wasPlaying && lookBack === undefined) {
      await session.play();
    }
  });
}

/** Goes back to where the run stood, and goes on if it did. */
export async function returnToLive({ session, store }: AppServices): Promise<void> {
  const { lookBack } = store.getState();
  if (lookBack === undefined) return;
  await attempt({ store }, async () => {
    if (!(await session.seek(lookBack.from))) return;
    store.setState({ lookBack: undefined });
    if (lookBack.wasPlaying) await session.play();
  });
}
