/** Files: the open run as a scenario file, and a file that a person chose or dropped as the open run. */

import type { Micros } from "../../../base/units.ts";
import type { RunContent } from "../../../data/link/content.ts";
import { checkScenario, compileScenario } from "../../../data/scenarios/scenario.ts";
import { inputsOf, scenarioOf } from "../../../data/scenarios/scenarioOf.ts";
import { MODEL_VERSION } from "../../../model/protocol/config.ts";
import type { Lesson } from "../../store/interfaceState.ts";
import type { AppServices } from "../appContext.ts";
import { attempt } from "../attempt.ts";
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

/** The run in the text of a scenario file, with another seed if one is given, or one sentence that says what is wrong. */
export function runInFile(text: string, name: string, seed?: number): Lesson | { readonly problem: string } {
  if (text.length > LARGEST_FILE) return { problem: `“${name}” is too large for a scenario file.` };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: `“${name}” is no scenario file: it is not JSON.` };
  }
  const checked = checkScenario(json);
  const file = checked.ok && seed !== undefined ? { ok: true as const, value: { ...checked.value, seed } } : checked;
  const made = file.ok ? compileScenario(file.value) : file;
  const whole = file.ok ? inputsOf(file.value) : file;
  if (!made.ok || !whole.ok) {
    const problem = made.ok ? "" : made.problem;
    return { problem: `“${name}” cannot be opened: ${problem}` };
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

/** Opens a file as another run; what is wrong with it is said, and the open run goes on untouched. */
export async function openFile(services: AppServices, file: Pick<File, "name" | "size" | "text">): Promise<void> {
  await attempt(services, async () => {
    const { notify } = services.store.getState();
    if (file.size > LARGEST_FILE) return notify(`“${file.name}” is too large for a scenario file.`);
    const found = runInFile(await file.text(), file.name);
    return "problem" in found ? notify(found.problem) : startLesson(services, found);
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
