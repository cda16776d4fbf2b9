/** From a built-in scenario to what the page keeps of it while it is played. */
import type { BuiltIn } from "../../data/scenarios/lessons.ts";
import type { Lesson } from "../store/interfaceState.ts";

/** The lesson that `scenario` is. */
export function lessonOf({ name, title, about, inputs, view }: BuiltIn): Lesson {
  return { name, title, about, inputs, at: view.at, speed: view.speed };
}
