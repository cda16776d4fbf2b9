import { describe, expect, it } from "vitest";
import { findBrowser, type Surroundings } from "./findBrowser.ts";

/** A machine on which only `executables` can be started. */
function aMachine(executables: readonly string[], changes: Partial<Surroundings> = {}): Surroundings {
  return {
    environment: { PATH: "/opt/bin:/usr/bin" },
    platform: "linux",
    isExecutable: (path) => executables.includes(path),
    playwrightDownload: () => "/downloads/chrome",
    ...changes,
  };
}

describe("the browser for tests", () => {
  it("is the one that CHROMIUM_PATH names", () => {
    const environment = { CHROMIUM_PATH: "/mine/chrome", PATH: "/usr/bin" };
    expect(findBrowser(aMachine(["/mine/chrome", "/usr/bin/chromium"], { environment }))).toBe("/mine/chrome");
  });

  it("is never another one than CHROMIUM_PATH names", () => {
    const environment = { CHROMIUM_PATH: "/mine/typo", PATH: "/usr/bin" };
    expect(() => findBrowser(aMachine(["/usr/bin/chromium"], { environment }))).toThrow(
      'CHROMIUM_PATH is "/mine/typo"',
    );
  });

  it("is found on the path, Chromium before Chrome before Edge", () => {
    expect(findBrowser(aMachine(["/usr/bin/microsoft-edge", "/opt/bin/google-chrome"]))).toBe("/opt/bin/google-chrome");
    expect(findBrowser(aMachine(["/opt/bin/google-chrome", "/usr/bin/chromium"]))).toBe("/usr/bin/chromium");
  });

  it("is found where macOS and Windows keep it", () => {
    const chrome = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
    expect(findBrowser(aMachine([chrome], { platform: "darwin" }))).toBe(chrome);
    const edge = "C:\\Programs\\Microsoft\\Edge\\Application\\msedge.exe";
    const environment = { PROGRAMFILES: "C:\\Programs" };
    expect(findBrowser(aMachine([edge], { platform: "win32", environment }))).toBe(edge);
  });

  it("is Playwright's download when there is no other", () => {
    expect(findBrowser(aMachine(["/downloads/chrome"]))).toBe("/downloads/chrome");
  });

  it("is asked for with all three remedies when there is none", () => {
    expect(() => findBrowser(aMachine([]))).toThrow(
      /apt-get install chromium.*npx playwright install chromium.*CHROMIUM_PATH/,
    );
  });
});
