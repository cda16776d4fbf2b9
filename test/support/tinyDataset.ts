/** A data set that is small enough for thousands of runs: 24 colours in the plane, each with a second draft. */
import type { DatasetContent, DatasetItem, Draft } from "../../src/model/protocol/dataset.ts";
import { unitVector } from "../../src/model/vector/embedding.ts";

const COUNT = 24;
const INITIAL = 12;

function draft(name: string, angle: number): Draft {
  const embedding = unitVector(Float32Array.of(Math.cos(angle), Math.sin(angle)));
  return { text: name, payload: { kind: "colour", name, hex: "#808080" }, embedding };
}

function item(ordinal: number): DatasetItem {
  const name = `colour-${String(ordinal).padStart(2, "0")}`;
  const angle = (ordinal / COUNT) * 2 * Math.PI;
  return { id: name, drafts: [draft(name, angle), draft(`${name}, faded`, angle + 0.1)] };
}

/** The data set of most tests of the model. Its dimension is 2. */
export const tinyDataset: DatasetContent = {
  name: "colours",
  label: "Tiny colours",
  similarity: "angle in the plane",
  dimension: 2,
  initialCount: INITIAL,
  items: Array.from({ length: COUNT }, (_, ordinal) => item(ordinal)),
};
