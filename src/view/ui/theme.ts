/** The theme on the page: what a person chose, `system` resolved here, so that everything else knows only light and dark. */
import { useEffect } from "react";
import type { AppliedTheme, ThemeChoice } from "../store/interfaceState.ts";
import { useServices, useView } from "./appContext.ts";
import { useMedia } from "./useMedia.ts";

/** What the page wears for a choice. */
export function resolveTheme(choice: ThemeChoice, prefersDark: boolean): AppliedTheme {
  if (choice !== "system") return choice;
  return prefersDark ? "dark" : "light";
}

/** Keeps `data-theme` on the document and the applied theme in the store in step with the choice. */
export function useTheme(): void {
  const { store } = useServices();
  const choice = useView((state) => state.theme);
  const applied = resolveTheme(choice, useMedia("(prefers-color-scheme: dark)"));
  useEffect(() => {
    document.documentElement.dataset.theme = applied;
    store.getState().setAppliedTheme(applied);
  }, [applied, store]);
}
