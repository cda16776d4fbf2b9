/** One replica's map, small: what it holds, what it answers, and how far behind it is, to be seen from the back row. */
import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import { present } from "../../../base/assert.ts";
import { nameOf } from "../../../base/ids.ts";
import type { Holding } from "../../../model/protocol/holdings.ts";
import { fitInto } from "../../layout/mapLayout.ts";
import { count } from "../../store/format.ts";
import type { ReplicaSummary } from "../../store/runFacts.ts";
import { onThemeChange } from "../draw/palette.ts";
import { MapCanvas } from "./mapCanvas.ts";
import type { MapModel } from "./mapModel.ts";
import type { MapScene } from "./mapScene.ts";
import { paintQuestion } from "./paintQuestion.ts";
import { SIGN_NAMES, SIGNED, signColours } from "./signs.ts";

const SIGN = 5;
const MARGIN = 10;

/** Paints one replica's map until the returned function is called. */
function keepPainted(scene: MapScene, replica: ReplicaSummary["replicaId"], canvas: HTMLCanvasElement): () => void {
  const map = new MapCanvas(canvas, SIGN);
  let painted = "";
  let asked: readonly unknown[] = [];
  const resize = () => {
    const { width, height } = canvas.getBoundingClientRect();
    map.resize(width, height, signColours(canvas));
    painted = "";
    scene.repaint();
  };
  const paint = (model: MapModel) => {
    const { context, colours, width, height } = map;
    if (!model.isLaidOut || context === null || colours === undefined) return false;
    const { question, comparison } = scene.services.store.getState();
    const key = model.keyOf(replica);
    // The large map is moved sixty times a second; this one stays as it is.
    const look = `${key} ${width} ${height} ${colours.ink}`;
    if (look === painted && asked[0] === question && asked[1] === comparison) return false;
    painted = look;
    asked = [question, comparison];
    const fit = fitInto(model.extent, width, height, MARGIN, model.isOfColours);
    map.paint(model.pointsOf(replica), fit, false);
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

/** What is wrong, the most telling first. */
function Badges({ model, replica }: { readonly model: MapModel; readonly replica: ReplicaSummary }) {
  if (!replica.alive) return <span className="map-badge">down</span>;
  const counted = (holding: Holding) => model.countOf(replica.replicaId, holding);
  const behind = counted("missing") + counted("outdated") + counted("ghost");
  const lost = counted("lost");
  return (
    <>
      {behind > 0 ? (
        <span className="map-badge" data-kind="behind">
          {count(behind)}
          <span className="map-badge-word"> behind</span>
        </span>
      ) : null}
      {lost > 0 ? (
        <span className="map-badge" data-kind="lost">
          × {count(lost)}
          <span className="map-badge-word"> lost</span>
        </span>
      ) : null}
      {behind + lost === 0 ? <span className="map-badge map-badge-word">in step</span> : null}
    </>
  );
}

/** The small map in words. */
function mapWords(model: MapModel, { replicaId, alive }: ReplicaSummary): string {
  if (!alive) return `Map of ${nameOf(replicaId)}: down`;
  const told = SIGNED.flatMap((holding) => {
    const found = model.countOf(replicaId, holding);
    return found === 0 ? [] : [`${count(found)} ${SIGN_NAMES[holding]}`];
  });
  return `Map of ${nameOf(replicaId)}: ${told.length === 0 ? "nothing" : told.join(", ")}`;
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
  const isLarge = large === replicaId;
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
        <span className="map-small-role">
          {alive && role === "leader" ? (
            <>
              <span className="map-badge-word">leads term</span>
              <span className="map-badge-short" aria-hidden="true">
                L
              </span>{" "}
              {term}
            </>
          ) : null}
        </span>
        <Badges model={scene.model} replica={replica} />
      </button>
      <canvas ref={canvas} role="img" aria-label={mapWords(scene.model, replica)} />
    </li>
  );
}
