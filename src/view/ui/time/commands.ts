/** The actions of the registry that the transport offers, and the speed, which has no single key. */
import { type Action, actionById, performAction } from "../actions.ts";
import { type AppServices, useServices, useView } from "../appContext.ts";

/** What a button of an action needs. */
export interface ActionHandle {
  readonly action: Action | undefined;
  readonly isAllowed: boolean;
  readonly perform: () => void;
}

/** The action with this id, as a button uses it. */
export function useAction(id: string): ActionHandle {
  const services = useServices();
  const action = actionById(id);
  const isAllowed = useView((state) => action?.isAllowed(state) ?? false);
  return { action, isAllowed, perform: () => void performAction(action, services) };
}

/** Copies `text`; where the browser does not let us, says so and shows it. */
export async function copyText({ store }: AppServices, text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    store.getState().notify(`${what} copied.`);
  } catch {
    store.getState().notify(`The browser does not allow copying here. ${what}: ${text}`);
  }
}
