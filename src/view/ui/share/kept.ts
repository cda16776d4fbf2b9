/** Opening a run that this browser keeps; one of loaded vectors asks for their file first. */
import type { KeptRunSummary } from "../../storage/keptRun.ts";
import type { AppServices } from "../appContext.ts";
import { attempt } from "../attempt.ts";
import { openWithVectors } from "../load/keptVectors.ts";
import { type Keeper, WantedError } from "./keeper.ts";
import { openContent } from "./runContent.ts";

/**
 * Opens the kept run `id`: in place of a run that is to be remembered, which then is kept, or of the one that a page opens
 * with (`isNew` false).
 */
export async function openKept(
  services: AppServices,
  keeper: Keeper,
  { id, name }: Pick<KeptRunSummary, "id" | "name">,
  isNew: boolean,
): Promise<void> {
  const { notify } = services.store.getState();
  try {
    const content = await keeper.read(id);
    if (isNew) {
      await keeper.autosave();
      await keeper.renew();
    }
    const { isOpen } = await openContent(services, content, isNew);
    // Given up: the run that goes on instead must not take its place.
    if (!isOpen && !isNew) await keeper.renew();
    if (isOpen && isNew) notify(`“${name}” is open. Your run is kept.`, "undo");
  } catch (error) {
    if (!(error instanceof WantedError)) throw error;
    const goOn = async () => {
      await attempt(services, () => openKept(services, keeper, { id, name }, isNew));
    };
    const isOpened = await openWithVectors(services, { by: `“${name}”`, data: error.wanted, goOn });
    // What goes on meanwhile must not take the place of the run that waits for its file.
    if (!isOpened && !isNew) await keeper.renew();
  }
}
