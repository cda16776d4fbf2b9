// The run of a lesson, as links are measured by it.
import { clientId, replicaId } from "../../src/base/ids.ts";
import { micros } from "../../src/base/units.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import { embedQuery } from "../../src/data/query.ts";
import type { Command } from "../../src/model/protocol/commands.ts";
import { defaultRun, MODEL_VERSION } from "../../src/model/protocol/config.ts";
import type { RunInputs } from "../../src/model/protocol/session.ts";

/** Three minutes, twenty actions as in a lesson: faults, a partition, settings, own writes, a search. */
export function lessonRun(): RunInputs {
  const [r1, r2, r3] = [replicaId(1), replicaId(2), replicaId(3)];
  const asked = embedQuery("products", "waterproof jacket");
  if (!asked.ok) throw new Error(asked.message);
  const product = datasetByName("products").items[7];
  const draft = product?.drafts[1];
  if (product === undefined || draft === undefined) throw new Error("an item with two drafts is expected");
  const actions: readonly Command[] = [
    { kind: "crash", replicaId: r1 },
    { kind: "restart", replicaId: r1 },
    { kind: "setMode", mode: "asynchronous" },
    {
      kind: "partition",
      groups: [
        [r1, clientId(1)],
        [r2, r3, clientId(2), clientId(3)],
      ],
    },
    {
      kind: "write",
      client: clientId(1),
      draft: { kind: "put", id: product.id, values: draft.embedding, payload: draft.payload },
    },
    { kind: "search", client: clientId(2), values: asked.vector, k: 5 },
    { kind: "heal" },
    { kind: "pause", replicaId: r2 },
    { kind: "resume", replicaId: r2 },
    { kind: "slow", replicaId: r3, factor: 10 },
    { kind: "setQuorum", writeQuorum: 3, readQuorum: 1 },
    { kind: "cut", from: r1, to: r3 },
    { kind: "restore", from: r1, to: r3 },
    { kind: "setRates", rates: { writesPerSecond: 20, readsPerSecond: 5, searchesPerSecond: 2 } },
    { kind: "setRule", rule: "preVote", on: true },
    { kind: "wipe", replicaId: r2 },
    { kind: "setMode", mode: "synchronous" },
    { kind: "promote", replicaId: r3 },
    { kind: "crash", replicaId: r3 },
    { kind: "setMode", mode: "quorum" },
  ];
  const commands = actions.map((command, at) => ({ at: micros(5_123_457 + at * 8_703_911), command }));
  return { modelVersion: MODEL_VERSION, config: defaultRun(47), commands };
}
