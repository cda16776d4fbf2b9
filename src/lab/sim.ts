/**
 * `npm run -s sim -- <scenario>`: runs a scenario and reports on it. Exit code 0 when every promised verdict holds and
 * what is expected to break does, 1 when not, 2 with one line for bad input.
 */
import { writeFileSync } from "node:fs";
import { installFastestKernel } from "../host/kernel.ts";
import type { Onlooker } from "../model/measure/onlookers.ts";
import { findScenario } from "./findScenario.ts";
import { runScenario, runScenarioOverChannels } from "./headless.ts";
import { History } from "./history.ts";
import { LineFile } from "./lineFile.ts";
import { readOptions, type SimOptions } from "./options.ts";
import { judge } from "./report.ts";
import { traceTo } from "./trace.ts";

function complain(line: string): number {
  console.error(line.replaceAll("\n", " "));
  return 2;
}

/** The files that were asked for, with who writes into them. */
function openFiles({ trace, history }: SimOptions): { readonly files: LineFile[]; readonly onlookers: Onlooker[] } {
  const files: LineFile[] = [];
  const open = (path: string) => {
    const file = new LineFile(path);
    files.push(file);
    return file.write;
  };
  const onlookers: Onlooker[] = [];
  if (trace !== undefined) onlookers.push(traceTo(open(trace)));
  if (history !== undefined) onlookers.push(new History(open(history)).onlooker);
  return { files, onlookers };
}

/** Runs what the arguments ask for; returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const read = readOptions(args);
  if (!read.ok) return complain(read.problem);
  const { options } = read;
  const found = await findScenario(options.scenario, { seed: options.seed, until: options.until });
  if (!found.ok) return complain(found.problem);
  let opened: ReturnType<typeof openFiles>;
  try {
    opened = openFiles(options);
  } catch (error) {
    return complain(`cannot write: ${error instanceof Error ? error.message : String(error)}`);
  }
  const run = options.host === "channel" ? runScenarioOverChannels : runScenario;
  const { report } = await run(found.value, opened.onlookers);
  for (const file of opened.files) file.close();
  const text = `${JSON.stringify(report, undefined, 2)}\n`;
  if (options.report === "-") process.stdout.write(text);
  else writeFileSync(options.report, text);
  const { exitCode, reasons } = judge(report, found.value.expect);
  for (const reason of reasons) console.error(reason);
  return exitCode;
}

installFastestKernel();
process.exitCode = await main(process.argv.slice(2));
