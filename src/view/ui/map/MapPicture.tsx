/**
 * The third picture: what every replica holds, as a map of the embeddings. One large map, a small one per replica, and a
 * list. React makes the containers and what is read; {@link LargeMap} and the small maps paint.
 */
import { Minus, Plus, Scan, X } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { present } from "../../../base/assert.ts";
import { type Address, nameOf } from "../../../base/ids.ts";
import { list, percent, plural } from "../../store/format.ts";
import type { Question } from "../../store/interfaceState.ts";
import type { ReplicaSummary } from "../../store/runFacts.ts";
import { type AppServices, useServices, useView } from "../appContext.ts";
import { Segmented } from "../controls/Segmented.tsx";
import { type Chosen, LargeMap } from "./largeMap.ts";
import { MAP_BUTTON } from "./MapButton.tsx";
import { MapList } from "./MapList.tsx";
import type { MapModel, Shown } from "./mapModel.ts";
import { MapScene } from "./mapScene.ts";
import { createMapStore, type MapStage } from "./mapStore.ts";
import { Sign } from "./Sign.tsx";
import { SmallMap } from "./SmallMap.tsx";
import { SIGN_NAMES, SIGNED } from "./signs.ts";
import "./map.css";

/** What is near an item, or near the middle of the items around a place. */
function questionFrom(model: MapModel, chosen: Chosen): Question {
  const asked = { text: "", problem: undefined };
  const nameAt = (position: number) => model.payloads[position]?.name ?? "";
  if (chosen.kind === "item") {
    const { position } = chosen;
    const label = `similar to ${nameAt(position)}`;
    return { ...asked, label, itemId: model.ids[position], vector: model.rowOf(position).slice() };
  }
  const middle = new Float32Array(model.dimension);
  for (const position of chosen.around) {
    for (const [at, value] of model.rowOf(position).entries()) middle[at] = (middle[at] ?? 0) + value;
  }
  return { ...asked, label: `between ${list(chosen.around.map(nameAt))}`, itemId: undefined, vector: middle };
}

function askFrom({ store }: AppServices, model: MapModel, chosen: Chosen): void {
  store.getState().ask(questionFrom(model, chosen));
  store.getState().setPanel("search");
}

/** The scene lives as long as the picture is on the page. */
function useScene(services: AppServices): MapScene | undefined {
  const [scene, setScene] = useState<MapScene>();
  useEffect(() => {
    const made = new MapScene(services, createMapStore());
    setScene(made);
    return () => made.close();
  }, [services]);
  return scene;
}

/** In which part of a cut network each replica is, parts in order; one part when nothing is cut. */
export function partsOf(
  replicas: readonly ReplicaSummary[],
  groups: readonly (readonly Address[])[],
): readonly (readonly ReplicaSummary[])[] {
  if (groups.length === 0) return [replicas];
  const isIn = ({ replicaId }: ReplicaSummary) => groups.findIndex((group) => group.includes(replicaId));
  const parts = [...groups.keys(), -1].map((part) => replicas.filter((replica) => isIn(replica) === part));
  return parts.filter((part) => part.length > 0);
}

const PAN_KEYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-0.15, 0],
  ArrowRight: [0.15, 0],
  ArrowUp: [0, -0.15],
  ArrowDown: [0, 0.15],
};

function pressed(map: LargeMap, key: string): boolean {
  const pan = PAN_KEYS[key];
  if (pan !== undefined) map.panBy(...pan);
  else if (key === "+" || key === "=") map.zoomBy(1.5);
  else if (key === "-") map.zoomBy(1 / 1.5);
  else if (key === "0" || key === "Home") map.home();
  else if (key === "Enter") map.chooseMiddle();
  else return false;
  return true;
}

function stageWords(stage: MapStage, isEmpty: boolean): string | undefined {
  switch (stage.kind) {
    case "asking":
      return "Asking every replica what it holds …";
    case "laying":
      return `Laying out ${plural(stage.items, "item")} …`;
    case "failed":
      return `The map cannot be drawn: ${stage.problem}`;
    case "shown":
      return isEmpty ? "Nothing is stored, so there is nothing to map." : undefined;
  }
}

/** What the axes are. */
function axesWords({ isOfColours, plane }: MapModel): string {
  if (isOfColours) return "Across: hue, greys on the left. Down: from light to dark.";
  if (plane === undefined) return "";
  const [first, second] = plane.shares;
  return `The two directions in which the items differ most: ${percent(Math.round(first * 1_000) / 1_000)} and ${percent(Math.round(second * 1_000) / 1_000)} of all differences.`;
}

interface LargeProps {
  readonly scene: MapScene;
  readonly onMap: (map: LargeMap | undefined) => void;
  readonly map: LargeMap | undefined;
}

function Large({ scene, map, onMap }: LargeProps) {
  const { services } = scene;
  const surface = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const stage = useStore(scene.store, (state) => state.stage);
  const zoom = useStore(scene.store, (state) => state.zoom);
  const large = useStore(scene.store, (state) => state.large);
  const isDown = useView(({ replicas }) => replicas.some((known) => known.replicaId === large && !known.alive));
  useEffect(() => {
    const made = new LargeMap({
      scene,
      surface: present(surface.current, "the map's surface"),
      canvas: present(canvas.current, "the map's canvas"),
      onPoint: (position) => {
        const pointedItem = position === undefined ? undefined : scene.model.ids[position];
        if (services.store.getState().pointedItem !== pointedItem) services.store.setState({ pointedItem });
      },
      onChoose: (chosen) => askFrom(services, scene.model, chosen),
    });
    onMap(made);
    return () => {
      made.destroy();
      onMap(undefined);
    };
  }, [scene, services, onMap]);
  const words =
    isDown && large !== "all"
      ? `${nameOf(large)} is down: its memory is gone.`
      : stageWords(stage, scene.model.size === 0);
  const onKey = (event: React.KeyboardEvent) => {
    if (map === undefined || event.ctrlKey || event.metaKey || event.altKey || !pressed(map, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="map-large">
      <div
        className="map-surface"
        ref={surface}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes every key itself
        tabIndex={0}
        aria-label="Large map"
        aria-description="Arrow keys move the map, plus and minus zoom, 0 shows all of it, Enter searches from the item in the middle. The items are in the list that follows."
        onKeyDown={onKey}
      >
        <canvas ref={canvas} />
        <span className="map-middle" aria-hidden="true" />
      </div>
      {words === undefined ? null : (
        <div className="map-words">
          <p role="status">{words}</p>
          {stage.kind === "laying" ? (
            <progress max={1} value={stage.share} aria-label="Share of the layout that is done" />
          ) : null}
        </div>
      )}
      <p className="only-read" role="status">
        {zoom === 1 ? "" : `Zoomed in ${Math.round(zoom * 10) / 10} times`}
      </p>
    </div>
  );
}

/** The signs in use, the held ones first. */
function Legend({ scene }: { readonly scene: MapScene }) {
  useStore(scene.store, (state) => state.version);
  const replicas = scene.model.holdings?.replicas ?? [];
  const used = SIGNED.filter(
    (holding) => holding === "held" || replicas.some(({ replicaId }) => scene.model.countOf(replicaId, holding) > 0),
  );
  return (
    <div className="map-foot">
      <ul className="map-legend" aria-label="Signs of the map">
        {used.map((holding) => (
          <li key={holding}>
            <Sign holding={holding} />
            {SIGN_NAMES[holding]}
          </li>
        ))}
      </ul>
      <p className="map-axes">{axesWords(scene.model)}</p>
    </div>
  );
}

function Toolbar({ scene, map }: { readonly scene: MapScene; readonly map: LargeMap | undefined }) {
  const large = useStore(scene.store, (state) => state.large);
  const replicas = useView((state) => state.replicas);
  const showPicture = useView((state) => state.showPicture);
  const whose: readonly Shown[] = ["all", ...replicas.map(({ replicaId }) => replicaId)];
  return (
    <div className="map-bar">
      <Segmented
        label="The large map shows"
        value={String(large)}
        choices={whose.map((shown) => ({
          value: String(shown),
          label: shown === "all" ? "All" : nameOf(shown),
          ...(shown === "all" ? { tail: " replicas, each item as whoever is worst off" } : {}),
        }))}
        onChoose={(value) => scene.store.setState({ large: whose.find((shown) => String(shown) === value) ?? "all" })}
      />
      <div className="map-tools">
        <button type="button" className="button" data-kind="icon" aria-label="Zoom in" onClick={() => map?.zoomBy(1.5)}>
          <Plus size={18} aria-hidden="true" />
        </button>
        <button
          type="button"
          className="button"
          data-kind="icon"
          aria-label="Zoom out"
          onClick={() => map?.zoomBy(1 / 1.5)}
        >
          <Minus size={18} aria-hidden="true" />
        </button>
        <button
          type="button"
          className="button"
          data-kind="icon"
          aria-label="Show all of it"
          onClick={() => map?.home()}
        >
          <Scan size={18} aria-hidden="true" />
        </button>
        <button
          type="button"
          className="button"
          data-kind="icon"
          aria-label="Back to the stage"
          onClick={() => {
            showPicture("stage");
            // This button is about to go: the keyboard goes back to where the map was opened.
            document.getElementById(MAP_BUTTON)?.focus();
          }}
        >
          <X size={18} aria-hidden="true" />
        </button>
      </div>
    </div>
  );
}

function Smalls({ scene }: { readonly scene: MapScene }) {
  const replicas = useView((state) => state.replicas);
  const groups = useView((state) => state.groups);
  const parts = partsOf(replicas, groups);
  return (
    <div className="map-smalls" data-count={replicas.length}>
      {parts.map((part, at) => (
        <div className="map-part" key={part.map(({ replicaId }) => replicaId).join(" ")}>
          {at === 0 ? null : (
            <p className="map-wall">
              <span>cut off from each other</span>
            </p>
          )}
          <ul aria-label={parts.length > 1 ? `Part ${at + 1} of the cut network` : "A map per replica"}>
            {part.map((replica) => (
              <SmallMap key={replica.replicaId} scene={scene} replica={replica} />
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function MapScreen({ scene, isNarrow }: { readonly scene: MapScene; readonly isNarrow: boolean }) {
  const { services } = scene;
  const [map, setMap] = useState<LargeMap>();
  const onMap = useCallback((made: LargeMap | undefined) => setMap(made), []);
  return (
    <section className="map" aria-label="Map of what the replicas hold" data-narrow={isNarrow ? "" : undefined}>
      <Toolbar scene={scene} map={map} />
      <Large scene={scene} map={map} onMap={onMap} />
      <Legend scene={scene} />
      <div className="map-side">
        <Smalls scene={scene} />
        <MapList scene={scene} onAsk={(position) => askFrom(services, scene.model, { kind: "item", position })} />
      </div>
    </section>
  );
}

/** The whole picture. */
export default function MapPicture({ isNarrow }: { readonly isNarrow: boolean }) {
  const scene = useScene(useServices());
  return scene === undefined ? null : <MapScreen scene={scene} isNarrow={isNarrow} />;
}
