/** Opens and closes the space-time diagram; in the bar. */
import { Waypoints } from "lucide-react";
import { useView } from "../appContext.ts";

/** Pressed while the diagram is shown. */
export function SpacetimeButton() {
  const picture = useView((state) => state.picture);
  const showPicture = useView((state) => state.showPicture);
  const isShown = picture === "spacetime" || picture === "both";
  return (
    <button
      type="button"
      className="button"
      data-kind="icon"
      aria-label="Space-time diagram"
      aria-pressed={isShown}
      title="Space-time diagram (D)"
      onClick={() => showPicture(isShown ? "stage" : "both")}
    >
      <Waypoints size={18} aria-hidden="true" />
    </button>
  );
}
