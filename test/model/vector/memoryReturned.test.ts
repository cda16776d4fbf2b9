// What was derived from a store goes with it: after a restart its memory is free again.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, expect, it } from "vitest";
import { present } from "../../../src/base/assert.ts";
import { simdKernels } from "../../../src/host/kernel.ts";
import { installKernels, type KernelMaker, scalarKernel } from "../../../src/model/vector/kernel.ts";
import { forgetMatrix, nearestOf } from "../../../src/model/vector/nearest.ts";
import { embeddings, itemWith } from "../../support/vectors.ts";

setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");

async function collected(reference: WeakRef<object>): Promise<boolean> {
  if (typeof collect !== "function") throw new TypeError("This engine cannot be asked to collect.");
  for (let turn = 0; turn < 20 && reference.deref() !== undefined; turn += 1) {
    // A reference holds until the end of the turn that asked for it.
    await new Promise((resolve) => setTimeout(resolve));
    collect();
  }
  return reference.deref() === undefined;
}

/** The kernel that searches of a new owner get; the owner, too. */
function searched(make: KernelMaker): { readonly owner: object; readonly kernel: WeakRef<object> } {
  const kernels: WeakRef<object>[] = [];
  installKernels(() => {
    const kernel = make();
    kernels.push(new WeakRef(kernel));
    return kernel;
  });
  const items = embeddings(1, 64, 1_000).map((embedding, at) => itemWith(`i${at}`, embedding));
  const owner = {};
  expect(nearestOf(owner, () => items, present(items[7], "an item").embedding, 1)[0]?.item.id).toBe("i7");
  expect(kernels).toHaveLength(1);
  return { owner, kernel: present(kernels[0], "a kernel") };
}

/** The same of an owner that nobody keeps. */
function searchedOnce(make: KernelMaker): WeakRef<object> {
  return searched(make).kernel;
}

afterEach(() => installKernels(scalarKernel));

it.each([
  ["with SIMD", present(simdKernels(), "SIMD in this engine")],
  ["in plain script", scalarKernel],
])("the memory of a matrix %s stays while its owner does, and goes with it", async (_, make) => {
  const kept = searched(make);
  expect(await collected(kept.kernel)).toBe(false);
  expect(kept.owner).toEqual({});
  expect(await collected(searchedOnce(make))).toBe(true);
});

it("dropping what was derived returns the memory while the owner stays", async () => {
  const { owner, kernel } = searched(scalarKernel);
  forgetMatrix(owner);
  expect(await collected(kernel)).toBe(true);
  expect(owner).toEqual({});
});
