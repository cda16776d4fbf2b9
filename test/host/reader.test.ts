// Reading a file in a worker: how far it is, what it found, cancelled, broken, damaged. The worker's side runs here, behind a channel.
import { describe, expect, it } from "vitest";
import type { ReadNews, ReadOrder } from "../../src/host/reader.ts";
import { serveReader } from "../../src/host/reader.ts";
import { readIn } from "../../src/host/readerLine.ts";
import { ownJsonLines, ownNumpy } from "../support/ownVectors.ts";

/** A worker in this thread. What it says is copied, as between threads, and comes later. */
class WorkerHere extends EventTarget {
  readonly #serves: boolean;
  isTerminated = false;

  /** `serves`: whether it answers at all. */
  constructor(serves: boolean) {
    super();
    this.#serves = serves;
  }

  postMessage(order: ReadOrder): void {
    if (!this.#serves) return;
    void serveReader(order, (data, transfer) => this.say(structuredClone(data, { transfer: [...transfer] })));
  }

  say(data: ReadNews): void {
    if (!this.isTerminated) this.dispatchEvent(new MessageEvent("message", { data }));
  }

  fail(kind: "error" | "messageerror", message: string): void {
    this.dispatchEvent(Object.assign(new Event(kind), { message }));
  }

  terminate(): void {
    this.isTerminated = true;
  }
}

function read(content: string | Uint8Array<ArrayBuffer>, name: string, choices = {}, serves = true) {
  const worker = new WorkerHere(serves);
  const shares: number[] = [];
  const reading = readIn(() => worker)(new Blob([content]), name, choices, (share) => shares.push(share));
  return { worker, shares, reading };
}

describe("reading a file beside the page", () => {
  it("tells how far it is and hands over what it found; the worker ends", async () => {
    const { worker, shares, reading } = read(ownJsonLines(2_200), "items.jsonl");
    const result = await reading.result;
    if (!result.ok) throw new Error(result.problem.message);
    expect(result.table.data).toMatchObject({ file: "items.jsonl", rows: 2_200, dimension: 6 });
    expect(result.norms).toHaveLength(2_200);
    expect(shares.length).toBeGreaterThan(2);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(worker.isTerminated).toBe(true);
  });

  it("reads the columns that a person chose, and says so in what it found", async () => {
    const table = "key,title,x,y\n7,seven,1,2\n8,eight,3,4\n";
    const { reading } = read(table, "items.csv", { idColumn: "title", vectorColumns: "x-y" });
    const result = await reading.result;
    if (!result.ok) throw new Error(result.problem.message);
    expect(result.table.ids).toEqual(["seven", "eight"]);
    expect(result.table.data).toMatchObject({ idColumn: "title", vectorColumns: "x-y" });
  });

  it("gives one sentence for a damaged file, and nothing of it", async () => {
    const file = ownNumpy().slice(0, -3);
    const result = await read(file, "vectors.npy").reading.result;
    expect(result).toEqual({ ok: false, problem: { message: expect.stringMatching(/byte \d+/) } });
    expect(result).not.toHaveProperty("table");
  });

  it("ends at once when it is cancelled, whatever it is doing, and hears nothing more", async () => {
    const { worker, shares, reading } = read("", "items.parquet", {}, false);
    worker.say({ kind: "progress", share: 0.25 });
    reading.cancel();
    expect(worker.isTerminated).toBe(true);
    worker.say({ kind: "progress", share: 0.5 });
    expect(await reading.result).toEqual({ ok: false, problem: { message: "Reading was cancelled." } });
    expect(shares).toEqual([0.25]);
  });

  it("says that it broke when the worker does", async () => {
    const broken = read("", "items.parquet", {}, false);
    broken.worker.fail("error", "out of memory");
    expect(await broken.reading.result).toMatchObject({
      problem: { message: "items.parquet cannot be read: out of memory" },
    });
    const mute = read("", "items.parquet", {}, false);
    mute.worker.fail("messageerror", "");
    expect(await mute.reading.result).toMatchObject({
      problem: { message: expect.stringContaining("could not be handed over") },
    });
    expect(broken.worker.isTerminated && mute.worker.isTerminated).toBe(true);
  });

  it("says why a file that the browser cannot read any more cannot be read", async () => {
    const gone = Object.assign(new Blob(["x"]), { arrayBuffer: () => Promise.reject(new Error("the file was moved")) });
    const news: ReadNews[] = [];
    await serveReader({ file: gone, name: "items.csv", choices: {} }, (one) => news.push(one));
    expect(news).toEqual([
      { kind: "result", result: { ok: false, problem: { message: "items.csv cannot be read: the file was moved" } } },
    ]);
  });
});
