/** The key "/" puts the focus into the field of the search panel, whichever it is. */
import { useEffect, useRef } from "react";
import { useView } from "../../appContext.ts";

/** What holds the field, which takes the focus whenever it is asked for. */
export function useSearchFocus<Holder extends HTMLElement>() {
  const holder = useRef<Holder>(null);
  const wanted = useView((state) => state.searchFocus);
  const served = useRef(0);
  useEffect(() => {
    if (wanted === served.current) return;
    served.current = wanted;
    const field = holder.current?.querySelector("input");
    field?.focus();
    field?.select();
  }, [wanted]);
  return holder;
}
