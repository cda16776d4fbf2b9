// "Why?" of struck cells: why the leader lacks the last of them, or why it is lost.
import { describe, expect, it } from "vitest";
import { present } from "../../../../src/base/assert.ts";
import { logIndex, term } from "../../../../src/base/ids.ts";
import { frameApplier } from "../../../../src/view/store/applyFrame.ts";
import { FrameCollector } from "../../../../src/view/store/frameCollector.ts";
import { createViewStore } from "../../../../src/view/store/viewStore.ts";
import { doomedQuestion, whyDoomed } from "../../../../src/view/ui/stage/doomed.ts";
import { aFrame, aReplica, aStrip, indicesFrom, leading, r1, r2, r3 } from "../../../support/frameBuilders.ts";
import { lost } from "../../store/someEvents.ts";

const parted = aFrame({
  replicas: [
    aReplica(r1, { strip: aStrip("1111", 2), doomedCount: 2, status: leading([r2, r3]) }),
    aReplica(r2, { strip: aStrip("112"), status: { ...leading([r1, r3]), currentTerm: term(2) } }),
    aReplica(r3, { strip: aStrip("112") }),
  ],
  stripIndices: indicesFrom(36),
});

function shown(frame = parted) {
  const store = createViewStore();
  const collector = new FrameCollector();
  collector.add(frame);
  frameApplier(store)(present(collector.take(), "a batch"));
  return store;
}

describe("why struck entries will be rolled back", () => {
  it("is asked of the leader that lacks the last of them", () => {
    const store = shown();
    const [verb] = whyDoomed(r1, store.getState(), parted);
    expect(verb?.name).toBe("Why will 2 acknowledged writes be rolled back?");
    expect(doomedQuestion(r1, store.getState(), parted)).toEqual({
      kind: "unapplied",
      at: parted.virtualNow,
      replicaId: r2,
      version: { term: term(1), logIndex: logIndex(39) },
      id: "",
    });
  });

  it("is about the loss once the feed tells of it, and nothing where none is struck", () => {
    const loss = lost(1, 39);
    const frame = { ...parted, events: [loss] };
    const store = shown(frame);
    const question = { kind: "fact", at: loss.at, sequence: loss.sequence };
    expect(doomedQuestion(r1, store.getState(), frame)).toEqual(question);
    expect(whyDoomed(r2, store.getState(), frame)).toEqual([]);
    expect(whyDoomed(r1, store.getState(), undefined)).toEqual([]);
  });
});
