// The rules that every file under src keeps, as functions from a file's name and text to what it breaks. The table of layers that they
// are applied with is in test/architecture.test.ts.

import { posix } from "node:path";
import { readSourceText, type Use } from "./sourceText.ts";

/** What one folder (or file) under src may import. */
export interface Layer {
  /** Path below src, without a slash at the end. The longest one that fits a file is its layer. */
  readonly path: string;
  /** Paths of layers, or of folders that hold several. A layer may always import itself. */
  readonly layers: readonly string[];
  /** Packages (`d3` also stands for `d3/...`), `node:` for all of Node's own modules. */
  readonly packages: readonly string[];
}

/** An import that the table forbids and that is borne for now. */
export interface Debt {
  readonly file: string;
  readonly imports: string;
  readonly reason: string;
}

/** `file` is the path below src, with forward slashes, everywhere in this module. */
export interface Violation {
  readonly file: string;
  readonly line: number;
  /** What was written. */
  readonly found: string;
  readonly rule: string;
}

export function describeViolation({ file, line, found, rule }: Violation): string {
  return `src/${file}:${line}: ${found}: ${rule}`;
}

/** Every import leads where the table allows. */
export function importViolations(
  file: string,
  text: string,
  layers: readonly Layer[],
  debts: readonly Debt[],
): Violation[] {
  const home = layerOf(file, layers);
  if (home === undefined) {
    return [
      { file, line: 1, found: "this file", rule: "belongs to no layer of the table in test/architecture.test.ts" },
    ];
  }
  const source = readSourceText(file, text);
  const forbidden = source.imports.flatMap(({ name, line }) => {
    const rule = ruleAgainst(name, file, home, layers);
    const borne = debts.some((debt) => debt.file === file && debt.imports === name);
    return rule === undefined || borne ? [] : [{ file, line, found: `imports "${name}"`, rule }];
  });
  const unreadable = source.unreadableImports.map(({ name, line }) => ({
    file,
    line,
    found: name,
    rule: "the target of an import is a string literal, so that this table can be checked",
  }));
  return [...forbidden, ...unreadable];
}

function ruleAgainst(specifier: string, file: string, home: Layer, layers: readonly Layer[]): string | undefined {
  if (!specifier.startsWith(".")) {
    if (home.packages.some((allowed) => isPackage(specifier, allowed))) return undefined;
    return `${home.path} may import ${listed(home.packages, "no package")}`;
  }
  const target = posix.join(posix.dirname(file), specifier.replace(/\?.*$/, ""));
  if (target.startsWith("../")) return "src imports nothing outside src but packages";
  if (posix.extname(target) === "") return "a relative import names the file with its extension";
  const there = layerOf(target, layers);
  if (there === undefined) return "leads to no layer of the table in test/architecture.test.ts";
  if (there === home || home.layers.some((allowed) => isWithin(there.path, allowed))) return undefined;
  return `${home.path} may import ${listed(home.layers, "no other layer")}, and this is ${there.path}`;
}

function layerOf(file: string, layers: readonly Layer[]): Layer | undefined {
  return layers
    .filter(({ path }) => isWithin(file, path))
    .sort((a, b) => b.path.length - a.path.length)
    .at(0);
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function isPackage(specifier: string, allowed: string): boolean {
  return allowed === "node:" ? specifier.startsWith("node:") : isWithin(specifier, allowed);
}

function listed(allowed: readonly string[], none: string): string {
  return allowed.length === 0 ? none : `only ${allowed.join(", ")}`;
}

/**
 * Names by which the outside world, chance or a person's language gets in: each differs from run to run or from machine to machine.
 * Those of the DOM (`window`, `document`) are not among them: src/tsconfig.pure.json knows none, and a window is also a span of time here.
 */
const impureNames = new Set([
  ...["Date", "Temporal", "performance", "crypto", "fetch", "globalThis", "eval"],
  ...["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "requestAnimationFrame"],
  ...["Intl", "WeakRef", "FinalizationRegistry", "Atomics"],
]);
const impureProperties = new Set([
  "localeCompare",
  "toLocaleString",
  "toLocaleUpperCase",
  "toLocaleLowerCase",
  "toLocaleDateString",
  "toLocaleTimeString",
]);

/** What of Math gives the same bits in every engine: exact operations and constants that the language defines to the digit. */
const exactMaths = new Set([
  ...["abs", "ceil", "clz32", "floor", "fround", "imul", "max", "min", "round", "sign", "sqrt", "trunc"],
  ...["E", "LN10", "LN2", "LOG10E", "LOG2E", "PI", "SQRT1_2", "SQRT2"],
]);

/** No wall clock, no ambient randomness, no timer, nothing of the platform's that differs between two machines. */
export function purityViolations(file: string, text: string): Violation[] {
  const { names, properties } = readSourceText(file, text);
  const rule =
    "pure folders reach for no clock, chance, timer, network, locale or global object; it comes in as an input";
  return [
    ...names.filter(({ name }) => impureNames.has(name)),
    ...properties.filter(({ name }) => impureProperties.has(name)),
  ].map((use) => violation(file, use, rule));
}

/** Only arithmetic that every engine does to the same bit. */
export function exactnessViolations(file: string, text: string): Violation[] {
  const { maths, powers } = readSourceText(file, text);
  const random = "a random number is drawn from a seeded stream that is kept in the state it drives (src/base)";
  const inexact = "differs between engines in the last bits: use + - * / sqrt, or the exact maths of src/base";
  return [
    ...maths
      .filter(({ name }) => !exactMaths.has(name))
      .map((use) => {
        const found = use.name === "Math" ? "Math as a value" : `Math.${use.name}`;
        return violation(file, { ...use, name: found }, use.name === "random" ? random : inexact);
      }),
    ...powers.map((use) => violation(file, use, inexact)),
  ];
}

/** The model never waits: a step returns before anything else happens. */
export function waitingViolations(file: string, text: string): Violation[] {
  const rule = "nothing under model/ waits: the host awaits, the model steps";
  return readSourceText(file, text).waits.map((use) => violation(file, use, rule));
}

/** The type checker is believed, not overruled. */
export function escapeViolations(file: string, text: string): Violation[] {
  const rule = "src overrules the type checker nowhere: narrow the value, or fix the type";
  return readSourceText(file, text).escapes.map((use) => violation(file, use, rule));
}

function violation(file: string, { name, line }: Use, rule: string): Violation {
  return { file, line, found: name, rule };
}
