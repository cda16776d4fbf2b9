// From a run that a person has open to a link and back, over real sessions: wherever it stands, between two events of one
// instant too, what opens elsewhere is at the same event with the same run hash.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { replicaId } from "../../../../src/base/ids.ts";
import { micros, seconds } from "../../../../src/base/units.ts";
import type { RunContent } from "../../../../src/data/link/content.ts";
import { linkFragment, readLink } from "../../../../src/data/link/link.ts";
import { defaultInputs } from "../../../../src/host/firstRun.ts";
import { MODEL_VERSION } from "../../../../src/model/protocol/config.ts";
import { fileText, runInFile } from "../../../../src/view/ui/share/files.ts";
import { contentAtRest, openContent, openedWords } from "../../../../src/view/ui/share/runContent.ts";
import { pictureLessPage as aPage, type PictureLessPage as Page } from "../../../support/pictureLessPage.ts";

/** The content as it arrives at the other end of a link. */
function sent(content: RunContent): RunContent {
  const read = readLink(linkFragment(content));
  if (!read.ok) throw new Error(read.problem);
  return read.content;
}

async function placeOf({ session }: Page) {
  const { virtualNow, counters, runHash } = await session.pull();
  return { at: virtualNow, events: counters.eventsProcessed, hash: runHash };
}

/** What a person may do before sharing. */
const deed = fc.oneof(
  fc.record({ kind: fc.constant("seek" as const), at: fc.integer({ min: 0, max: 6_000_000 }).map(micros) }),
  fc.constant({ kind: "step" as const }),
  fc.constant({ kind: "back" as const }),
  fc.record({ kind: fc.constant("crash" as const), replica: fc.integer({ min: 1, max: 3 }).map(replicaId) }),
  fc.record({ kind: fc.constant("restart" as const), replica: fc.integer({ min: 1, max: 3 }).map(replicaId) }),
);

type Deed = typeof deed extends fc.Arbitrary<infer One> ? One : never;

async function perform({ session }: Page, done: Deed): Promise<unknown> {
  switch (done.kind) {
    case "seek":
      return await session.seek(done.at);
    case "step":
      return await session.step();
    case "back":
      return await session.stepBack();
    default:
      return await session.command({ kind: done.kind, replicaId: done.replica });
  }
}

describe("a shared run", () => {
  it("opens at the same event with the same hash, after whatever seeks, steps and commands", async () => {
    const [here, there] = [await aPage(), await aPage()];
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 8 }), async (deeds) => {
        await here.session.open(defaultInputs(), seconds(2));
        for (const done of deeds) await perform(here, done);
        const { content } = await contentAtRest(here);
        expect(content.place).toEqual(await placeOf(here));
        const opened = await openContent(there, sent(content), false);
        expect(await placeOf(there)).toEqual(content.place);
        expect(opened).toEqual({ isOpen: true, hash: "same" });
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it("comes with its branches, the open one by name, and the panel", async () => {
    const [here, there] = [await aPage(), await aPage()];
    const { inputs } = await here.session.inputs();
    const commands = [{ at: seconds(3), command: { kind: "crash", replicaId: replicaId(1) } }] as const;
    const kept = { id: 7, name: "With a crash", inputs: { ...inputs, commands }, at: seconds(4) };
    here.store.getState().adoptBranches([kept], { id: 8, name: "Without" });
    here.store.getState().setPanel("events");
    const { content } = await contentAtRest(here);
    await openContent(there, sent(content), true);
    const { branches, currentBranch, panel, undoRuns } = there.store.getState();
    expect(branches).toMatchObject([{ name: "With a crash", at: seconds(4), inputs: { commands } }]);
    expect(currentBranch.name).toBe("Without");
    expect(panel).toBe("events");
    expect(undoRuns).toHaveLength(1);
  });

  it("says in words how the hashes compare, and what an older model may change", async () => {
    const { content } = await contentAtRest(await aPage());
    const older = { ...content, inputs: { ...content.inputs, modelVersion: 1 } };
    expect(openedWords(content, { isOpen: true, hash: "same" })).toContain("the same as where it was made");
    expect(openedWords(content, { isOpen: true, hash: "other" })).toContain("is not the one of the link");
    expect(openedWords(older, { isOpen: true, hash: "other" })).toBe(
      `The shared run, at 2.000 s. It was made with model 1, this is ${MODEL_VERSION}: it may differ. Here the run hash is another: this is not quite what was shared.`,
    );
    const page = await aPage();
    const changed = { ...content, place: { ...content.place, hash: "0123456789abcdef" } };
    expect(await openContent(page, changed, false)).toEqual({ isOpen: true, hash: "other" });
  });
});

describe("a scenario file", () => {
  it("of a run is read as that run, commands that are still to come included", async () => {
    const page = await aPage();
    await page.session.seek(seconds(3));
    await page.session.command({ kind: "crash", replicaId: replicaId(2) });
    await page.session.seek(micros(2_345_678));
    const { content } = await contentAtRest(page);
    const found = runInFile(fileText(content, ""), "mine.json");
    expect(found).toMatchObject({
      title: "mine.json",
      at: 2_345_678,
      inputs: { commands: [{ at: seconds(3), command: { kind: "crash", replicaId: 2 } }] },
    });
  });

  it.each([
    ["{", "“a.json” is no scenario file: it is not JSON."],
    ["[]", "“a.json” cannot be opened: must be an object, not []"],
    [`{"format":"replicascope-scenario","version":9}`, "“a.json” cannot be opened: version: is newer than 1"],
    [" ".repeat(4_000_001), "“a.json” is too large for a scenario file."],
  ])("that is none says why", (text, words) => {
    const found = runInFile(text, "a.json");
    expect("problem" in found ? found.problem : "").toContain(words);
  });
});
