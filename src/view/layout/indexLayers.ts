/**
 * The way of a search through the layers of a graph, as a picture: a band for each layer, the highest on top, and in it
 * the nodes that the search went on from, further to the right the nearer they are to what was asked for.
 */
import { extent, scaleLinear } from "d3";
import type { SearchPath } from "../../model/protocol/searchIndex.ts";

/** One node on the way. */
export interface LayerMark {
  readonly layer: number;
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly score: number;
  /** `entry`: where the search began; `answer`: it is among what was answered. */
  readonly kind: "entry" | "answer" | "visited" | "dead";
}

export interface LayerBand {
  readonly layer: number;
  /** Nodes in the layer, on the way or not. */
  readonly nodes: number;
  readonly top: number;
  readonly height: number;
}

export interface LayersPicture {
  readonly width: number;
  readonly height: number;
  /** The highest layer first. */
  readonly bands: readonly LayerBand[];
  /** In the order of the way. */
  readonly marks: readonly LayerMark[];
  /** The way from the entry down to where the lowest layer begins: an SVG path. */
  readonly descent: string;
}

/** Room for one layer, for the lowest, and beside the marks. */
const HEIGHT = 40;
const LOWEST_HEIGHT = 72;
const MARGIN = 10;
/** In the lowest layer marks stand in so many rows, in turns, so that they do not cover each other. */
const ROWS = 4;

function kindOf(step: SearchPath["steps"][number], at: number, found: ReadonlySet<string>): LayerMark["kind"] {
  if (at === 0) return "entry";
  if (step.isDead) return "dead";
  return step.layer === 0 && found.has(step.id) ? "answer" : "visited";
}

/** The picture, `width` wide. */
export function layersPicture({ layers, steps, found }: SearchPath, width: number): LayersPicture {
  const [low = 0, high = 1] = extent(steps, ({ score }) => score);
  const x = scaleLinear()
    .domain(low === high ? [low - 1, high] : [low, high])
    .range([MARGIN, width - MARGIN]);
  const answers = new Set(found);
  const topOf = (layer: number) => (layers.length - 1 - layer) * HEIGHT;
  const marks = steps.map((step, at) => {
    const top = topOf(step.layer);
    const row = (at % ROWS) + 1;
    const y = step.layer === 0 ? top + 16 + (row * (LOWEST_HEIGHT - 16)) / (ROWS + 1) : top + HEIGHT - 12;
    return { layer: step.layer, id: step.id, score: step.score, x: x(step.score), y, kind: kindOf(step, at, answers) };
  });
  const first = marks.findIndex(({ layer }) => layer === 0);
  const descent = marks.slice(0, first + 1).map((mark, at) => `${at === 0 ? "M" : "L"}${mark.x} ${mark.y}`);
  const bands = layers.map((nodes, layer) => ({
    layer,
    nodes,
    top: topOf(layer),
    height: layer === 0 ? LOWEST_HEIGHT : HEIGHT,
  }));
  return {
    width,
    height: topOf(0) + LOWEST_HEIGHT,
    bands: bands.toReversed(),
    marks,
    descent: descent.length > 1 ? descent.join("") : "",
  };
}
