/** Where every rejection of the session ends up that a person caused: it is shown over the stage, and nothing is thrown. */
import type { AppServices } from "./appContext.ts";

/** An error in words. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Does `work`; undefined if it was rejected, and then a message says why. */
export async function attempt<Result>(
  { store }: Pick<AppServices, "store">,
  work: () => Result | Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    store.getState().notify(`That was not done: ${wordsOf(error)}`);
    return undefined;
  }
}
