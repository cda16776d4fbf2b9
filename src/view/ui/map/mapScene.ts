/**
 * What all maps of the page share: the model, and one picture per change, however many things change at once. React makes
 * the containers; maps are painted by whoever listens here.
 */
import type { AppServices } from "../appContext.ts";
import { MapFeed } from "./mapFeed.ts";
import type { MapModel } from "./mapModel.ts";
import type { MapStore } from "./mapStore.ts";

/** Paints what it shows of `model`; returns whether it wants to paint again soon. */
export type MapPainter = (model: MapModel) => boolean;

export class MapScene {
  readonly services: AppServices;
  readonly store: MapStore;
  readonly #feed: MapFeed;
  readonly #painters = new Set<MapPainter>();
  readonly #stops: (() => void)[] = [];
  #request = 0;

  constructor(services: AppServices, store: MapStore) {
    this.services = services;
    this.store = store;
    this.#feed = new MapFeed(services, store, () => this.repaint());
    this.#stops.push(
      services.store.subscribe((now, before) => {
        const isSame =
          now.pointedItem === before.pointedItem &&
          now.question === before.question &&
          now.comparison === before.comparison &&
          now.way === before.way;
        if (!isSame) this.repaint();
        if (now.replicas !== before.replicas) this.#dropWhoIsGone();
      }),
      store.subscribe((now, before) => {
        if (now.large !== before.large || now.listed !== before.listed) this.repaint();
      }),
    );
  }

  get model(): MapModel {
    return this.#feed.model;
  }

  /** Calls `painter` before the next paint of the page after each change. Returns the way out. */
  listen(painter: MapPainter): () => void {
    this.#painters.add(painter);
    this.repaint();
    return () => this.#painters.delete(painter);
  }

  /** Something changed. */
  repaint(): void {
    if (this.#request !== 0) return;
    this.#request = requestAnimationFrame(() => {
      this.#request = 0;
      const { model } = this;
      let isUnfinished = false;
      for (const painter of this.#painters) if (painter(model)) isUnfinished = true;
      if (isUnfinished) this.repaint();
    });
  }

  /** A run with fewer replicas has no map of those that are gone. */
  #dropWhoIsGone(): void {
    const { large } = this.store.getState();
    const isThere = this.services.store.getState().replicas.some(({ replicaId }) => replicaId === large);
    if (large !== "all" && !isThere) this.store.setState({ large: "all" });
  }

  close(): void {
    this.#feed.close();
    for (const stop of this.#stops) stop();
    cancelAnimationFrame(this.#request);
    this.services.store.setState({ pointedItem: undefined });
  }
}
