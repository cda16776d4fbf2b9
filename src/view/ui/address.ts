/**
 * What the page's address asks for: `?scenario=two-am&seed=7`, `?scenario=files/mine.json`, `?seed=7`,
 * `?data=files/items.jsonl`. Checked here; what cannot be understood is said in one sentence, and the page opens as it does without it.
 */
import { builtIn } from "../../data/scenarios/lessons.ts";
import { defaultRun } from "../../model/protocol/config.ts";
import type { Lesson, SavedRun } from "../store/interfaceState.ts";
import { freshRun, OPENING_INSTANT } from "../store/runChange.ts";
import type { AppServices } from "./appContext.ts";
import { wordsOf } from "./attempt.ts";
import { lessonOf } from "./lessons.ts";
import { startLesson, startRun } from "./runChanges.ts";
import { openScenario, runInFile } from "./share/files.ts";

const LARGEST_SEED = 4_294_967_295;

type Problem = { readonly problem: string };

/** The seed that `query` asks for, or why it is none; undefined when it asks for none. */
function seedIn(parameters: URLSearchParams): number | undefined | Problem {
  const text = parameters.get("seed");
  if (text === null) return undefined;
  if (/^\d+$/.test(text) && Number(text) <= LARGEST_SEED) return Number(text);
  return { problem: `The seed “${text}” is not a whole number from 0 to ${LARGEST_SEED}.` };
}

/** A name with a dot or a slash is the address of a file. */
function isFile(name: string): boolean {
  return /[./]/.test(name);
}

/** The lesson that `query` names, or why there is none; undefined when it names none. */
export function lessonIn(query: string): Lesson | Problem | undefined {
  const parameters = new URLSearchParams(query);
  const name = parameters.get("scenario");
  if (name === null || isFile(name)) return undefined;
  const seed = seedIn(parameters);
  if (typeof seed === "object") return seed;
  const found = builtIn(name, seed);
  return found.ok ? lessonOf(found.value) : { problem: found.problem };
}

/** The text of the scenario file at an address of this origin. */
async function scenarioAt(name: string): Promise<string | Problem> {
  const address = new URL(name, location.href);
  if (address.origin !== location.origin) {
    return { problem: `The scenario “${name}” is on another site. Download it, and drop the file on this page.` };
  }
  try {
    const answer = await fetch(address);
    if (!answer.ok) return { problem: `There is no scenario at “${name}” (${answer.status}).` };
    return await answer.text();
  } catch (error) {
    return { problem: `The scenario “${name}” cannot be fetched: ${wordsOf(error)}` };
  }
}

/** A run that an address asks for, whole, and what is said once it is open. */
export interface AskedRun {
  readonly run: SavedRun;
  readonly notice: string;
}

function usualRun(seed: number): AskedRun {
  return {
    run: { inputs: freshRun(defaultRun(seed)), at: OPENING_INSTANT },
    notice: `The usual run with seed ${seed}.`,
  };
}

function runOf(lesson: Lesson): AskedRun {
  const { inputs, at, title } = lesson;
  return { run: { inputs, at, lesson }, notice: `“${title}” runs.` };
}

/** The run that `query` asks for, if it asks for one in which nothing is wrong or missing. */
export async function runInAddress(query: string): Promise<AskedRun | undefined> {
  const parameters = new URLSearchParams(query);
  const name = parameters.get("scenario");
  const seed = seedIn(parameters);
  if (parameters.get("data") !== null || typeof seed === "object") return undefined;
  if (name === null) return seed === undefined ? undefined : usualRun(seed);
  if (!isFile(name)) {
    const lesson = lessonIn(query);
    return lesson === undefined || "problem" in lesson ? undefined : runOf(lesson);
  }
  const text = await scenarioAt(name);
  const found = typeof text === "string" ? runInFile(text, name, { seed }) : text;
  return "problem" in found ? undefined : runOf(found);
}

/** Opens what the page's address asks for, if anything; the run that was open is kept. */
export async function openFromAddress(services: AppServices, query: string): Promise<void> {
  const parameters = new URLSearchParams(query);
  const name = parameters.get("scenario");
  const data = parameters.get("data");
  const seed = seedIn(parameters);
  if (data !== null) return services.store.getState().openDialog({ kind: "load", request: { from: data } });
  if (typeof seed === "object") return services.store.getState().notify(seed.problem);
  if (name === null) {
    if (seed === undefined) return undefined;
    const { run, notice } = usualRun(seed);
    return startRun(services, run.inputs, run.at, notice);
  }
  if (isFile(name)) {
    const text = await scenarioAt(name);
    if (typeof text !== "string") return services.store.getState().notify(text.problem);
    return openScenario(services, text, name, { seed });
  }
  const lesson = lessonIn(query);
  if (lesson === undefined) return undefined;
  return "problem" in lesson ? services.store.getState().notify(lesson.problem) : startLesson(services, lesson);
}
