/**
 * The whole stage: links, wall, clients and replicas as SVG, messages on a canvas above. `draw` is called for every frame
 * and writes only what changed; the layout is made anew only when the size, the members or the groups change.
 */

import { present } from "../../../base/assert.ts";
import { type Address, isClient, type ReplicaId, replicaIds } from "../../../base/ids.ts";
import type { FlightFrame, Frame } from "../../../model/protocol/frame.ts";
import { flightPlace, isUnderWay } from "../../layout/flights.ts";
import type { Point } from "../../layout/geometry.ts";
import { linkState } from "../../layout/linkQuality.ts";
import { castOf, layoutKey, linkKey, type StageLayout, stageLayout } from "../../layout/stageLayout.ts";
import type { StageSize } from "../../layout/stageSizes.ts";
import { Traffic } from "../../layout/traffic.ts";
import type { Selection } from "../../store/viewStore.ts";
import { type ClientFigure, clientFigure, clientStory } from "./clientFigure.ts";
import { FlightCanvas } from "./flightCanvas.ts";
import { type LinkFigure, linkFigure } from "./linkFigure.ts";
import type { Palette } from "./palette.ts";
import { type RegionFigure, regionFigure } from "./regionFigure.ts";
import { type ReplicaFigure, replicaFigure } from "./replicaFigure.ts";
import { clusterOf, replicaStory } from "./replicaStory.ts";
import { append, write } from "./svg.ts";
import { wallFigure } from "./wallFigure.ts";

/** What a person has done to the picture; part of the page, not of the run. */
export interface StageInterest {
  readonly selection: Selection | undefined;
  readonly hovered: ReplicaId | undefined;
  /** The message that is pointed at, here or elsewhere. */
  readonly message: number | undefined;
  /** Which figure of each kind the Tab key reaches; arrow keys move it. */
  readonly focusStops: FocusStops;
  /** Keys of links that the line being drawn would cut. */
  readonly threatened: ReadonlySet<string>;
}

export interface FocusStops {
  readonly replica: number;
  readonly link: string;
  readonly client: number;
}

/** Where and how the stage is drawn now. */
export interface StageView {
  readonly size: StageSize;
  readonly palette: Palette;
  readonly resolution: number;
  readonly isStill: boolean;
  readonly isTouch: boolean;
  readonly wallNow: number;
}

/** From this rate on things that last a moment of wall time are left out until they have settled. */
const UNHURRIED_RATE = 0.12;

export class ClusterFigure {
  readonly #regions: RegionFigure;
  readonly #links: SVGGElement;
  readonly #clients: SVGGElement;
  readonly #replicas: SVGGElement;
  readonly #svg: SVGSVGElement;
  readonly #wall: ReturnType<typeof wallFigure>;
  readonly #flights: FlightCanvas;
  readonly #traffic = new Traffic();
  readonly #linkFigures = new Map<string, LinkFigure>();
  readonly #clientFigures = new Map<number, ClientFigure>();
  readonly #replicaFigures = new Map<number, ReplicaFigure>();
  #layoutKey = "";
  #layout: StageLayout | undefined;
  #last: { runId: number; virtualNow: number; wallNow: number } | undefined;

  constructor(svg: SVGSVGElement, canvas: HTMLCanvasElement, hatchId: string) {
    this.#svg = svg;
    this.#regions = regionFigure(svg);
    this.#links = group(svg, "stage-links", "Links");
    this.#wall = wallFigure(svg, hatchId);
    this.#clients = group(svg, "stage-clients", "Clients");
    this.#replicas = group(svg, "stage-replicas", "Replicas");
    this.#flights = new FlightCanvas(canvas);
  }

  /** The layout of the last picture. */
  get layout(): StageLayout | undefined {
    return this.#layout;
  }

  /** Whether links show counts now. */
  get tooQuick(): boolean {
    return this.#last !== undefined && this.#traffic.tooQuick;
  }

  /** The message that is drawn nearest to `at`, within `reach`; undefined while links show counts instead. */
  flightAt(frame: Frame, at: Point, reach: number): FlightFrame | undefined {
    const layout = this.#layout;
    if (layout === undefined || (frame.playing && this.#traffic.tooQuick)) return undefined;
    let nearest: { flight: FlightFrame; distance: number } | undefined;
    for (const flight of frame.flights) {
      if (!isUnderWay(flight, frame.virtualNow)) continue;
      const path = layout.pathBetween(flight.from, flight.to);
      if (path === undefined) continue;
      const place = flightPlace(path, flight, frame.virtualNow);
      const distance = Math.hypot(place.x - at.x, place.y - at.y);
      if (distance <= Math.min(reach, nearest?.distance ?? reach)) nearest = { flight, distance };
    }
    return nearest?.flight;
  }

  /** Draws the canvas anew with the next frame, even if nothing has moved. */
  forget(): void {
    this.#flights.forget();
  }

  /** Draws one frame. */
  draw(frame: Frame, view: StageView, interest: StageInterest): void {
    const layout = this.#layoutFor(frame, view);
    this.#observe(frame, view.wallNow);
    const isUnhurried = !frame.playing || frame.playbackRate <= UNHURRIED_RATE;
    const tooQuick = frame.playing && this.#traffic.tooQuick;
    this.#drawLinks(frame, layout, interest, tooQuick);
    this.#drawClients(frame, interest, view.wallNow, isUnhurried);
    this.#drawReplicas(frame, interest, view, isUnhurried);
    const selected = interest.selection?.kind === "message" ? interest.selection.flight : undefined;
    const chosen = interest.message ?? selected;
    this.#flights.draw(frame, layout, { ...view, tooQuick, chosen });
  }

  #layoutFor(frame: Frame, view: StageView): StageLayout {
    const cast = castOf(frame);
    const key = `${layoutKey(view.size, cast)} ${view.isTouch}`;
    if (this.#layout !== undefined && key === this.#layoutKey) return this.#layout;
    const layout = stageLayout(view.size, cast);
    this.#layoutKey = key;
    this.#layout = layout;
    write(this.#svg, "viewBox", `0 0 ${view.size.width} ${view.size.height}`);
    write(this.#svg, "data-phone", layout.sizes.isPhone ? "" : undefined);
    write(this.#svg, "data-detail", layout.sizes.detail);
    this.#placeAll(layout, view.isTouch);
    return layout;
  }

  #placeAll(layout: StageLayout, isTouch: boolean): void {
    retain(this.#linkFigures, new Set(layout.links.map(({ from, to }) => linkKey(from, to))));
    for (const link of layout.links) {
      const key = linkKey(link.from, link.to);
      made(this.#linkFigures, key, () => linkFigure(this.#links, link.from, link.to)).place(link, isTouch);
    }
    retain(this.#clientFigures, new Set(layout.clients.map((client) => Number(client.clientId))));
    for (const client of layout.clients) {
      made(this.#clientFigures, client.clientId, () => clientFigure(this.#clients, client.clientId)).place(
        client,
        layout.sizes,
      );
    }
    retain(this.#replicaFigures, new Set(layout.replicas.map((replica) => Number(replica.replicaId))));
    for (const replica of layout.replicas) {
      made(this.#replicaFigures, replica.replicaId, () => replicaFigure(this.#replicas, replica.replicaId)).place(
        replica,
        layout.sizes,
        layout.size,
      );
    }
    this.#regions.draw(layout.regions);
    this.#wall.draw(layout.wall, layout.sizes.isPhone || layout.sizes.detail === "short");
  }

  #observe(frame: Frame, wallNow: number): void {
    const last = this.#last;
    if (last === undefined || last.runId !== frame.runId || frame.virtualNow < last.virtualNow) this.#traffic.forget();
    const elapsed = last === undefined ? 0 : (wallNow - last.wallNow) / 1000;
    const underWay = frame.flights.filter((flight) => isUnderWay(flight, frame.virtualNow));
    this.#traffic.observe(underWay, elapsed, frame.playbackRate, frame.playing);
    this.#last = { runId: frame.runId, virtualNow: frame.virtualNow, wallNow };
  }

  #drawLinks(frame: Frame, layout: StageLayout, interest: StageInterest, tooQuick: boolean): void {
    const busy = new Set<string>();
    for (const flight of frame.flights)
      if (isUnderWay(flight, frame.virtualNow)) busy.add(linkKey(flight.from, flight.to));
    const cuts = new Set(frame.cuts.map(({ from, to }) => `${from}-${to}`));
    const isCut = (from: Address, to: Address) => cuts.has(`${from}-${to}`);
    const selected = interest.selection?.kind === "link" ? linkKey(interest.selection.from, interest.selection.to) : "";
    for (const { from, to } of layout.links) {
      const key = linkKey(from, to);
      const perSecond = tooQuick ? this.#traffic.rateOf(key) : 0;
      this.#linkFigures.get(key)?.draw({
        state: linkState(frame, isCut, from, to),
        carries: tooQuick ? perSecond > 0 : busy.has(key),
        perSecond,
        isSelected: key === selected,
        isFocusStop: key === interest.focusStops.link,
        isThreatened: interest.threatened.has(key),
      });
    }
  }

  #drawClients(frame: Frame, interest: StageInterest, wallNow: number, isUnhurried: boolean): void {
    const selected = interest.selection?.kind === "client" ? interest.selection.clientId : 0;
    for (const client of frame.clients) {
      this.#clientFigures.get(client.clientId)?.draw({
        client,
        story: clientStory(client, redirectorOf(frame.flights, client.clientId), frame.config.workload.clientTimeout),
        isSelected: client.clientId === selected,
        isFocusStop: client.clientId === interest.focusStops.client,
        wallNow,
        isUnhurried,
      });
    }
  }

  #drawReplicas(frame: Frame, interest: StageInterest, view: StageView, isUnhurried: boolean): void {
    const cluster = clusterOf(frame);
    const length = frame.replicas[0]?.strip.length ?? 0;
    const held = Array.from({ length }, (_, at) =>
      frame.replicas.some((replica) => (replica.strip[at]?.term ?? 0) > 0),
    );
    const selected = interest.selection?.kind === "replica" ? interest.selection.replicaId : 0;
    for (const replica of frame.replicas) {
      const { status, replicaId } = replica;
      const isSelected = replicaId === selected;
      this.#replicaFigures.get(replicaId)?.draw({
        replica,
        story: replicaStory(replica, cluster, frame.virtualNow),
        strip: {
          cells: replica.strip,
          indices: frame.stripIndices,
          commitIndex: status.commitIndex,
          lastApplied: status.lastApplied,
          held,
        },
        isSelected,
        isOpen: isSelected || interest.hovered === replicaId,
        isFocusStop: replicaId === interest.focusStops.replica,
        glides: isUnhurried && !view.isStill,
        wallNow: view.wallNow,
        isUnhurried,
        isStill: !frame.playing,
      });
    }
  }
}

function redirectorOf(flights: readonly FlightFrame[], client: Address): string | undefined {
  const redirect = flights.find((flight) => flight.shape === "redirect" && flight.to === client);
  return redirect === undefined || isClient(redirect.from) ? undefined : `r${redirect.from}`;
}

function group(svg: SVGSVGElement, className: string, label: string): SVGGElement {
  const element = append(svg, "g", className);
  write(element, "role", "group");
  write(element, "aria-label", label);
  return element;
}

function made<Key, Figure>(figures: Map<Key, Figure>, key: Key, make: () => Figure): Figure {
  if (!figures.has(key)) figures.set(key, make());
  return present(figures.get(key), "the figure just made");
}

function retain<Key, Figure extends { remove: () => void }>(figures: Map<Key, Figure>, keys: ReadonlySet<Key>): void {
  for (const [key, figure] of figures) {
    if (keys.has(key)) continue;
    figure.remove();
    figures.delete(key);
  }
}

/** The stops of Tab before anybody has moved them: the first of each kind. */
export function firstStops(frame: Frame): FocusStops {
  const [first, second] = replicaIds(frame.replicas.length);
  return {
    replica: first ?? 0,
    link: first !== undefined && second !== undefined ? linkKey(first, second) : "",
    client: frame.clients[0]?.clientId ?? 0,
  };
}
