/** One compared run as a small stage: drawn as the large one is, for looking only. */
import { nameOf } from "../../../base/ids.ts";
import type { Frame } from "../../../model/protocol/frame.ts";
import type { StageSize } from "../../layout/stageSizes.ts";
import { list } from "../../store/format.ts";
import { ClusterFigure, type StageInterest } from "../draw/clusterFigure.ts";
import { onThemeChange, readPalette } from "../draw/palette.ts";
import { watchSize } from "../draw/watchSize.ts";

/** Nothing in it is chosen, and no Tab stops in it: what it shows is its name. */
const NOBODY: StageInterest = {
  selection: undefined,
  hovered: undefined,
  message: undefined,
  focusStops: { replica: 0, link: "", client: 0 },
  threatened: new Set(),
};

/** A stage that has no size yet, as in a test without layout. */
const USUAL_SIZE: StageSize = { width: 420, height: 300 };

/** More device pixels than this per CSS pixel cost time and show nothing. */
const MOST_RESOLUTION = 2;

/** Wall milliseconds between two changes of the name that is read aloud. */
const NAME_INTERVAL = 500;

/** A picture in words: "r1 leads term 2; r2 follows; r3 is down". */
export function pictureWords(frame: Frame): string {
  const words = frame.replicas.map(({ replicaId, alive, status }) => {
    const who = nameOf(replicaId);
    if (!alive) return `${who} is down`;
    if (status.role === "leader") return `${who} leads term ${status.currentTerm}`;
    return status.role === "follower" ? `${who} follows` : `${who} stands for election`;
  });
  return list(words);
}

/** The elements of one small stage. */
export interface SmallStageElements {
  readonly field: HTMLElement;
  readonly svg: SVGSVGElement;
  readonly canvas: HTMLCanvasElement;
  /** Lies over the others and bears the name of what is seen. */
  readonly cover: HTMLElement;
}

/** Draws into `elements` until it is destroyed. */
export class SmallStage {
  readonly #elements: SmallStageElements;
  readonly #title: string;
  readonly #figure: ClusterFigure;
  readonly #ends: (() => void)[] = [];
  readonly #reduced: MediaQueryList | undefined;
  #palette: ReturnType<typeof readPalette>;
  #size = USUAL_SIZE;
  #frame: Frame | undefined;
  #namedAt = Number.NEGATIVE_INFINITY;

  constructor(elements: SmallStageElements, hatchId: string, title: string) {
    this.#elements = elements;
    this.#title = title;
    elements.svg.replaceChildren();
    this.#figure = new ClusterFigure(elements.svg, elements.canvas, hatchId);
    this.#palette = readPalette(elements.field);
    this.#reduced = typeof matchMedia === "function" ? matchMedia("(prefers-reduced-motion: reduce)") : undefined;
    this.#ends.push(
      onThemeChange(() => {
        this.#palette = readPalette(elements.field);
        this.#figure.forget();
        this.#draw();
      }),
    );
    this.#ends.push(
      watchSize(elements.field, USUAL_SIZE, (size) => {
        this.#size = size;
        this.#draw();
      }),
    );
  }

  /** Shows `frame`. */
  show(frame: Frame): void {
    this.#frame = frame;
    this.#draw();
    const now = performance.now();
    if (frame.playing && now - this.#namedAt < NAME_INTERVAL) return;
    this.#namedAt = now;
    this.#elements.cover.setAttribute("aria-label", `${this.#title}: ${pictureWords(frame)}`);
  }

  destroy(): void {
    for (const end of this.#ends) end();
    this.#elements.svg.replaceChildren();
  }

  #draw(): void {
    if (this.#frame === undefined) return;
    this.#figure.draw(
      this.#frame,
      {
        size: this.#size,
        palette: this.#palette,
        resolution: Math.min(MOST_RESOLUTION, globalThis.devicePixelRatio || 1),
        isStill: this.#reduced?.matches ?? false,
        isTouch: false,
        wallNow: performance.now(),
      },
      NOBODY,
    );
  }
}
