// `npm test`: every check there is, one after the other, and all of them even if one fails. Its last line is "N passed, N failed", where
// each test counts as one and so do the type check, the linter and the build.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type Counts,
  closingLine,
  type Ending,
  type Outcome,
  outcomeOfCheck,
  outcomeOfTests,
  playwrightCounts,
  sumOf,
  vitestCounts,
} from "./support/stepOutcome.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const reports = mkdtempSync(join(tmpdir(), "replicascope-test-"));
/** Long enough for the slowest step on a busy machine, short enough for all steps to end before CI's 90 minutes do. */
const stepLimitMinutes = 15;

interface Step {
  readonly name: string;
  readonly run: () => Promise<Outcome>;
}

let built = false;

const steps: readonly Step[] = [
  { name: "types", run: async () => outcomeOfCheck(await npm(["run", "--silent", "typecheck"])) },
  { name: "lint", run: async () => outcomeOfCheck(await npm(["run", "--silent", "lint"])) },
  { name: "unit tests", run: () => vitest("unit") },
  { name: "view tests", run: () => vitest("view") },
  { name: "browser tests", run: () => vitest("browser") },
  {
    name: "build",
    run: async () => {
      const outcome = outcomeOfCheck(await npm(["run", "--silent", "build"]));
      built = outcome.failed === 0;
      return outcome;
    },
  },
  { name: "end-to-end tests", run: playwright },
];

async function main(): Promise<void> {
  const table: string[] = [];
  const outcomes: Outcome[] = [];
  for (const { name, run } of steps) {
    console.log(`\n=== ${name}`);
    const startedAt = Date.now();
    const outcome = await run();
    outcomes.push(outcome);
    table.push(row(name, outcome, (Date.now() - startedAt) / 1000));
    console.log(table.at(-1));
  }
  rmSync(reports, { recursive: true, force: true });

  const sum = sumOf(outcomes);
  console.log(["", "=== all", ...table].join("\n"));
  if (sum.skipped > 0) console.log(`(${sum.skipped} skipped)`);
  console.log(closingLine(sum));
  process.exitCode = sum.failed === 0 ? 0 : 1;
}

function row(name: string, { passed, failed, skipped, remarks }: Outcome, seconds: number): string {
  const numbers = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
  const remark = remarks.length > 0 ? ` (${remarks.join("; ")})` : "";
  return `${failed === 0 ? "ok  " : "FAIL"} ${name.padEnd(17)} ${numbers}${remark}, ${seconds.toFixed(1)} s`;
}

/** One process per project: a project that finds no test then fails by itself instead of hiding behind the others. */
async function vitest(project: string): Promise<Outcome> {
  const report = join(reports, `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const ending = await npm(["exec", "--", "vitest", "run", "--project", project, ...reporters]);
  return outcomeOfTests(ending, countsIn(report, vitestCounts));
}

async function playwright(): Promise<Outcome> {
  // An older build may still lie in dist: testing that one would prove nothing.
  if (!built) return outcomeOfTests({ exitCode: null, mishap: "not run, as there is no build to test" }, undefined);
  const report = join(reports, "end-to-end.json");
  const ending = await npm(
    ["exec", "--", "playwright", "test", "--config", "test/e2e/playwright.config.ts", "--reporter=list,json"],
    { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  );
  return outcomeOfTests(ending, countsIn(report, playwrightCounts));
}

function countsIn(report: string, read: (report: unknown) => Counts | undefined): Counts | undefined {
  try {
    return read(JSON.parse(readFileSync(report, "utf8")));
  } catch {
    return undefined;
  }
}

/** Runs npm in the project's folder, with its output on ours. */
function npm(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ending> {
  const onWindows = process.platform === "win32";
  // npm tells its scripts where it is; run by hand, the shell finds it.
  const itself = process.env.npm_execpath;
  const [command, first] = itself === undefined ? ["npm", []] : [process.execPath, [itself]];
  return new Promise((resolve) => {
    const child = spawn(command, [...first, ...args], {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "inherit", "inherit"],
      shell: onWindows && itself === undefined,
      // A process group of its own, so that what it started ends with it.
      detached: !onWindows,
    });
    let mishap: string | undefined;
    const end = () => {
      if (child.pid === undefined) return;
      try {
        process.kill(onWindows ? child.pid : -child.pid, "SIGKILL");
      } catch {
        // Already gone.
      }
    };
    const limit = setTimeout(() => {
      mishap = `ended after ${stepLimitMinutes} minutes`;
      end();
    }, stepLimitMinutes * 60_000);
    const interrupted = () => {
      end();
      process.exit(130);
    };
    process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
    const settle = (ending: Ending) => {
      clearTimeout(limit);
      process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
      resolve(mishap === undefined ? ending : { ...ending, mishap });
    };
    child.once("error", (error) => settle({ exitCode: null, mishap: `could not be started: ${error.message}` }));
    child.once("close", (exitCode) => settle({ exitCode }));
  });
}

await main();
