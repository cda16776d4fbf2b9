import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Heap } from "../../src/base/heap.ts";

const ascending = (a: number, b: number) => a < b;

function drain(heap: Heap<number>): readonly number[] {
  const taken: number[] = [];
  for (let next = heap.pop(); next !== undefined; next = heap.pop()) taken.push(next);
  return taken;
}

describe("heap", () => {
  it("gives its items in order, whatever the order in which they came", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (items) => {
        const heap = new Heap(ascending, items);
        expect(heap.size).toBe(items.length);
        expect(heap.inOrder()).toEqual(items.slice().sort((a, b) => a - b));
        expect(drain(heap)).toEqual(items.slice().sort((a, b) => a - b));
      }),
    );
  });

  it("agrees with a sorted list under any sequence of pushes, pops and retains", () => {
    const action = fc.oneof(fc.integer({ min: 0, max: 99 }), fc.constant("pop" as const), fc.constant("even" as const));
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const heap = new Heap(ascending);
        let list: number[] = [];
        for (const what of actions) {
          if (what === "pop") expect(heap.pop()).toBe(list.shift());
          else if (what === "even") {
            heap.retain((item) => item % 2 === 0);
            list = list.filter((item) => item % 2 === 0);
          } else {
            heap.push(what);
            list = [...list, what].sort((a, b) => a - b);
          }
          expect(heap.peek()).toBe(list[0]);
        }
        expect(
          heap
            .unordered()
            .slice()
            .sort((a, b) => a - b),
        ).toEqual(list);
      }),
    );
  });
});
