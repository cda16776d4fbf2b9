/** What is wrong with a scenario, in one line: the path of the key, the sentence, the value. */
import type * as z from "zod/mini";

/** Where a value stands in the file: keys and positions. */
export type Path = readonly PropertyKey[];

/** One thing that is wrong. */
export interface ScenarioProblem {
  readonly path: Path;
  readonly message: string;
  /** The value that is wrong; undefined when it is missing. */
  readonly value: unknown;
}

/** Where a message that names the value itself wants it; others have it behind them. */
export const VALUE = "{value}";

/** Values longer than this are cut in a message. */
const VALUE_LENGTH = 60;

/** `actions[2].replica`. */
export function pathText(path: Path): string {
  const text = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return text.replace(/^\./, "");
}

function valueText(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > VALUE_LENGTH ? `${text.slice(0, VALUE_LENGTH)}...` : text;
}

/** The problem as one line. */
export function problemText({ path, message, value }: ScenarioProblem): string {
  const where = path.length === 0 ? "" : `${pathText(path)}: `;
  if (message.includes(VALUE)) return where + message.replace(VALUE, valueText(value));
  return value === undefined ? `${where}${message}` : `${where}${message}, not ${valueText(value)}`;
}

/** The value at `path` of `file`. */
export function valueAt(file: unknown, path: Path): unknown {
  let value = file;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function isOfPart({ path, code }: z.core.$ZodIssue): boolean {
  return path.length > 0 || code === "unrecognized_keys";
}

/** The first thing that zod found, in our words. */
export function firstProblem(file: unknown, issues: readonly z.core.$ZodIssue[]): ScenarioProblem {
  const issue = issues[0];
  if (issue === undefined) return { path: [], message: "is no scenario", value: undefined };
  if (issue.code === "unrecognized_keys") {
    const path = [...issue.path, issue.keys[0] ?? ""];
    return { path, message: `is no key that is known here; its value is ${VALUE}`, value: valueAt(file, path) };
  }
  if (issue.code === "invalid_union" && "discriminator" in issue) {
    const value = valueAt(file, issue.path);
    return {
      path: issue.path,
      message: value === undefined ? "is missing" : `is no verb that is known: ${VALUE}`,
      value,
    };
  }
  if (issue.code === "invalid_union") {
    // Of several shapes the one that was meant is the one of which a part is wrong.
    const meant = issue.errors.flatMap((inner) => inner.slice(0, 1)).find(isOfPart);
    if (meant !== undefined) return firstProblem(file, [{ ...meant, path: [...issue.path, ...meant.path] }]);
  }
  return { path: issue.path, message: issue.message, value: valueAt(file, issue.path) };
}
