/**
 * Asks the session who holds what: about four times a second while the run goes on, and after each step, seek or command
 * while it stands. The first answer decides where the axes of the map lie.
 */
import type { AppServices } from "../appContext.ts";
import { wordsOf } from "../attempt.ts";
import { findPlane } from "./findPlane.ts";
import { MapModel } from "./mapModel.ts";
import type { MapStore } from "./mapStore.ts";

/** Wall milliseconds between two looks whether the answer may have changed. */
const INTERVAL = 250;

export class MapFeed {
  readonly #services: AppServices;
  readonly #store: MapStore;
  readonly #onChange: (model: MapModel) => void;
  readonly #timer: ReturnType<typeof setInterval>;
  #model: MapModel;
  #askedAt = "";
  #isAsking = false;
  readonly #end = new AbortController();

  constructor(services: AppServices, store: MapStore, onChange: (model: MapModel) => void) {
    this.#services = services;
    this.#store = store;
    this.#onChange = onChange;
    this.#model = this.#newModel();
    this.#timer = setInterval(() => void this.#ask(), INTERVAL);
    void this.#ask();
  }

  get model(): MapModel {
    return this.#model;
  }

  close(): void {
    this.#end.abort();
    clearInterval(this.#timer);
  }

  get #isClosed(): boolean {
    return this.#end.signal.aborted;
  }

  #newModel(): MapModel {
    return new MapModel(this.#services.store.getState().config?.workload.dataset === "colours");
  }

  async #ask(): Promise<void> {
    const { runId, virtualNow, runHash, config, failure } = this.#services.store.getState();
    const place = `${runId} ${virtualNow} ${runHash}`;
    if (this.#isAsking || this.#isClosed || place === this.#askedAt || config === undefined || failure !== undefined)
      return;
    this.#isAsking = true;
    try {
      if (this.#model.isOfColours !== (config.workload.dataset === "colours")) this.#model = this.#newModel();
      const holdings = await this.#services.session.holdings(this.#model.known);
      this.#askedAt = place;
      if (this.#isClosed) return;
      this.#model.take(holdings);
      await this.#layOut();
      this.#show();
    } catch (error) {
      // Also what became of a plane that nobody waits for any more.
      if (this.#isClosed) return;
      this.#store.setState({ stage: { kind: "failed", problem: wordsOf(error) } });
    } finally {
      this.#isAsking = false;
    }
  }

  /** Finds the plane of a run that was not seen before, or whose plane could not be found: then again with the next answer. */
  async #layOut(): Promise<void> {
    const model = this.#model;
    if (model.isLaidOut || model.size === 0) return;
    const tell = (share: number) => {
      if (!this.#isClosed) this.#store.setState({ stage: { kind: "laying", share, items: model.size } });
    };
    tell(0);
    const plane = await findPlane(model.rows, model.dimension, tell, this.#end.signal);
    model.layOut(plane);
  }

  #show(): void {
    if (this.#isClosed) return;
    this.#store.setState({ stage: { kind: "shown" }, version: this.#model.version });
    this.#onChange(this.#model);
  }
}
