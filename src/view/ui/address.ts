/**
 * What the page's address asks for: `?scenario=two-am&seed=7`. Checked here; what cannot be understood is said in one
 * sentence, and the page opens as it does without it.
 */
import { builtIn } from "../../data/scenarios/lessons.ts";
import type { Lesson } from "../store/interfaceState.ts";
import type { AppServices } from "./appContext.ts";
import { lessonOf } from "./lessons.ts";
import { startLesson } from "./runChanges.ts";

const LARGEST_SEED = 4_294_967_295;

/** The lesson that `query` names, or why there is none; undefined when it names none. */
export function lessonIn(query: string): Lesson | { readonly problem: string } | undefined {
  const parameters = new URLSearchParams(query);
  const name = parameters.get("scenario");
  if (name === null) return undefined;
  const seedText = parameters.get("seed");
  const seed = seedText === null ? undefined : Number(seedText);
  if (seed !== undefined && (!/^\d+$/.test(seedText ?? "") || seed > LARGEST_SEED)) {
    return { problem: `The seed “${seedText}” is not a whole number from 0 to ${LARGEST_SEED}.` };
  }
  const found = builtIn(name, seed);
  return found.ok ? lessonOf(found.value) : { problem: found.problem };
}

/** Opens what the page's address asks for, if anything; the run that was open is kept. */
export async function openFromAddress(services: AppServices, query: string): Promise<void> {
  const lesson = lessonIn(query);
  if (lesson === undefined) return;
  if ("problem" in lesson) services.store.getState().notify(lesson.problem);
  else await startLesson(services, lesson);
}
