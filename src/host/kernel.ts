/**
 * The kernel in WebAssembly with SIMD, where the engine has it and the page's policy allows it. It gives the same bits
 * as the one in plain script, which stands in for it everywhere else.
 */
import { installKernels, type Kernel, type KernelMaker, scalarKernel } from "../model/vector/kernel.ts";
import { KERNEL_CODE } from "./kernelCode.ts";

const BYTES = Float32Array.BYTES_PER_ELEMENT;
const PAGE = 65_536;
/** The kernel reads ahead, so its memory goes on for so many bytes behind the rows. */
const READ_AHEAD = 1_024;

type Loop = (query: number, row: number, stride: number, count: number, results: number) => void;

class SimdKernel implements Kernel {
  readonly #memory: WebAssembly.Memory;
  readonly #score: Loop;
  readonly #dots: Loop;

  constructor(module: WebAssembly.Module) {
    const { memory, score, dots } = new WebAssembly.Instance(module).exports;
    if (!(memory instanceof WebAssembly.Memory) || typeof score !== "function" || typeof dots !== "function") {
      throw new TypeError("The kernel's module exports a memory and two functions.");
    }
    this.#memory = memory;
    this.#score = (...places) => void score(...places);
    this.#dots = (...places) => void dots(...places);
  }

  memory(length: number): Float32Array {
    const missing = Math.ceil((length * BYTES + READ_AHEAD - this.#memory.buffer.byteLength) / PAGE);
    // Growing detaches every view.
    if (missing > 0) this.#memory.grow(missing);
    return new Float32Array(this.#memory.buffer);
  }

  score(query: number, rows: number, stride: number, count: number, scores: number): void {
    this.#score(query * BYTES, rows * BYTES, stride * BYTES, count, scores * BYTES);
  }

  dots(query: number, codes: number, stride: number, count: number, dots: number): void {
    this.#dots(query * BYTES, codes * BYTES, stride, count, dots * BYTES);
  }
}

/** A kernel with SIMD, or in plain script when there are more of them than the engine has room to address. */
function kernelOf(module: WebAssembly.Module): Kernel {
  try {
    return new SimdKernel(module);
  } catch (error) {
    if (error instanceof RangeError) return scalarKernel();
    throw error;
  }
}

/** Makes kernels with SIMD; undefined where that cannot be compiled. */
export function simdKernels(): KernelMaker | undefined {
  const code = Uint8Array.from(atob(KERNEL_CODE), (letter) => letter.charCodeAt(0));
  if (typeof WebAssembly === "undefined" || !WebAssembly.validate(code)) return undefined;
  try {
    const module = new WebAssembly.Module(code);
    return () => kernelOf(module);
  } catch (error) {
    // A policy without 'wasm-unsafe-eval' lets nothing be compiled.
    if (error instanceof WebAssembly.CompileError) return undefined;
    throw error;
  }
}

/** Has the searches of this thread use the fastest kernel that it can. */
export function installFastestKernel(): void {
  installKernels(simdKernels() ?? scalarKernel);
}
