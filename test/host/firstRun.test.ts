// The run that everybody sees first: what its seed was chosen for.
import { describe, expect, it } from "vitest";
import { replicaId } from "../../src/base/ids.ts";
import { seconds } from "../../src/base/units.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import { defaultInputs, OPENING } from "../../src/host/firstRun.ts";
import { replay } from "../../src/model/cluster/replay.ts";
import type { TimedCommand } from "../../src/model/protocol/commands.ts";

const products = datasetByName("products");

describe("the first run", () => {
  it("elects r1 in term 1 before it is opened, and nobody else for as long as nothing is broken", () => {
    const { state } = replay(defaultInputs(), products, seconds(125));
    expect(state.leaderships).toMatchObject([{ replicaId: 1, term: 1, to: undefined }]);
    expect(state.leaderships[0]?.from).toBeLessThan(OPENING);
    expect(state.members.map(({ status }) => status.currentTerm)).toEqual([1, 1, 1]);
    expect(state.counters).toMatchObject({ writesUnknown: 0, writesFailed: 0, acknowledgedWritesLost: 0, skipped: 0 });
  });

  it.each([5, 5.7, 6.4, 7.1, 8.5, 9.9, 12])("elects another in term 2 at once when r1 is killed at %d s", (at) => {
    const commands: TimedCommand[] = [{ at: seconds(at), command: { kind: "crash", replicaId: replicaId(1) } }];
    const { state } = replay({ ...defaultInputs(), commands }, products, seconds(at + 0.3));
    expect(state.leaderships.at(-1)).toMatchObject({ term: 2, to: undefined });
  });
});
