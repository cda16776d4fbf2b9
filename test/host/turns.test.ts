// One at a time, in the order of asking.
import { expect, it } from "vitest";
import { Turns } from "../../src/host/turns.ts";

it("lets nobody in before the one before is done, and goes on after a failure", async () => {
  const turns = new Turns();
  const seen: string[] = [];
  const visit = (name: string, fails = false) =>
    turns.take(async () => {
      seen.push(`${name} in`);
      await Promise.resolve();
      seen.push(`${name} out, ${turns.contended ? "others wait" : "nobody waits"}`);
      if (fails) throw new Error(name);
      return name;
    });
  const results = await Promise.allSettled([visit("a"), visit("b", true), visit("c")]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(seen).toEqual([
    ...["a in", "a out, others wait", "b in"],
    ...["b out, others wait", "c in", "c out, nobody waits"],
  ]);
});
