// How the app is served, built and tested. Vitest's projects: `unit` (plain Node), `view` (happy-dom), `browser` (real Chromium);
// `--mode long` swaps them for the long runs under test/long and the unit tests with other seeds. Playwright has its own file, test/e2e/playwright.config.ts.

import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { browserFlags, findBrowser } from "./test/support/findBrowser.ts";

// `worker-src` needs no blob: and `style-src` no 'unsafe-inline': keep it so (no inline workers in this build, no style elements).
const contentSecurityPolicy = [
  "default-src 'none'",
  // The kernel of searches is WebAssembly; this lets it be compiled, and no text be evaluated.
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

// Only the built page carries the policy: the dev server needs inline scripts and styles for hot replacement.
const strictContentSecurityPolicy: Plugin = {
  name: "replicascope:content-security-policy",
  apply: "build",
  transformIndexHtml: () => [
    {
      tag: "meta",
      attrs: { "http-equiv": "Content-Security-Policy", content: contentSecurityPolicy },
      injectTo: "head-prepend",
    },
  ],
};

// Names in assets/ carry a hash of their content: a browser may keep them for good, so that the script of the replicas'
// workers is fetched once, not once per replica. Hosts of static pages do so by themselves; the preview has to be told.
const keptAssets: Plugin = {
  name: "replicascope:kept-assets",
  configurePreviewServer: ({ middlewares }) => {
    middlewares.use((request, response, next) => {
      if (request.url?.startsWith("/assets/"))
        response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
      next();
    });
  },
};

const notForEveryRun = ["test/long/**", "test/e2e/**", "test/bench/**", "node_modules/**"];

// Finds what hangs; how fast a machine is proves nothing.
const PATIENCE = 30_000;

// As many as the machine has: nothing here measures time.
const ALL_CORES = "100%";

const unitTests = {
  extends: true as const,
  test: {
    name: "unit",
    environment: "node",
    testTimeout: PATIENCE,
    maxWorkers: ALL_CORES,
    setupFiles: ["test/support/sameSeed.ts"],
    include: ["test/**/*.test.{ts,tsx}"],
    exclude: [...notForEveryRun, "test/**/*.browser.test.{ts,tsx}", "test/view/**/*.test.tsx"],
  },
};

const viewTests = {
  extends: true as const,
  test: {
    name: "view",
    environment: "happy-dom",
    testTimeout: PATIENCE,
    maxWorkers: ALL_CORES,
    include: ["test/view/**/*.test.tsx"],
    exclude: [...notForEveryRun, "test/**/*.browser.test.tsx"],
    setupFiles: ["test/support/sameSeed.ts", "test/support/viewSetup.ts"],
  },
};

const browserTests = {
  extends: true as const,
  // All that the tests reach, or a cold first run finds it late and reloads the page in mid-test.
  optimizeDeps: {
    include: [
      "react",
      "react-dom",
      "react-dom/client",
      "react/jsx-runtime",
      "react/jsx-dev-runtime",
      "zustand",
      "zustand/vanilla",
      "d3",
      "comlink",
      "zod/mini",
      "@testing-library/react",
      "@testing-library/dom",
      "@testing-library/user-event",
    ],
  },
  test: {
    name: "browser",
    include: ["test/**/*.browser.test.{ts,tsx}"],
    exclude: notForEveryRun,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: {
          // Asked for when a browser is launched, so that the other projects run on a machine without one.
          get executablePath() {
            return findBrowser();
          },
          args: [...browserFlags],
        },
      }),
      instances: [{ browser: "chromium" as const }],
    },
  },
};

const longTests = {
  extends: true as const,
  test: {
    name: "long",
    environment: "node",
    maxWorkers: ALL_CORES,
    include: ["test/long/**/*.test.ts"],
    testTimeout: 30 * 60_000,
  },
};

// What every commit has to pass, with other cases than every commit is given.
const unitTestsOfOtherSeeds = {
  ...unitTests,
  test: { ...unitTests.test, name: "other seeds", setupFiles: [] },
};

export default defineConfig(({ mode }) => ({
  // Relative addresses: dist/ works below any path of any static host.
  base: "./",
  plugins: [react(), strictContentSecurityPolicy, keptAssets],
  worker: { format: "es" },
  build: {
    target: "es2022",
    sourcemap: false,
    modulePreload: { polyfill: false },
    // Nothing becomes a data: address: the policy above allows those for pictures only.
    assetsInlineLimit: 0,
  },
  test: {
    allowOnly: false,
    projects: mode === "long" ? [longTests, unitTestsOfOtherSeeds] : [unitTests, viewTests, browserTests],
    coverage: { include: ["src/**"], reporter: ["text-summary", "html"] },
  },
}));
