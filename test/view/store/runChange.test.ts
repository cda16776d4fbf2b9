// Another run from this one: what stays, what is adapted, what a person is told.
import { describe, expect, it } from "vitest";
import { replicaId } from "../../../src/base/ids.ts";
import { DEFAULT_INDEX } from "../../../src/model/protocol/config.ts";
import { changeSentence, patchedRun } from "../../../src/view/store/runChange.ts";
import { aConfig } from "../../support/frameBuilders.ts";

describe("another run", () => {
  it("keeps the settings and forgets the commands", () => {
    const config = aConfig(3, { mode: "synchronous" });
    const { config: next, commands } = patchedRun(config, { seed: 12 });
    expect(next).toEqual({ ...config, seed: 12 });
    expect(commands).toEqual([]);
  });

  it("keeps a majority a majority, and cuts other quorums to size", () => {
    const { cluster } = patchedRun(aConfig(3), { replicaCount: 9 }).config;
    expect(cluster).toMatchObject({ replicaCount: 9, writeQuorum: 5 });
    expect(patchedRun(aConfig(5, { writeQuorum: 5, readQuorum: 1 }), { replicaCount: 3 }).config.cluster).toMatchObject(
      {
        writeQuorum: 3,
        readQuorum: 1,
      },
    );
  });

  it("drops the links of replicas that are gone", () => {
    const config = aConfig(5);
    const { quality } = config.network;
    const overrides = [
      { from: replicaId(1), to: replicaId(5), quality },
      { from: replicaId(1), to: replicaId(2), quality },
    ];
    const smaller = patchedRun({ ...config, network: { ...config.network, overrides } }, { replicaCount: 3 });
    expect(smaller.config.network.overrides).toEqual([overrides[1]]);
  });

  it("drops replicas that are gone from index, regions and lead", () => {
    const [r1, r2, r4, r5] = [1, 2, 4, 5].map(replicaId);
    if (r1 === undefined || r2 === undefined || r4 === undefined || r5 === undefined) throw new Error("four ids");
    const index = { ...DEFAULT_INDEX, replicas: [r1, r5] };
    const regions = [
      { name: "east", replicas: [r2, r4] },
      { name: "west", replicas: [r5] },
    ];
    const config = aConfig(5, { searchIndex: index, regions, initialLeader: r5 });
    const { cluster } = patchedRun(config, { replicaCount: 3 }).config;
    expect(cluster.searchIndex).toEqual({ ...index, replicas: [r1] });
    expect(cluster.regions).toEqual([{ name: "east", replicas: [r2] }]);
    expect(cluster.initialLeader).toBeUndefined();
    const gone = patchedRun(aConfig(5, { searchIndex: { ...index, replicas: [r4] } }), { replicaCount: 3 });
    expect(gone.config.cluster).not.toHaveProperty("searchIndex");
    const all = patchedRun(aConfig(5, { searchIndex: DEFAULT_INDEX }), { replicaCount: 3 });
    expect(all.config.cluster.searchIndex).toEqual(DEFAULT_INDEX);
  });

  it("says in one sentence what starts, and that undo brings this run back", () => {
    expect(changeSentence(aConfig(3), { replicaCount: 5 })).toBe(
      "A new run starts at virtual 5 s with 5 replicas; this one is kept, and Undo brings it back.",
    );
    expect(changeSentence(aConfig(3), { dataset: "colours" })).toContain("the colours data set");
    expect(changeSentence(aConfig(3), { seed: 9 })).toContain("seed 9");
  });
});
