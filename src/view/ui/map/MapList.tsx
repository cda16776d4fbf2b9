/** The map for those who read it: items that are not as they should be, or those in sight, each of which can be asked from. */
import { useStore } from "zustand";
import { nameOf } from "../../../base/ids.ts";
import { HOLDINGS } from "../../../model/protocol/holdings.ts";
import { BY_TROUBLE } from "../../layout/mapLayout.ts";
import { count } from "../../store/format.ts";
import { useServices, useView } from "../appContext.ts";
import { Segmented } from "../controls/Segmented.tsx";
import { Swatch } from "../panels/Swatch.tsx";
import type { MapModel, Shown } from "./mapModel.ts";
import type { MapScene } from "./mapScene.ts";
import { Sign } from "./Sign.tsx";
import { SIGN_NAMES } from "./signs.ts";

const MOST_LISTED = 100;

/** Positions of what is not as it should be, the worst first. */
function differencesOf(model: MapModel, shown: Shown): readonly number[] {
  const standings = model.standingsOf(shown);
  const rank = HOLDINGS.map((holding) => BY_TROUBLE.indexOf(holding));
  const held = BY_TROUBLE.indexOf("held");
  const found: number[] = [];
  for (let position = 0; position < model.size; position += 1) {
    if ((rank[standings[position] ?? 0] ?? 0) > held) found.push(position);
  }
  return found.sort((a, b) => (rank[standings[b] ?? 0] ?? 0) - (rank[standings[a] ?? 0] ?? 0) || a - b);
}

/** Who is worst off with an item: the replicas that stand to it as it is shown. */
function whereOf(model: MapModel, shown: Shown, position: number): string {
  if (shown !== "all") return "";
  const wanted = model.standingsOf(shown)[position];
  const at = (model.holdings?.replicas ?? []).filter(({ alive, standings }) => alive && standings[position] === wanted);
  return ` at ${at.map(({ replicaId }) => nameOf(replicaId)).join(", ")}`;
}

interface RowProps {
  readonly model: MapModel;
  readonly shown: Shown;
  readonly position: number;
  readonly onAsk: (position: number) => void;
}

function ItemRow({ model, shown, position, onAsk }: RowProps) {
  const { store } = useServices();
  const id = model.ids[position] ?? "";
  const payload = model.payloads[position];
  const isPointed = useView((state) => state.pointedItem === id);
  const holding = model.standingAt(shown, position);
  if (payload === undefined) return null;
  const point = () => store.setState({ pointedItem: id });
  const leave = () => store.setState(({ pointedItem }) => (pointedItem === id ? { pointedItem: undefined } : {}));
  return (
    <li>
      <button
        type="button"
        className="map-item"
        data-pointed={isPointed ? "" : undefined}
        onClick={() => onAsk(position)}
        onPointerEnter={point}
        onPointerLeave={leave}
        onFocus={point}
        onBlur={leave}
      >
        <Sign holding={holding} />
        <Swatch payload={payload} />
        <span className="map-item-name">{payload.name}</span>
        <span className="map-item-where">
          {SIGN_NAMES[holding]}
          {holding === "held" ? "" : whereOf(model, shown, position)}
        </span>
      </button>
    </li>
  );
}

/** Why no difference is listed. */
function differenceWords(large: Shown, isDown: boolean): string {
  if (isDown) return large === "all" ? "No replica runs." : `${nameOf(large)} does not run.`;
  return `As it should be at ${large === "all" ? "every replica that runs" : nameOf(large)}.`;
}

const choices = [
  { value: "differences", label: "Differences" },
  { value: "inSight", label: "In sight" },
] as const;

interface MapListProps {
  readonly scene: MapScene;
  readonly onAsk: (position: number) => void;
}

/** The list. */
export function MapList({ scene, onAsk }: MapListProps) {
  const large = useStore(scene.store, (state) => state.large);
  const listed = useStore(scene.store, (state) => state.listed);
  const inSight = useStore(scene.store, (state) => state.inSight);
  useStore(scene.store, (state) => state.version);
  const { model } = scene;
  const positions = listed === "inSight" ? inSight : differencesOf(model, large);
  const more = positions.length - MOST_LISTED;
  const replicas = useView((state) => state.replicas);
  const running = replicas.filter(({ alive }) => alive);
  const isDown = large === "all" ? running.length === 0 : running.every(({ replicaId }) => replicaId !== large);
  return (
    <section className="map-list" aria-label="Items of the map">
      <Segmented
        label="Items listed"
        value={listed}
        choices={choices}
        onChoose={(value) => scene.store.setState({ listed: value })}
      />
      {positions.length === 0 ? (
        <p className="note">{listed === "inSight" ? "No item is in sight." : differenceWords(large, isDown)}</p>
      ) : (
        <ul>
          {positions.slice(0, MOST_LISTED).map((position) => (
            <ItemRow key={position} model={model} shown={large} position={position} onAsk={onAsk} />
          ))}
        </ul>
      )}
      {more > 0 ? <p className="note">and {count(more)} more</p> : null}
    </section>
  );
}
