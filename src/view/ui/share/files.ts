/** Files: the open run as a scenario file, and a file that a person chose or dropped as the open run. */

import type { Micros } from "../../../base/units.ts";
import type { RunContent } from "../../../data/link/content.ts";
import { endingOf, FILE_ENDINGS } from "../../../data/readers/endings.ts";
import { checkScenario, compileScenario } from "../../../data/scenarios/scenario.ts";
import { inputsOf, scenarioOf } from "../../../data/scenarios/scenarioOf.ts";
import { SCENARIO_FORMAT, type ScenarioFile } from "../../../data/scenarios/schema.ts";
import { withData } from "../../../data/scenarios/wantedData.ts";
import { MODEL_VERSION } from "../../../model/protocol/config.ts";
import type { LoadedData, WantedData } from "../../../model/protocol/dataset.ts";
import type { Lesson } from "../../store/interfaceState.ts";
import type { AppServices } from "../appContext.ts";
import { attempt } from "../attempt.ts";
import { openWithVectors } from "../load/keptVectors.ts";
import { startLesson } from "../runChanges.ts";

/** A scenario larger than this is none that a person made. */
const LARGEST_FILE = 4_000_000;

/** The text of the file that the command line runs to the same hash. */
export function fileText({ inputs, place, speed }: RunContent, title: string): string {
  return `${JSON.stringify(scenarioOf(inputs, { title, at: place.at, speed }), undefined, 2)}\n`;
}

/** `replicascope-47-at-12.300s.json`. */
export function fileName({ inputs }: RunContent, at: Micros, kind: string): string {
  return `replicascope-${inputs.config.seed}-at-${(at / 1_000_000).toFixed(3)}s.${kind}`;
}

/** Hands `content` to the person as a file. */
export function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun to read by the next task; later the address would keep the content for nothing.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** What a person may say about a scenario file instead of it. */
export interface FileChoices {
  readonly seed?: number | undefined;
  /** The vectors that it is about, once they were opened. */
  readonly data?: LoadedData;
}

/** Why there is no run in a file: it is wrong, or it is about vectors that have to be opened first. */
export interface NoRun {
  readonly problem: string;
  readonly wanted?: WantedData;
}

function changed(file: ScenarioFile, { seed, data }: FileChoices): ScenarioFile {
  const seeded = seed === undefined ? file : { ...file, seed };
  return data === undefined ? seeded : withData(seeded, data);
}

/** The run in the text of a scenario file, or one sentence that says what is wrong. */
export function runInFile(text: string, name: string, choices: FileChoices = {}): Lesson | NoRun {
  if (text.length > LARGEST_FILE) return { problem: `“${name}” is too large for a scenario file.` };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: `“${name}” is no scenario file: it is not JSON.` };
  }
  const checked = checkScenario(json);
  const file = checked.ok ? { ok: true as const, value: changed(checked.value, choices) } : checked;
  const made = file.ok ? compileScenario(file.value) : file;
  const whole = file.ok ? inputsOf(file.value) : file;
  if (!made.ok || !whole.ok) {
    if (made.ok) return { problem: `“${name}” cannot be opened.` };
    const { problem, wanted } = made;
    return wanted === undefined ? { problem: `“${name}” cannot be opened: ${problem}` } : { problem, wanted };
  }
  const { title, about, view } = made.value;
  const { config, commands } = whole.value;
  return {
    name,
    title: title === "" ? name : title,
    about: about === "" ? "A scenario file. What is in it happens by itself." : about,
    inputs: { modelVersion: MODEL_VERSION, config, commands },
    at: view.at,
    speed: view.speed,
  };
}

/**
 * Opens the run in the text of a scenario file as another run. Where it is about vectors that are not here, the file is
 * asked for; what is wrong is said, and the open run goes on untouched.
 */
export async function openScenario(
  services: AppServices,
  text: string,
  name: string,
  choices: FileChoices = {},
): Promise<void> {
  const { notify } = services.store.getState();
  const found = runInFile(text, name, choices);
  if (!("problem" in found)) return startLesson(services, found);
  if (found.wanted === undefined) return notify(found.problem);
  const goOn = (data: LoadedData) => openScenario(services, text, name, { ...choices, data });
  await openWithVectors(services, { by: `“${name}”`, data: found.wanted, goOn });
}

/** A vector file's text, as far as its beginning tells: a list, or an object with vectors in it. */
const VECTORS = /^\s*\[|"(embeddings?|vectors?|data)"\s*:/;

/** Characters by which JSON is told from JSON. */
const BEGINNING = 65_536;

/** Whether a file holds vectors and not a scenario: by its name, and of JSON by what is in it. */
async function holdsVectors(file: Pick<File, "name" | "size" | "slice">): Promise<boolean> {
  const ending = endingOf(file.name);
  if (ending !== "json") return FILE_ENDINGS.includes(`.${ending}`);
  if (file.size > LARGEST_FILE) return true;
  const beginning = await file.slice(0, BEGINNING).text();
  return !beginning.includes(SCENARIO_FORMAT) && VECTORS.test(beginning);
}

/** Opens a file: a scenario as another run, vectors after a look at them; the open run goes on untouched until then. */
export async function openFile(services: AppServices, file: File): Promise<void> {
  await attempt(services, async () => {
    const { notify, openDialog, dialog } = services.store.getState();
    if (await holdsVectors(file)) {
      const waiting = dialog?.kind === "load" ? dialog.request : undefined;
      return openDialog({ kind: "load", request: { ...waiting, from: file } });
    }
    if (file.size > LARGEST_FILE) return notify(`“${file.name}” is too large for a scenario file.`);
    return openScenario(services, await file.text(), file.name);
  });
}

/** Lets files be dropped anywhere on the page, until the returned function is called. */
export function listenToDrops(services: AppServices, target: Window = window): () => void {
  const root = target.document.documentElement;
  const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes("Files") === true;
  const over = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    root.dataset.dropping = "";
  };
  const leave = (event: DragEvent) => {
    if (event.relatedTarget === null) delete root.dataset.dropping;
  };
  const drop = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    delete root.dataset.dropping;
    const file = event.dataTransfer?.files[0];
    if (file !== undefined) void openFile(services, file);
  };
  target.addEventListener("dragover", over);
  target.addEventListener("dragleave", leave);
  target.addEventListener("drop", drop);
  return () => {
    target.removeEventListener("dragover", over);
    target.removeEventListener("dragleave", leave);
    target.removeEventListener("drop", drop);
  };
}
