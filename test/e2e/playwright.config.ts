// End-to-end tests: Playwright against the built app (`npm run test:e2e` builds first), served by `vite preview` on a port that was free.
// REPLICASCOPE_DIST names another folder to test than dist/.

import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { defineConfig, devices } from "@playwright/test";
import { browserFlags, findBrowser } from "../support/findBrowser.ts";

// Playwright reads this file again in each of its workers: the first reading chooses the port, the others are told.
process.env.REPLICASCOPE_E2E_PORT ??= String(await freePort());
const port = process.env.REPLICASCOPE_E2E_PORT;
const address = `http://127.0.0.1:${port}/`;

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.e2e.ts",
  outputDir: "../../test-results",
  forbidOnly: true,
  // A test that passes only now and then has found something: it is never tried twice.
  retries: 0,
  // A page waits for time to pass as often as for a processor: two beside each other take two thirds of the time of one after the
  // other, and more only measure the machine.
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 20_000 },
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1440, height: 900 },
    baseURL: address,
    // A trace takes a picture of the page again and again, which costs more than the page itself: a third of all time. To see what
    // led to a failure, run its test once more with --trace on.
    trace: "off",
    launchOptions: { executablePath: findBrowser(), args: [...browserFlags] },
  },
  webServer: {
    command: `npx vite preview --host 127.0.0.1 --port ${port} --strictPort --outDir ${process.env.REPLICASCOPE_DIST ?? "dist"}`,
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    url: address,
    reuseExistingServer: false,
  },
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const bound = probe.address();
      probe.close(() => {
        if (bound !== null && typeof bound === "object") resolve(bound.port);
        else reject(new Error("The system gave no port to listen on."));
      });
    });
  });
}
