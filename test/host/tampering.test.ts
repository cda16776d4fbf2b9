// One changed bit in one message between the loop and a replica changes the run hash: digests are taken from the bits that arrived.
import { describe, expect, it, onTestFinished } from "vitest";
import { type Micros, seconds } from "../../src/base/units.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import { defaultInputs, OPENING } from "../../src/host/firstRun.ts";
import { PortHost } from "../../src/host/portHost.ts";
import { HostedSession } from "../../src/host/session.ts";
import { ChannelSupply, type Relay } from "./channels.ts";
import { PATIENCE } from "./session.contract.ts";

const END: Micros = seconds(8);

async function hashWith(relay: Relay): Promise<string> {
  const session = new HostedSession({ host: new PortHost(new ChannelSupply(relay)), datasetByName });
  onTestFinished(() => session.close());
  await session.pause();
  await session.open(defaultInputs(), OPENING);
  await session.runTo(END);
  expect((await session.pull()).failure).toBeUndefined();
  return (await session.hashNow()).runHash;
}

type Fields = Record<string, unknown>;

/** The first object inside `value` that `fits`, depth first. */
function find(value: unknown, fits: (fields: Fields) => boolean): Fields | undefined {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return undefined;
  const fields = value as Fields;
  if (fits(fields)) return fields;
  for (const field of value instanceof Map ? value.values() : Object.values(fields)) {
    const found = find(field, fits);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether this is a window's work, or an answer (to anything). */
function isWorkOrAnswer(message: unknown): boolean {
  const { path } = message as Fields;
  return path === undefined || (Array.isArray(path) && path[0] === "run");
}

/** Changes the first message in `direction` in which an object `fits`, and only that one; `done` tells whether it came. */
function once(
  direction: "in" | "out",
  fits: (fields: Fields) => boolean,
  change: (fields: Fields) => void,
  repeatedly = false,
): { readonly relay: Relay; readonly done: () => boolean } {
  let done = false;
  const relay: Relay = (message, way) => {
    const wanted = way === direction && (repeatedly || !done) && isWorkOrAnswer(message);
    const found = wanted ? find(message, fits) : undefined;
    if (found !== undefined) {
      change(found);
      done = true;
    }
    return message;
  };
  return { relay, done: () => done };
}

function flipOneBit(values: unknown): void {
  if (!(values instanceof Float32Array)) throw new Error("no vector to change");
  const bits = new DataView(values.buffer, values.byteOffset);
  bits.setUint32(12, bits.getUint32(12) ^ 1);
}

const isPutEntry = ({ operation, requestId, index }: Fields) =>
  index !== undefined &&
  requestId !== undefined &&
  typeof operation === "object" &&
  operation !== null &&
  "embedding" in operation;

function changeEmbedding(entry: Fields): void {
  const embedding = find(entry, ({ values }) => values instanceof Float32Array);
  flipOneBit(embedding?.values);
}

/** Runs that write often enough to have an entry on its way in both directions. */
const changes: readonly (readonly [string, ReturnType<typeof once>])[] = [
  ["a bit of an embedding on its way to a replica", once("in", isPutEntry, changeEmbedding)],
  ["a bit of an embedding on its way from a replica", once("out", isPutEntry, changeEmbedding)],
  [
    "the digest beside an embedding's bits, which nobody believes, together with a bit",
    once("out", isPutEntry, (entry) => {
      changeEmbedding(entry);
      const embedding = find(entry, ({ digestLow }) => digestLow !== undefined);
      if (embedding !== undefined) embedding.digestLow = 12345;
    }),
  ],
  [
    "a bit of a payload's text",
    once("out", isPutEntry, (entry) => {
      const payload = find(entry, ({ name, kind }) => name !== undefined && kind !== undefined);
      if (payload !== undefined) payload.name = `${String(payload.name).slice(0, -1)}~`;
    }),
  ],
  [
    "the round that a reply brings back",
    once(
      "out",
      ({ kind }) => kind === "appendReply",
      (reply) => {
        reply.round = Number(reply.round) ^ 1;
      },
    ),
  ],
  [
    "when a step happened",
    once(
      "out",
      ({ at, effects }) => at !== undefined && effects !== undefined,
      (record) => {
        record.at = Number(record.at) ^ 1;
      },
    ),
  ],
  [
    "the digest of a replica's items, which is hashed once a second",
    once(
      "out",
      ({ kind, digest }) => kind === undefined && digest !== undefined,
      ({ digest }) => {
        const sum = digest as Fields;
        sum.low = Number(sum.low) ^ 1;
      },
      true,
    ),
  ],
];

describe("the run hash", { timeout: PATIENCE }, () => {
  it("is what it is when a relay leaves everything alone", async () => {
    const plain = new HostedSession({ host: new PortHost(new ChannelSupply()), datasetByName });
    onTestFinished(() => plain.close());
    await plain.pause();
    await plain.open(defaultInputs(), END);
    expect(await hashWith((message) => message)).toBe((await plain.hashNow()).runHash);
  });

  it.each(changes)("changes with %s", async (_what, { relay, done }) => {
    const untouched = await hashWith((message) => message);
    expect(await hashWith(relay)).not.toBe(untouched);
    expect(done()).toBe(true);
  });

  it("does not change with the digest that a sender writes beside an embedding: it is computed from the bits", async () => {
    const { relay, done } = once("out", isPutEntry, (entry) => {
      const embedding = find(entry, ({ digestLow }) => digestLow !== undefined);
      if (embedding !== undefined) embedding.digestLow = 12345;
    });
    expect(await hashWith(relay)).toBe(await hashWith((message) => message));
    expect(done()).toBe(true);
  });
});
