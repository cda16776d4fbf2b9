/** Servers of a bench on free ports: the built app in a folder of its own, and the sources as they are. */
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, createServer, preview } from "vite";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Served {
  /** Ends in a slash. */
  readonly address: string;
  readonly close: () => Promise<void>;
}

function addressOf(server: { address(): AddressInfo | string | null } | null): string {
  const bound = server?.address();
  if (bound === null || bound === undefined || typeof bound === "string") throw new Error("The server has no port.");
  return `http://127.0.0.1:${bound.port}/`;
}

/** Builds the app into a temporary folder, so that dist/ stays as it is, and serves it. */
export async function builtApp(): Promise<Served> {
  const outDir = mkdtempSync(join(tmpdir(), "replicascope-bench-"));
  await build({ root, logLevel: "error", build: { outDir, emptyOutDir: true } });
  const server = await preview({
    root,
    logLevel: "error",
    build: { outDir },
    preview: { host: "127.0.0.1", port: 0, open: false },
  });
  return {
    address: addressOf(server.httpServer),
    close: async () => {
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}

/** Serves the sources, for pages that only a bench opens. */
export async function developmentServer(): Promise<Served> {
  const server = await createServer({
    root,
    logLevel: "error",
    server: { host: "127.0.0.1", port: 0, hmr: false, watch: null },
    optimizeDeps: { include: ["comlink"] },
  });
  await server.listen();
  return { address: addressOf(server.httpServer), close: () => server.close() };
}
