// A browser's engine makes the graphs that Node makes, with SIMD and without.
import { expect, it } from "vitest";
import { scalarKernel } from "../../src/model/vector/kernel.ts";
import { graphFingerprint, KNOWN_GRAPH } from "../support/graphs.ts";
import { simdKernel } from "./kernelBits.ts";

it("graphs are the same here", () => {
  expect(graphFingerprint(simdKernel())).toBe(KNOWN_GRAPH);
  expect(graphFingerprint(scalarKernel())).toBe(KNOWN_GRAPH);
});
