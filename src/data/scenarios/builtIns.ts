/** The scenarios that come with the app, by name. */
import twoAm from "./builtIn/two-am.json";

const files: Readonly<Record<string, unknown>> = { "two-am": twoAm };

/** Their names, in the order in which they are offered. */
export const builtInNames: readonly string[] = Object.keys(files);

/** The file of a built-in scenario, unchecked; undefined when there is none of that name. */
export function builtInScenario(name: string): unknown {
  return Object.hasOwn(files, name) ? files[name] : undefined;
}
