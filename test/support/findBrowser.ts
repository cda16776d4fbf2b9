// The one place that knows where a Chromium is. Vitest, Playwright and scripts all ask here, so that they test in the same browser.
// Never skips in silence: with no browser it throws, and the message names the three remedies.

import { accessSync, constants } from "node:fs";
import { posix } from "node:path";
import { chromium } from "playwright-core";

/** What the search looks at; handed in so that tests need no particular machine. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly isExecutable: (path: string) => boolean;
  /** Where Playwright would keep its own download, whether or not it is there. */
  readonly playwrightDownload: () => string;
}

/**
 * Chromium's sandbox refuses root, which containers run as; the rest keeps a test browser off the network, which it would otherwise try
 * all the time.
 */
export const browserFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const linuxCommands = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge"];

const macApplications = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

const windowsApplications = [
  "Chromium\\Application\\chrome.exe",
  "Google\\Chrome\\Application\\chrome.exe",
  "Microsoft\\Edge\\Application\\msedge.exe",
];

/** The path of a Chromium, Chrome or Edge that can be started: CHROMIUM_PATH, else the usual places, else Playwright's own download. */
export function findBrowser(surroundings: Surroundings = thisMachine()): string {
  const { environment, isExecutable } = surroundings;
  const chosen = environment.CHROMIUM_PATH;
  if (chosen) {
    if (isExecutable(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH is "${chosen}", which is not an executable file. ${remedies}`);
  }
  const found = [...usualPlaces(surroundings), surroundings.playwrightDownload()].find(isExecutable);
  if (found !== undefined) return found;
  throw new Error(`No Chromium, Chrome or Edge was found for the browser tests. ${remedies}`);
}

const remedies =
  "Remedies: install one from the system's packages (apt-get install chromium), " +
  "or let Playwright download one (npx playwright install chromium), " +
  "or set CHROMIUM_PATH to the executable of one that you have.";

function usualPlaces({ environment, platform }: Surroundings): string[] {
  if (platform === "darwin") return macApplications;
  if (platform === "win32") {
    const roots = [environment.PROGRAMFILES, environment["PROGRAMFILES(X86)"], environment.LOCALAPPDATA];
    return roots.flatMap((root) => (root ? windowsApplications.map((application) => `${root}\\${application}`) : []));
  }
  const folders = (environment.PATH ?? "").split(":").filter((folder) => folder !== "");
  return linuxCommands.flatMap((command) => folders.map((folder) => posix.join(folder, command)));
}

function thisMachine(): Surroundings {
  return {
    environment: process.env,
    platform: process.platform,
    isExecutable: (path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    },
    playwrightDownload: () => chromium.executablePath(),
  };
}
