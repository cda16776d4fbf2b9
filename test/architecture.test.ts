// Who may import whom, and what the pure folders may not reach for. The table is the architecture: to change one is to change the other.
// The second half shows each rule firing on a made-up file, so that a green first half means something.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  type Debt,
  describeViolation,
  escapeViolations,
  exactnessViolations,
  importViolations,
  type Layer,
  purityViolations,
  type Violation,
  waitingViolations,
} from "./support/sourceRules.ts";

const protocol = "model/protocol";

const pagePackages = [
  ...["react", "react-dom", "zustand", "d3"],
  ...["@base-ui/react", "lucide-react", "@fontsource-variable/inter"],
];

const layers: readonly Layer[] = [
  // The composition root knows everybody but the lab, which is for Node.
  {
    path: "main.tsx",
    layers: ["base", "model", "data", "host", "view"],
    packages: [...pagePackages, "comlink", "zod"],
  },
  { path: "base", layers: [], packages: [] },

  { path: protocol, layers: ["base"], packages: [] },
  { path: "model/vector", layers: ["base", protocol], packages: [] },
  { path: "model/replica", layers: ["base", protocol, "model/vector"], packages: [] },
  { path: "model/network", layers: ["base", protocol], packages: [] },
  { path: "model/client", layers: ["base", protocol], packages: [] },
  { path: "model/verdict", layers: ["base", protocol, "model/vector"], packages: [] },
  {
    path: "model/cluster",
    layers: [
      ...["base", protocol, "model/vector", "model/replica"],
      ...["model/network", "model/client", "model/verdict"],
    ],
    packages: [],
  },
  {
    path: "model/measure",
    layers: ["base", protocol, "model/vector", "model/replica", "model/network", "model/cluster"],
    packages: [],
  },
  { path: "model/history", layers: ["base", protocol, "model/cluster", "model/measure"], packages: [] },

  { path: "data", layers: ["base", "model"], packages: ["zod", "fflate", "d3-dsv", "hyparquet"] },
  { path: "host", layers: ["base", "model", "data"], packages: ["comlink"] },
  { path: "lab", layers: ["base", "model", "data", "host"], packages: ["node:"] },

  // Of the model, the view knows what crosses the border and nothing else.
  { path: "view/store", layers: ["base", protocol], packages: ["zustand"] },
  { path: "view/layout", layers: ["base", protocol], packages: ["d3"] },
  { path: "view/storage", layers: ["base", protocol, "data"], packages: ["idb"] },
  // Forms are an edge: what people type is checked there with a schema.
  { path: "view/ui", layers: ["base", protocol, "data", "view"], packages: [...pagePackages, "zod", "uqr"] },
];

/** Debt: imports that the table forbids and that stand for now, each with the reason. Empty is the goal. */
const debts: readonly Debt[] = [];

const pureFolders = ["base", "model"];
/** Embeddings are made under data and enter the run hash: their bits must not depend on the engine either. */
const exactFolders = [...pureFolders, "data"];
const readmeLines = 60;

interface SourceFile {
  readonly file: string;
  readonly text: string;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const sources = readSources();

describe("the source", () => {
  it("is found", () => {
    expect(sources.length).toBeGreaterThan(0);
  });

  it("imports only what the table of layers allows", () => {
    expectNone(sources.flatMap(({ file, text }) => importViolations(file, text, layers, debts)));
  });

  it("reaches for no clock, chance, timer, locale or global object in base and model", () => {
    expectNone(within(pureFolders).flatMap(({ file, text }) => purityViolations(file, text)));
  });

  it("computes only what every engine computes alike in base, model and data", () => {
    expectNone(within(exactFolders).flatMap(({ file, text }) => exactnessViolations(file, text)));
  });

  it("waits for nothing in model", () => {
    expectNone(within(["model"]).flatMap(({ file, text }) => waitingViolations(file, text)));
  });

  it("overrules the type checker nowhere", () => {
    expectNone(sources.flatMap(({ file, text }) => escapeViolations(file, text)));
  });

  it("explains each folder that holds code in a README of one screen", () => {
    const folders = new Set(sources.map(({ file }) => posix.dirname(file)));
    expect([...folders].flatMap(readmeComplaints)).toEqual([]);
  });

  it("bears only debts that have a reason and are still owed", () => {
    for (const debt of debts) {
      expect(debt.reason, `the debt of ${debt.file}`).not.toBe("");
      const owed = sources
        .filter(({ file }) => file === debt.file)
        .flatMap(({ file, text }) => importViolations(file, text, layers, []))
        .some(({ found }) => found === `imports "${debt.imports}"`);
      expect(owed, `src/${debt.file} no longer imports "${debt.imports}": take it off the list`).toBe(true);
    }
  });
});

describe("the lock file", () => {
  it("names no registry, so that it works with anybody's", () => {
    expect(readFileSync(posix.join(root, "package-lock.json"), "utf8")).not.toContain('"resolved"');
  });
});

describe("the table of layers", () => {
  const imports = (file: string, text: string) => importViolations(file, text, layers, []).map(describeViolation);

  it("allows a layer itself, what stands in its row, and the packages of its row with their parts", () => {
    expect(
      imports(
        "view/ui/stage/Stage.tsx",
        `import { useStore } from "zustand";
        import { Dialog } from "@base-ui/react/dialog";
        import { micros } from "../../../base/units.ts";
        import { selectLag } from "../../store/selectors.ts";
        import type { Frame } from "../../../model/protocol/frame.ts";
        import { drawLinks } from "../draw/links.ts";
        import "./stage.css";`,
      ),
    ).toEqual([]);
  });

  it("names file, line, import and rule", () => {
    expect(imports("base/heap.ts", `// A heap.\nimport { Term } from "../model/protocol/ids.ts";`)).toEqual([
      'src/base/heap.ts:2: imports "../model/protocol/ids.ts": base may import no other layer, and this is model/protocol',
    ]);
  });

  it.each([
    ["an import", `import { step } from "../../model/replica/step.ts";`],
    ["an import of types", `import type { Replica } from "../../model/replica/step.ts";`],
    ["an import for its effects", `import "../../model/replica/step.ts";`],
    ["a dynamic import", `const later = () => import("../../model/replica/step.ts");`],
    ["a dynamic import in backticks", "const later = () => import(`../../model/replica/step.ts`);"],
    ["the import of a type in place", `type Replica = import("../../model/replica/step.ts").Replica;`],
    ["a re-export", `export { step } from "../../model/replica/step.ts";`],
    ["a re-export of everything", `export * from "../../model/replica/step.ts";`],
    ["a worker's address", `new Worker(new URL("../../model/replica/step.ts", import.meta.url), { type: "module" });`],
    ["an address with a query", `import step from "../../model/replica/step.ts?worker&inline";`],
  ])("sees %s", (_, text) => {
    expect(imports("view/ui/App.tsx", text)).toHaveLength(1);
  });

  it.each([
    ["view/ui/App.tsx", "comlink"],
    ["view/ui/App.tsx", "../../host/session.ts"],
    ["view/ui/App.tsx", "../../model/verdict/promises.ts"],
    ["view/store/slices.ts", "react"],
    ["view/store/slices.ts", "../ui/App.tsx"],
    ["view/store/slices.ts", "../layout/ring.ts"],
    ["view/layout/ring.ts", "zustand"],
    ["view/layout/ring.ts", "../../data/catalogue.ts"],
    ["model/protocol/frame.ts", "../vector/digest.ts"],
    ["model/replica/step.ts", "../cluster/eventLoop.ts"],
    ["model/replica/step.ts", "../network/link.ts"],
    ["model/network/link.ts", "../replica/step.ts"],
    ["model/client/session.ts", "../network/link.ts"],
    ["model/verdict/promises.ts", "../replica/step.ts"],
    ["model/cluster/eventLoop.ts", "../history/checkpoint.ts"],
    ["model/cluster/eventLoop.ts", "../../host/session.ts"],
    ["model/vector/search.ts", "d3"],
    ["data/catalogue.ts", "../view/store/slices.ts"],
    ["data/catalogue.ts", "react"],
    ["host/session.ts", "../view/store/slices.ts"],
    ["host/session.ts", "node:fs"],
    ["lab/run.ts", "../view/store/slices.ts"],
    ["main.tsx", "./lab/run.ts"],
    ["base/heap.ts", "d3-array"],
    ["view/layout/ring.ts", "d3-array"],
  ])("forbids %s to import %s", (file, specifier) => {
    expect(imports(file, `import "${specifier}";`)).toHaveLength(1);
  });

  it("forbids what leads out of src, to no layer, or to a file without its extension", () => {
    const text = `import "../../test/support/cluster.ts"; import "../colours.ts"; import "./heap"; import "/src/base/heap.ts";`;
    expect(imports("base/rng.ts", text)).toHaveLength(4);
  });

  it("forbids a file that no row is for", () => {
    expect(imports("helpers/misc.ts", "export const one = 1;")).toEqual([
      "src/helpers/misc.ts:1: this file: belongs to no layer of the table in test/architecture.test.ts",
    ]);
  });

  it("forbids imports that cannot be read", () => {
    const text = `export const f = (at: string) => [import(at), new URL(at, import.meta.url), import.meta.glob("./*.ts")];
      /// <reference path="../view/ui/App.tsx" />`;
    expect(imports("host/spawn.ts", text)).toHaveLength(4);
  });

  it("is not misled by comments and strings", () => {
    const text = `// import "react";\n/* export * from "d3" */\nexport const example = 'import "zustand";';`;
    expect(imports("base/heap.ts", text)).toEqual([]);
  });

  it("bears a debt for the one import that it names", () => {
    const debt = { file: "base/heap.ts", imports: "d3", reason: "an example" };
    const text = `import { ascending } from "d3"; import "react";`;
    expect(importViolations("base/heap.ts", text, layers, [debt])).toHaveLength(1);
  });
});

describe("the rules of the pure folders", () => {
  const found = (violations: readonly Violation[]) => violations.map((violation) => violation.found);

  it.each([
    ["const at = Date.now();", "Date"],
    ["const at = new Date();", "Date"],
    ["const at = performance.now();", "performance"],
    ["setTimeout(() => {}, 0);", "setTimeout"],
    ["setInterval(() => {}, 0);", "setInterval"],
    ["queueMicrotask(() => {});", "queueMicrotask"],
    ["const later = { setTimeout };", "setTimeout"],
    ["fetch('/items');", "fetch"],
    ["const id = crypto.randomUUID();", "crypto"],
    ["const clock = globalThis['Da' + 'te'];", "globalThis"],
    ["ids.sort((a, b) => a.localeCompare(b));", "localeCompare"],
    ["ids.sort((a, b) => a['localeCompare'](b));", "localeCompare"],
    ["const text = (1.5).toLocaleString();", "toLocaleString"],
  ])("see that %s is not pure", (text, name) => {
    expect(found(purityViolations("model/replica/step.ts", text))).toEqual([name]);
  });

  it("leave alone what only has the same name, and what is said about it", () => {
    const text = `// Date.now() would be wrong here.
      const window = 3;
      interface Clock { performance: number; Date: string }
      export const read = (clock: Clock) => clock.performance + clock.Date + "setTimeout";
      export { read as fetch };`;
    expect(purityViolations("model/replica/step.ts", text)).toEqual([]);
  });

  it.each([
    ["Math.random()", "Math.random"],
    ["Math.log(2)", "Math.log"],
    ["Math.exp(2)", "Math.exp"],
    ["Math.pow(2, 3)", "Math.pow"],
    ["Math.sin(2)", "Math.sin"],
    ["Math.cos(2)", "Math.cos"],
    ["Math.tan(2)", "Math.tan"],
    ["Math.cbrt(2)", "Math.cbrt"],
    ["Math.hypot(2, 3)", "Math.hypot"],
    ["Math['exp'](2)", "Math as a value"],
    ["((maths) => maths)(Math)", "Math as a value"],
    ["2 ** x", "**"],
    ["(x **= 2)", "**="],
  ])("see that %s differs between engines", (expression, name) => {
    const text = `let x = 2; const { floor } = { floor: 1 }; export const y = ${expression};`;
    expect(found(exactnessViolations("model/vector/digest.ts", text))).toEqual([name]);
  });

  it("see Math taken apart", () => {
    expect(found(exactnessViolations("base/rng.ts", "const { exp } = Math;"))).toEqual(["Math as a value"]);
  });

  it("allow exact arithmetic", () => {
    const text = `export const f = (x: number) => Math.sqrt(x) + Math.floor(x / 3) * Math.imul(x | 0, 7) - Math.PI;
      export const limit = 2n ** 64n;`;
    expect(exactnessViolations("base/hash.ts", text)).toEqual([]);
  });

  it.each([
    ["async function f() {}", ["async"]],
    ["const f = async () => {};", ["async"]],
    ["class A { async f() {} }", ["async"]],
    ["const f = { async *g() {} };", ["async"]],
    ["async () => { await g(); };", ["async", "await"]],
    ["async () => { for await (const x of y) z(x); };", ["async", "for await"]],
  ])("see that %s waits", (text, waits) => {
    expect(found(waitingViolations("model/cluster/eventLoop.ts", text))).toEqual(waits);
  });

  it.each([
    ["const a = b as any;", "as any"],
    ["const a = b as unknown as Replica;", "as unknown as"],
    ["const a = (b as unknown) as Replica;", "as unknown as"],
    ["// @ts-ignore\nconst a = b;", "@ts-ignore"],
    ["/* @ts-ignore */ const a = b;", "@ts-ignore"],
    ["// @ts-nocheck\nconst a = b;", "@ts-nocheck"],
  ])("see that %s overrules the type checker", (text, silenced) => {
    expect(found(escapeViolations("view/ui/App.tsx", text))).toEqual([silenced]);
  });

  it("allow what the type checker checks", () => {
    const text = `const a = b as const; const c = d as unknown; const e = f as Term; const g = "as any";`;
    expect(escapeViolations("view/ui/App.tsx", text)).toEqual([]);
  });

  it("refuse a file that cannot be parsed, rather than pass it", () => {
    expect(() => purityViolations("base/rng.ts", "const = ;")).toThrow("base/rng.ts cannot be parsed");
  });
});

function readSources(): SourceFile[] {
  const folder = posix.join(root, "src");
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /\.tsx?$/.test(file))
    .sort()
    .map((file) => ({ file, text: readFileSync(posix.join(folder, file), "utf8") }));
}

function within(folders: readonly string[]): SourceFile[] {
  return sources.filter(({ file }) => folders.some((folder) => file.startsWith(`${folder}/`)));
}

function readmeComplaints(folder: string): string[] {
  const readme = posix.join("src", folder, "README.md");
  if (!existsSync(posix.join(root, readme))) return [`${readme} is missing`];
  const lines = readFileSync(posix.join(root, readme), "utf8").trimEnd().split("\n").length;
  return lines > readmeLines ? [`${readme} has ${lines} lines, one screen is ${readmeLines}`] : [];
}

function expectNone(violations: readonly Violation[]): void {
  expect(violations.map(describeViolation)).toEqual([]);
}
