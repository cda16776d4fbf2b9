// One link, one run: there and back to the bit, small, and whatever is broken is said and never becomes another run.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashText } from "../../../src/base/hash.ts";
import { micros, seconds } from "../../../src/base/units.ts";
import { datasetByName } from "../../../src/data/dataset.ts";
import { base64Url } from "../../../src/data/link/bytes.ts";
import type { LinkResult, RunContent } from "../../../src/data/link/content.ts";
import { carriesExactly, documentText, readDocument } from "../../../src/data/link/document.ts";
import { fragmentOf, LINK_KEY, LONGEST_LINK, linkFragment, readLink } from "../../../src/data/link/link.ts";
import { inputsDigest } from "../../../src/data/scenarios/scenarioOf.ts";
import { replay } from "../../../src/model/cluster/replay.ts";
import { MODEL_VERSION } from "../../../src/model/protocol/config.ts";
import type { RunInputs } from "../../../src/model/protocol/session.ts";
import { anyInputs } from "../../support/anyInputs.ts";
import { lessonRun } from "../../support/lessonRun.ts";

function contentOf(inputs: RunInputs, parts: Partial<RunContent> = {}): RunContent {
  return {
    inputs,
    place: { at: seconds(12), events: 4_321, hash: "0123456789abcdef" },
    speed: 0.05,
    playing: false,
    lesson: undefined,
    panel: undefined,
    picture: undefined,
    branch: undefined,
    branches: [],
    ...parts,
  };
}

function opened(result: LinkResult): RunContent {
  if (!result.ok) throw new Error(result.problem);
  return result.content;
}

/** What a content is about, with each run by its digest. */
function told({ inputs, branches, ...rest }: RunContent) {
  const runs = branches.map((branch) => ({ name: branch.name, at: branch.at, run: inputsDigest(branch.inputs) }));
  return { ...rest, run: inputsDigest(inputs), model: inputs.modelVersion, runs };
}

const anyContent = fc
  .record({
    inputs: anyInputs,
    other: anyInputs,
    at: fc.integer({ min: 0, max: 3_600_000_000 }).map(micros),
    events: fc.option(fc.nat(), { nil: undefined }),
    speed: fc.double({ min: 0.001, max: 100, noNaN: true }),
    playing: fc.boolean(),
    name: fc.string({ minLength: 1, maxLength: 30, unit: "grapheme" }),
    kept: fc.nat({ max: 12 }),
  })
  .map(({ inputs, other, at, events, speed, playing, name, kept }) => {
    const shared = [...inputs.commands.slice(0, kept), { at: seconds(700), command: { kind: "heal" } as const }];
    return contentOf(inputs, {
      place: { at, events, hash: "00ff00ff00ff00ff" },
      speed,
      playing,
      lesson: "two-am",
      panel: "events",
      picture: "both",
      neighbours: 50,
      branch: name,
      branches: [
        { name: `${name}2`, at: seconds(3), inputs: { ...inputs, commands: shared } },
        { name: "elsewhere", at: seconds(4), inputs: other },
      ],
    });
  });

/** For properties over many runs, on a machine that may be busy with other things. */
const PATIENCE = 120_000;

describe("a link", { timeout: PATIENCE }, () => {
  it("carries a run and everything around it, to the bit", () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        expect(carriesExactly(content)).toBe(true);
        const text = linkFragment(content);
        expect(text).toMatch(/^run=1\.[A-Za-z0-9_-]+$/);
        expect(told(opened(readLink(text)))).toEqual(told(content));
      }),
      { numRuns: 150 },
    );
  });

  it("carries a three-minute lesson of twenty actions in at most 2 KB", () => {
    const content = contentOf(lessonRun(), { place: { at: seconds(180), events: 91_234, hash: "7f3ac21e00d1b52a" } });
    const address = `https://example.org/replicascope/#${linkFragment(content)}`;
    expect(content.inputs.commands).toHaveLength(20);
    expect(address.length).toBeLessThanOrEqual(2_048);
  });

  it("opens at the run hash of the moment that it was made", () => {
    const inputs = lessonRun();
    const dataset = datasetByName("products");
    const at = seconds(45);
    const hash = hashText(replay(inputs, dataset, at).state.hash);
    const there = opened(readLink(linkFragment(contentOf(inputs, { place: { at, events: undefined, hash } }))));
    expect(hashText(replay(there.inputs, dataset, there.place.at).state.hash)).toBe(there.place.hash);
  });
});

describe("a link that is broken", { timeout: PATIENCE }, () => {
  const fragment = linkFragment(contentOf(lessonRun()));
  const whole = told(contentOf(lessonRun()));

  it("in whatever way never throws and never opens another run", () => {
    const damage = fc.oneof(
      fc.tuple(fc.nat(), fc.string({ maxLength: 3 })).map(([at, put]) => {
        const where = at % fragment.length;
        return fragment.slice(0, where) + put + fragment.slice(where + 1);
      }),
      fc.nat().map((at) => fragment.slice(0, at % fragment.length)),
      fc.tuple(fc.nat(), fc.nat()).map(([from, to]) => {
        const [a, b] = [from % fragment.length, to % fragment.length].sort((one, other) => one - other);
        return fragment.slice(0, a) + fragment.slice(b);
      }),
      fc.string({ maxLength: 200, unit: "binary" }).map((text) => `${LINK_KEY}1.${text}`),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => `${LINK_KEY}1.${base64Url(bytes)}`),
      fc.string({ maxLength: 300 }),
    );
    fc.assert(
      fc.property(damage, (text) => {
        const result = readLink(text);
        if (result.ok) expect(told(result.content)).toEqual(whole);
        else expect(result.problem).toMatch(/\. The usual run is open instead; nothing that was kept has changed\.$/);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ["truncated", fragment.slice(0, -9), "The link is cut short: of"],
    ["truncated", "run=1.AAAA", "The link is cut short: it was not copied whole."],
    ["damaged", `${fragment.slice(0, 90)}!${fragment.slice(91)}`, "it has letters that no link has"],
    ["damaged", `${fragment}AAAA`, "its checksum does not fit"],
    ["newer", fragment.replace("run=1.", "run=2."), "made by a newer Replicascope (links of format 2)"],
    ["oversized", `run=1.${"A".repeat(LONGEST_LINK)}`, "too long for one run"],
    ["none", "", "holds no run"],
  ])("is called %s", (fault, text, words) => {
    const result = readLink(text);
    expect(result).toMatchObject({ ok: false, fault });
    expect(result.ok ? "" : result.problem).toContain(words);
  });

  it("because it unpacks to more than a run can be is left alone early", () => {
    const bomb = fragmentOf("[".repeat(30_000_000));
    expect(bomb.length).toBeLessThan(LONGEST_LINK);
    expect(readLink(bomb)).toMatchObject({ ok: false, fault: "oversized" });
  });

  it("although whole, because what is inside is none of ours, says where", () => {
    const text = documentText(contentOf(lessonRun()));
    const cases: readonly (readonly [string, string])[] = [
      [text.replace(`"model":${MODEL_VERSION}`, '"model":999'), `model 999; this is ${MODEL_VERSION}`],
      [text.replace('{"version":1', '{"version":2'), "format 2; this one reads 1"],
      [text.replace('"do":"crash"', '"do":"explode"'), 'no verb that is known: "explode"'],
      [text.replace('"replica":"r1"', '"replica":"r9"'), "must be one of the replicas r1 to r3"],
      [text.replace(/,"speed":0\.05}$/, "}"), "speed: is missing"],
      [text.replace('"do":"crash"', '"every":"1us","do":"crash"'), "actions[0]: must happen once"],
      [text.replace('"at":"12s"', '"at":"99999999999999999999s"'), "is longer than any run can be"],
      ["null", "must be an object"],
      ["{", "cannot be read"],
    ];
    for (const [changed, words] of cases) {
      expect(changed).not.toBe(text);
      const result = readLink(fragmentOf(changed));
      expect(result.ok ? "opened" : result.problem).toContain(words);
    }
  });

  it("is read from any JSON without a throw", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(readDocument(text).ok).toBe(false);
      }),
    );
  });
});
