// A search beside the truth tells what a replica holds and does not answer: its index passes over it, no write is missing.
import { expect, it } from "vitest";
import { replicaId } from "../../src/base/ids.ts";
import { seconds } from "../../src/base/units.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import { InlineHost } from "../../src/host/inlineHost.ts";
import { HostedSession } from "../../src/host/session.ts";
import { defaultRun, MODEL_VERSION, type SearchIndexConfig } from "../../src/model/protocol/config.ts";
import { isSkipped } from "../../src/view/store/searchTable.ts";

const index: SearchIndexConfig = { kind: "hnsw", m: 4, efConstruction: 16, ef: 5, replicas: [replicaId(2)] };
const base = defaultRun(47);

interface LeftOut {
  readonly absent: string[][];
  /** Of those, what it says that it holds, and of that what nothing pushed out of its answer. */
  readonly held: string[][];
  readonly skipped: string[][];
}

/** What every replica leaves out of the truth, over many questions. */
async function leftOut(session: HostedSession): Promise<LeftOut> {
  const [absent, held, skipped]: [string[][], string[][], string[][]] = [
    [[], [], []],
    [[], [], []],
    [[], [], []],
  ];
  for (const { drafts } of datasetByName("products").items.slice(0, 60)) {
    const { truth, answers } = await session.search(drafts[0]?.embedding ?? new Float32Array(), 5);
    for (const [slot, answer] of answers.entries()) {
      const { neighbours, unanswered = [] } = answer;
      const answered = new Set(neighbours.map(({ id }) => id));
      absent[slot]?.push(...truth.filter(({ id }) => !answered.has(id)).map(({ id }) => id));
      held[slot]?.push(...unanswered);
      skipped[slot]?.push(...truth.flatMap(({ id, score }) => (isSkipped(answer, id, 5, score) ? [id] : [])));
    }
  }
  return { absent, held, skipped };
}

it("all that an index passes over, and nothing that a replica lacks", { timeout: 60_000 }, async () => {
  const session = new HostedSession({ host: new InlineHost(), datasetByName });
  const config = {
    ...base,
    cluster: { ...base.cluster, searchIndex: index },
    workload: { ...base.workload, writesPerSecond: 20 },
  };
  const paused = { at: seconds(2), command: { kind: "pause", replicaId: replicaId(3) } } as const;
  await session.open({ modelVersion: MODEL_VERSION, config, commands: [paused] }, seconds(8));
  await session.pause();
  const { absent, held, skipped } = await leftOut(session);
  // r3 was paused for six seconds, and searches exactly: it lacks what it leaves out, or something else pushed it out.
  expect(absent[2]?.length).toBeGreaterThan(held[2]?.length ?? 0);
  expect([skipped[0], skipped[2]]).toEqual([[], []]);
  expect(skipped[1]?.length).toBeGreaterThan(0);
  expect(absent[1]).toEqual(expect.arrayContaining(held[1] ?? []));
  session.close();
});
