/** One replica's map, small: what it holds, what it answers, and how far behind it is, to be seen from the back row. */
import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import { present } from "../../../base/assert.ts";
import { nameOf } from "../../../base/ids.ts";
import { HOLDINGS, type Holding } from "../../../model/protocol/holdings.ts";
import { fitInto } from "../../layout/mapLayout.ts";
import { count } from "../../store/format.ts";
import type { ReplicaSummary } from "../../store/runFacts.ts";
import { onThemeChange } from "../draw/palette.ts";
import { MapCanvas } from "./mapCanvas.ts";
import type { MapModel } from "./mapModel.ts";
import type { MapScene } from "./mapScene.ts";
import { paintQuestion } from "./paintQuestion.ts";
import { signColours } from "./signs.ts";

const SIGN = 5;
const MARGIN = 10;

/** Paints one replica's map until the returned function is called. */
function keepPainted(scene: MapScene, replica: ReplicaSummary["replicaId"], canvas: HTMLCanvasElement): () => void {
  const map = new MapCanvas(canvas, SIGN);
  const resize = () => {
    const { width, height } = canvas.getBoundingClientRect();
    map.resize(width, height, signColours(canvas));
    scene.repaint();
  };
  const paint = (model: MapModel) => {
    const { context, colours } = map;
    if (!model.isLaidOut || context === null || colours === undefined) return false;
    const { question, comparison } = scene.services.store.getState();
    const fit = fitInto(model.extent, map.width, map.height, MARGIN, model.isOfColours);
    const { places, size, version } = model;
    map.paint({ places, standings: model.standingsOf(replica), size, key: String(version) }, fit, false);
    paintQuestion(context, model, fit, colours, { vector: question.vector, comparison }, replica, false);
    return false;
  };
  const observer = new ResizeObserver(resize);
  observer.observe(canvas);
  const stops = [() => observer.disconnect(), onThemeChange(resize), scene.listen(paint)];
  resize();
  return () => {
    for (const stop of stops) stop();
  };
}

const none: Readonly<Record<Holding, number>> = {
  absent: 0,
  held: 0,
  outdated: 0,
  missing: 0,
  ghost: 0,
  unconfirmed: 0,
  unconfirmedDelete: 0,
  onItsWay: 0,
  lost: 0,
};

/** What is wrong, the most telling first. */
function Badges({ counts, alive }: { readonly counts: Readonly<Record<Holding, number>>; readonly alive: boolean }) {
  if (!alive) return <span className="map-badge">down</span>;
  const behind = counts.missing + counts.outdated + counts.ghost;
  return (
    <>
      {behind > 0 ? (
        <span className="map-badge" data-kind="behind">
          {count(behind)} behind
        </span>
      ) : null}
      {counts.lost > 0 ? (
        <span className="map-badge" data-kind="lost">
          × {count(counts.lost)} lost
        </span>
      ) : null}
      {behind + counts.lost === 0 ? <span className="map-badge">in step</span> : null}
    </>
  );
}

interface SmallMapProps {
  readonly scene: MapScene;
  readonly replica: ReplicaSummary;
}

/** Name, badges, picture. Pressing the name makes it the large one. */
export function SmallMap({ scene, replica }: SmallMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { replicaId, alive, role, term } = replica;
  const large = useStore(scene.store, (state) => state.large);
  // Rendered anew with each version of the model, whose counts are read here.
  useStore(scene.store, (state) => state.version);
  useEffect(() => keepPainted(scene, replicaId, present(canvas.current, "a small map's canvas")), [scene, replicaId]);
  const held = scene.model.holdings?.replicas.find((known) => known.replicaId === replicaId);
  const counts = held?.counts ?? none;
  const isLarge = large === replicaId;
  const told = HOLDINGS.filter((holding) => holding !== "absent" && counts[holding] > 0);
  return (
    <li className="map-small" data-alive={alive} data-large={isLarge ? "" : undefined}>
      <button
        type="button"
        className="map-small-head"
        aria-pressed={isLarge}
        aria-description="Shows this replica in the large map"
        onClick={() => scene.store.setState({ large: isLarge ? "all" : replicaId })}
      >
        <b>{nameOf(replicaId)}</b>
        <span className="map-small-role">{alive && role === "leader" ? `leads term ${term}` : ""}</span>
        <Badges counts={counts} alive={alive} />
      </button>
      <canvas
        ref={canvas}
        role="img"
        aria-label={`Map of ${nameOf(replicaId)}: ${alive ? told.map((holding) => `${counts[holding]} ${holding === "onItsWay" ? "on their way" : holding}`).join(", ") : "down"}`}
      />
    </li>
  );
}
