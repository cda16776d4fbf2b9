// Whatever a person does and leaves, one way or another it can be had again: undo, redo and branches never lose a run.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Micros, seconds } from "../../../src/base/units.ts";
import { defaultRun, MODEL_VERSION } from "../../../src/model/protocol/config.ts";
import type { RunInputs } from "../../../src/model/protocol/session.ts";
import { deedName, FIRST_BRANCH } from "../../../src/view/store/branches.ts";
import { createViewStore } from "../../../src/view/store/viewStore.ts";
import { r1 } from "../../support/frameBuilders.ts";

/** A page without a session: it knows which run is open, and does what the actions of the page do. */
function aPage() {
  const store = createViewStore();
  let seed = 1;
  let inputs: RunInputs = { modelVersion: MODEL_VERSION, config: defaultRun(seed), commands: [] };
  let now: Micros = seconds(5);
  let end: Micros = now;
  const left = () => ({ inputs, at: now });
  const enter = (saved: { readonly inputs: RunInputs; readonly at: Micros }) => {
    ({ inputs, at: now } = saved);
    end = now;
  };
  return {
    store,
    open: () => inputs,
    go: (at: Micros) => {
      now = at;
      if (at > end) end = at;
    },
    kill: () => {
      const before = inputs;
      const commands = [
        ...inputs.commands.filter(({ at }) => at <= now),
        { at: now, command: { kind: "crash", replicaId: r1 } } as const,
      ];
      store.getState().noteDeed({ before, at: now, end, name: `killed at ${now}` });
      inputs = { ...inputs, commands };
      end = now;
    },
    another: () => {
      store.getState().rememberRun(left());
      seed += 1;
      enter({ inputs: { ...inputs, config: defaultRun(seed), commands: [] }, at: seconds(5) });
    },
    undo: () => {
      const saved = store.getState().undoRuns.at(-1);
      if (saved === undefined) return;
      store.getState().takeUndo(left());
      enter(saved);
    },
    redo: () => {
      const saved = store.getState().redoRuns.at(-1);
      if (saved === undefined) return;
      store.getState().takeRedo(left());
      enter(saved);
    },
    change: (position: number) => {
      const { branches } = store.getState();
      const target = branches[position % Math.max(1, branches.length)];
      if (target === undefined) return;
      store.getState().enterBranch(target, left());
      enter(target);
    },
  };
}

const textOf = ({ config, commands }: RunInputs) => JSON.stringify([config.seed, commands]);

describe("branches", () => {
  it("are named after what was done, and when", () => {
    expect(deedName({ kind: "crash", replicaId: r1 }, seconds(7), { leaderships: [] })).toBe("Killed r1, at 7.000 s");
  });

  it("keep the old future when something is done in the past, and not at the end", () => {
    const page = aPage();
    page.go(seconds(10));
    page.kill();
    expect(page.store.getState()).toMatchObject({ branches: [], currentBranch: FIRST_BRANCH });
    const whole = page.open();
    page.go(seconds(20));
    page.go(seconds(7));
    page.kill();
    const { branches, currentBranch } = page.store.getState();
    expect(branches).toEqual([{ ...FIRST_BRANCH, inputs: whole, at: seconds(20) }]);
    expect(currentBranch).toEqual({ id: 2, name: `killed at ${seconds(7)}` });
  });

  it("change places", () => {
    const page = aPage();
    page.go(seconds(20));
    page.go(seconds(7));
    page.kill();
    const branch = page.open();
    page.change(0);
    expect(page.open().commands).toEqual([]);
    expect(page.store.getState().branches).toMatchObject([{ id: 2, inputs: branch }]);
    expect(page.store.getState().currentBranch).toEqual(FIRST_BRANCH);
    page.undo();
    expect(page.open()).toBe(branch);
    expect(page.store.getState().branches).toMatchObject([FIRST_BRANCH]);
  });

  it("take in what redo would have brought back, once something else was done", () => {
    const page = aPage();
    page.kill();
    const once = page.open();
    page.undo();
    expect(page.store.getState().branches).toEqual([]);
    page.go(seconds(6));
    page.kill();
    expect(page.store.getState().redoRuns).toEqual([]);
    expect(page.store.getState().branches).toMatchObject([{ name: "First run, undone at 5.000 s", inputs: once }]);
  });

  it("lose nothing that was ever done, whatever a person does", () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant("go" as const), at: fc.integer({ min: 5, max: 60 }) }),
        fc.record({ kind: fc.constant("change" as const), at: fc.nat(9) }),
        fc.record({ kind: fc.constantFrom("kill" as const, "kill" as const, "undo" as const, "redo" as const) }),
        fc.record({ kind: fc.constant("another" as const) }),
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        const page = aPage();
        const done = new Set<string>();
        for (const step of all) {
          if (step.kind === "go") page.go(seconds(step.at));
          else if (step.kind === "change") page.change(step.at);
          else page[step.kind]();
          done.add(textOf(page.open()));
        }
        const { undoRuns, redoRuns, branches } = page.store.getState();
        const saved = [...undoRuns, ...redoRuns];
        const kept = [...saved, ...branches, ...saved.flatMap(({ siblings = [] }) => siblings)];
        const texts = new Set([...kept.map(({ inputs }) => textOf(inputs)), textOf(page.open())]);
        const commands = (text: string) => text.slice(0, -2);
        // A run that was gone on with contains what it was.
        for (const text of done) expect([...texts].some((other) => other.startsWith(commands(text)))).toBe(true);
        const ids = [...branches.map(({ id }) => id), page.store.getState().currentBranch.id];
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 300 },
    );
  });
});
