// Runs of loaded vectors: links, scenario files and configurations carry which vectors they are and never the vectors, ask for the file
// where it is not there, and then mean the very same run.
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clientId } from "../../src/base/ids.ts";
import { seconds } from "../../src/base/units.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import type { RunContent } from "../../src/data/link/content.ts";
import { documentText, readDocument } from "../../src/data/link/document.ts";
import { linkFragment, readLink } from "../../src/data/link/link.ts";
import { keepOnly, type LoadedTable, loadedContent, provideData, rowPayload } from "../../src/data/loaded.ts";
import { checkScenario, compileScenario } from "../../src/data/scenarios/scenario.ts";
import { inputsDigest, inputsOf, scenarioOf } from "../../src/data/scenarios/scenarioOf.ts";
import { otherFileProblem, withData } from "../../src/data/scenarios/wantedData.ts";
import { InlineRun } from "../../src/model/cluster/inline.ts";
import { replay } from "../../src/model/cluster/replay.ts";
import type { TimedCommand } from "../../src/model/protocol/commands.ts";
import { defaultRun, MODEL_VERSION } from "../../src/model/protocol/config.ts";
import type { RunInputs } from "../../src/model/protocol/session.ts";
import { ownJsonLines, ownNumpy, tableIn } from "../support/ownVectors.ts";

let table: LoadedTable;

beforeEach(async () => {
  table = await tableIn("items.jsonl", ownJsonLines());
  provideData(table);
});

afterEach(() => {
  keepOnly([]);
});

/** A run in which a person wrote and searched: rows of the file, and what is in none. */
function ownRun(): RunInputs {
  const usual = defaultRun(5);
  const config = { ...usual, workload: { ...usual.workload, dataset: table.data } };
  const row = loadedContent(table.data).items[7]?.drafts[0];
  if (row === undefined) throw new Error("no row");
  const client = clientId(1);
  const values = Float32Array.from([0.5, -0.5, 0.5, 0.1, 0, 0.2]);
  const commands: readonly TimedCommand[] = [
    {
      at: seconds(1),
      command: {
        kind: "write",
        client,
        draft: { kind: "put", id: "row-7", values: row.embedding, payload: row.payload },
      },
    },
    { at: seconds(1.5), command: { kind: "search", client, values: row.embedding, k: 7 } },
    {
      at: seconds(2),
      command: {
        kind: "write",
        client,
        draft: { kind: "put", id: "my-1", values, payload: rowPayload("my-1", "新しい \u0301\n☃") },
      },
    },
    { at: seconds(2.5), command: { kind: "write", client, draft: { kind: "delete", id: "row-3" } } },
    { at: seconds(3), command: { kind: "search", client, values, k: 3 } },
  ];
  return { modelVersion: MODEL_VERSION, config, commands };
}

function contentOf(inputs: RunInputs): RunContent {
  const place = { at: seconds(4), events: undefined, hash: undefined };
  const nothing = { lesson: undefined, panel: undefined, picture: undefined, branch: undefined };
  return { inputs, place, speed: 1, playing: false, ...nothing, branches: [{ name: "other", inputs, at: seconds(2) }] };
}

function hashOf({ config, commands }: RunInputs): string {
  return replay(
    { modelVersion: MODEL_VERSION, config, commands },
    datasetByName(config.workload.dataset),
    seconds(5),
  ).hash();
}

describe("a run of loaded vectors", () => {
  it("begins with nine rows of ten on every replica, and its clients write the others", () => {
    const run = new InlineRun(ownRun().config, datasetByName(table.data));
    run.runUntil(seconds(1));
    for (const { status } of run.state.members) expect(status.vectorCount).toBeGreaterThan(85);
    run.runUntil(seconds(60));
    const held = new Set(run.replicas.get(run.state.members[0]?.id ?? expect.fail("no replica"))?.store.items.keys());
    expect([...held].some((id) => Number(id.slice(4)) >= 90)).toBe(true);
  });

  it("goes through a scenario file and back without a change, and the file has no vector of the data in it", () => {
    const inputs = ownRun();
    const file = scenarioOf(inputs, { at: seconds(4), speed: 1 });
    expect(file.workload?.dataset).toEqual(table.data);
    const text = JSON.stringify(file);
    expect(text.length).toBeLessThan(1_500);
    const checked = checkScenario(JSON.parse(text));
    const back = checked.ok ? inputsOf(checked.value) : checked;
    if (!back.ok) throw new Error(back.problem);
    expect(inputsDigest(back.value)).toBe(inputsDigest(inputs));
    expect(hashOf({ ...inputs, ...back.value })).toBe(hashOf(inputs));
  });

  it("goes through a link, which asks for the file where it is not, and then opens the same run", () => {
    const inputs = ownRun();
    const hash = hashOf(inputs);
    const fragment = linkFragment(contentOf(inputs));
    keepOnly([]);
    const asked = readLink(fragment);
    expect(asked).toMatchObject({ ok: false, fault: "data", wanted: table.data });
    if (asked.ok) return;
    expect(asked.problem).toBe("This run uses items.jsonl (9.6 kB). Open the file to go on.");
    provideData(table);
    const read = readLink(fragment);
    if (!read.ok) throw new Error(read.problem);
    expect(read.content.inputs).toEqual(inputs);
    expect(read.content.branches[0]?.inputs).toEqual(inputs);
    expect(hashOf(read.content.inputs)).toBe(hash);
  });

  it("asks for the file when only a branch is of loaded vectors", () => {
    const own = ownRun();
    const usual = { modelVersion: MODEL_VERSION, config: defaultRun(5), commands: [] };
    const text = documentText({ ...contentOf(usual), branches: [{ name: "own", inputs: own, at: seconds(2) }] });
    keepOnly([]);
    expect(readDocument(text)).toMatchObject({ ok: false, fault: "data", wanted: { digest: table.data.digest } });
  });

  it("carries the columns that a person chose", async () => {
    const data = { ...table.data, idColumn: "key", vectorColumns: "2-7" };
    const usual = defaultRun(5);
    const inputs = {
      modelVersion: MODEL_VERSION,
      config: { ...usual, workload: { ...usual.workload, dataset: data } },
      commands: [],
    };
    const read = readLink(linkFragment(contentOf(inputs)));
    expect(read.ok && read.content.inputs.config.workload.dataset).toEqual(data);
  });

  it("has the same hash whatever the file was called and whatever format it had", async () => {
    const asList = `[${ownJsonLines().split("\n").join(",")}]`;
    const other = await tableIn("other.json", asList);
    expect(other.data.digest).toBe(table.data.digest);
    const { config, ...rest } = ownRun();
    const renamed = { ...rest, config: { ...config, workload: { ...config.workload, dataset: other.data } } };
    expect(hashOf(renamed)).toBe(hashOf(ownRun()));
  });
});

describe("a document whose data set is anything", () => {
  it("never throws, and opens no other run: it asks for a file or says what is wrong", () => {
    const text = documentText(contentOf(ownRun()));
    const described = JSON.stringify(table.data);
    expect(text).toContain(described);
    const part = fc.record(
      {
        file: fc.oneof(fc.string(), fc.jsonValue()),
        bytes: fc.oneof(fc.nat(), fc.jsonValue()),
        digest: fc.oneof(fc.constant("0123456789abcdef"), fc.jsonValue()),
        rows: fc.oneof(fc.integer(), fc.jsonValue()),
        dimension: fc.oneof(fc.integer(), fc.jsonValue()),
        idColumn: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(part, fc.jsonValue()), (dataset) => {
        fc.pre(dataset !== "products" && dataset !== "colours");
        const read = readDocument(text.replaceAll(described, () => JSON.stringify(dataset)));
        expect(read.ok).toBe(false);
        if (!read.ok) expect(read.problem).toMatch(/./);
      }),
      { numRuns: 1_000 },
    );
  }, 60_000);
});

describe("a scenario written by hand", () => {
  const file = { format: "replicascope-scenario", version: 1, workload: { dataset: { file: "data/items.jsonl" } } };

  it("asks for its file, and runs once that was read", () => {
    const checked = checkScenario(file);
    if (!checked.ok) throw new Error(checked.problem);
    expect(compileScenario(checked.value)).toEqual({
      ok: false,
      problem: "This run uses data/items.jsonl. Open the file to go on.",
      wanted: { file: "data/items.jsonl" },
    });
    const made = compileScenario(withData(checked.value, table.data));
    expect(made.ok && made.value.config.workload.dataset).toEqual(table.data);
  });

  it.each([
    [
      "a name that is none",
      "produkts",
      'must be "products", "colours" or a file, as in { "file": "vectors.npy" }, not "produkts"',
    ],
    ["no file", {}, "is missing"],
    ["an empty file name", { file: "" }, "must not be empty"],
    ["a key too many", { file: "a.npy", rowz: 3 }, "workload.dataset.rowz: is no key that is known here"],
    ["a digest that is none", { file: "a.npy", digest: "abc" }, "must be sixteen hexadecimal digits"],
    ["too many rows", { file: "a.npy", rows: 50_001 }, "workload.dataset.rows: must be from 1 to 50000"],
  ])("with %s is refused in one line", (_, dataset, words) => {
    const checked = checkScenario({ ...file, workload: { dataset } });
    expect(checked).toMatchObject({ ok: false, problem: expect.stringContaining(words) });
  });
});

it("another file is refused in a sentence that says how it differs", async () => {
  const wanted = table.data;
  expect(otherFileProblem(wanted, { ...wanted, file: "renamed.jsonl" })).toBeUndefined();
  expect(otherFileProblem({ file: "any.npy" }, wanted)).toBeUndefined();
  const other = await tableIn("vectors.npy", ownNumpy());
  expect(otherFileProblem(wanted, other.data)).toBe(
    "vectors.npy is not the file that this run was made with: its content is another.",
  );
  const smaller = await tableIn("vectors.npy", ownNumpy(20, 4));
  expect(otherFileProblem(wanted, smaller.data)).toBe(
    "vectors.npy is not the file that this run was made with: it is 20 x 4 and not 100 x 6.",
  );
});
