/**
 * Assembles WebAssembly text. `npm run kernel` (this file, run) makes src/host/kernelCode.ts anew after a change of
 * src/host/kernel.wat; test/host/kernel.test.ts holds the one against the other.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import wabt from "wabt";

const source = fileURLToPath(new URL("../../src/host/kernel.wat", import.meta.url));
const target = fileURLToPath(new URL("../../src/host/kernelCode.ts", import.meta.url));

/** The module that the text in `file` says, in base64. SIMD is allowed, relaxed SIMD is not. */
export async function assemble(file: string): Promise<string> {
  const { parseWat } = await wabt();
  const module = parseWat(file, readFileSync(file, "utf8"), { simd: true, relaxed_simd: false });
  try {
    return Buffer.from(module.toBinary({}).buffer).toString("base64");
  } finally {
    module.destroy();
  }
}

/** The kernel's module, in base64. */
export function assembledKernel(): Promise<string> {
  return assemble(source);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const code = await assembledKernel();
  const lines = [
    "/** The kernel of kernel.wat, assembled by `npm run kernel`, in base64. */",
    "export const KERNEL_CODE =",
    `  "${code}";`,
  ];
  writeFileSync(target, `${lines.join("\n")}\n`);
}
