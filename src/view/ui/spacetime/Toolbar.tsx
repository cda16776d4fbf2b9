/** What the diagram can be told: its spacing and direction, zoom, following the playhead, its place, and files of it. */
import { Columns2, Download, LocateFixed, Minus, MoveDown, MoveRight, Plus, Square, X } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { useServices, useView } from "../appContext.ts";
import { attempt } from "../attempt.ts";
import { Segmented } from "../controls/Segmented.tsx";
import type { DiagramView } from "./diagramView.ts";
import type { SpacetimeStore } from "./spacetimeStore.ts";

interface ToolbarProps {
  readonly diagram: SpacetimeStore;
  readonly view: DiagramView | undefined;
  readonly isNarrow: boolean;
}

/** Each kind of file; the code that makes them is loaded with the first. */
function ExportVerbs({ view }: Pick<ToolbarProps, "view">) {
  const services = useServices();
  const [isOpen, setOpen] = useState(false);
  const make = (kind: "svg" | "png" | "shiviz") =>
    void attempt(services, async () => {
      const files = await import("./exportFiles.ts");
      const picture = view?.picture();
      if (kind === "shiviz") await files.saveShivizLog(services);
      else if (picture === undefined) throw new Error("there is no picture yet");
      else if (kind === "svg") files.saveSvg(picture);
      else await files.savePng(picture);
    });
  return (
    <>
      <button
        type="button"
        className="button"
        data-kind="icon"
        aria-label="Export"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Download size={16} aria-hidden="true" />
      </button>
      {isOpen ? (
        <>
          <button type="button" className="button" onClick={() => make("svg")}>
            SVG
          </button>
          <button type="button" className="button" onClick={() => make("png")}>
            PNG
          </button>
          <button type="button" className="button" onClick={() => make("shiviz")}>
            ShiViz log
          </button>
        </>
      ) : null}
    </>
  );
}

/** The row over the diagram. */
export function Toolbar({ diagram, view, isNarrow }: ToolbarProps) {
  const spacing = useStore(diagram, (state) => state.spacing);
  const direction = useStore(diagram, (state) => state.shown);
  const isFollowing = useStore(diagram, (state) => state.isFollowing);
  const picture = useView((state) => state.picture);
  const showPicture = useView((state) => state.showPicture);
  return (
    <div className="spacetime-bar" role="toolbar" aria-label="Space-time diagram">
      <Segmented
        label="Spacing"
        value={spacing}
        choices={[
          { value: "true", label: "To scale" },
          { value: "even", label: "Even" },
        ]}
        onChoose={(value) => diagram.setState({ spacing: value })}
      />
      <button type="button" className="button" data-kind="icon" aria-label="Zoom out" onClick={() => view?.zoomBy(0.5)}>
        <Minus size={16} aria-hidden="true" />
      </button>
      <button type="button" className="button" data-kind="icon" aria-label="Zoom in" onClick={() => view?.zoomBy(2)}>
        <Plus size={16} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="button"
        data-kind="icon"
        aria-label="Follow the playhead"
        aria-pressed={isFollowing}
        onClick={() => diagram.setState({ isFollowing: !isFollowing })}
      >
        <LocateFixed size={16} aria-hidden="true" />
      </button>
      <ExportVerbs view={view} />
      <span className="spacetime-gap" />
      {isNarrow ? null : (
        <button
          type="button"
          className="button"
          data-kind="icon"
          aria-label={direction === "down" ? "Let time run right" : "Let time run down"}
          onClick={() => diagram.setState({ direction: direction === "down" ? "right" : "down" })}
        >
          {direction === "down" ? (
            <MoveRight size={16} aria-hidden="true" />
          ) : (
            <MoveDown size={16} aria-hidden="true" />
          )}
        </button>
      )}
      {isNarrow ? null : (
        <button
          type="button"
          className="button"
          data-kind="icon"
          aria-label={picture === "both" ? "Show the diagram alone" : "Show the stage beside it"}
          onClick={() => showPicture(picture === "both" ? "spacetime" : "both")}
        >
          {picture === "both" ? <Square size={16} aria-hidden="true" /> : <Columns2 size={16} aria-hidden="true" />}
        </button>
      )}
      <button
        type="button"
        className="button"
        data-kind="icon"
        aria-label="Close the diagram"
        onClick={() => showPicture("stage")}
      >
        <X size={16} aria-hidden="true" />
      </button>
    </div>
  );
}
