/** Whether a media query holds now; the component renders again when that changes. */
import { useSyncExternalStore } from "react";

/** Follows `query`. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    () => matchMedia(query).matches,
  );
}
