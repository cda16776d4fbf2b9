/** Opens and closes the map; in the bar. */
import { ScatterChart } from "lucide-react";
import { useView } from "../appContext.ts";

/** By which the button is found again when the map is closed. */
export const MAP_BUTTON = "map-button";

/** Pressed while the map is shown. */
export function MapButton() {
  const isShown = useView((state) => state.picture === "map");
  const showPicture = useView((state) => state.showPicture);
  return (
    <button
      type="button"
      id={MAP_BUTTON}
      className="button bar-map"
      data-kind="icon"
      aria-label="Map of the embeddings"
      aria-pressed={isShown}
      title="Map of the embeddings (V)"
      onClick={() => showPicture(isShown ? "stage" : "map")}
    >
      <ScatterChart size={18} aria-hidden="true" />
    </button>
  );
}
