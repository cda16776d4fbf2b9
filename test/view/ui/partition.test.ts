// What each side of a cut can do, in words that are true of that side.
import { describe, expect, it } from "vitest";
import { plainFacts } from "../../../src/view/store/applyFrame.ts";
import { noFacts } from "../../../src/view/store/runFacts.ts";
import { outlook } from "../../../src/view/ui/dialogs/partition.ts";
import { aConfig, r1, r2, r3 } from "../../support/frameBuilders.ts";
import { healthyTrio } from "../../support/frames.ts";

const { cluster } = aConfig(3);
const asynchronous = { ...cluster, mode: "asynchronous" as const };

/** r1 leads, r2 and r3 follow. */
const trio = plainFacts(noFacts(), healthyTrio).replicas;

describe("the outlook of a side", () => {
  it("is a yes from the leader that is alone, where one copy is enough", () => {
    expect(outlook([r1], asynchronous, trio)).toBe(
      "r1 cannot elect, but r1 leads there and still says yes to writes: 1 of 3.",
    );
    expect(outlook([r2, r3], asynchronous, trio)).toBe("r2 and r3 can elect and acknowledge: 2 of 3.");
  });

  it("is no yes where nobody leads", () => {
    expect(outlook([r3], asynchronous, trio)).toBe("r3 cannot elect, and nobody leads there to acknowledge: 1 of 3.");
  });

  it("is nothing in a minority of a quorum, or where all are down", () => {
    expect(outlook([r1], cluster, trio)).toBe("r1 cannot elect or acknowledge: 1 of 3.");
    const dead = trio.map((summary) => ({ ...summary, alive: summary.replicaId !== r1 }));
    expect(outlook([r1], asynchronous, dead)).toBe("r1: no running replica, so no answers at all.");
  });
});
