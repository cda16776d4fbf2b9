// Lessons and looking back: opening one keeps the run that was open, and a moment that is shown again gives it back whole.
import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { present } from "../../../src/base/assert.ts";
import { seconds } from "../../../src/base/units.ts";
import { builtInNames } from "../../../src/data/scenarios/builtIns.ts";
import { allBuiltIns, builtIn } from "../../../src/data/scenarios/lessons.ts";
import type { Verdict } from "../../../src/model/protocol/verdict.ts";
import { lessonIn } from "../../../src/view/ui/address.ts";
import { lessonOf } from "../../../src/view/ui/lessons.ts";
import { returnToLive, showBreak } from "../../../src/view/ui/lookBack.ts";
import { restartRun, startLesson, undoRun } from "../../../src/view/ui/runChanges.ts";
import { renderApp } from "../../support/renderApp.tsx";

function twoAm() {
  const found = builtIn("two-am");
  if (!found.ok) throw new Error(found.problem);
  return lessonOf(found.value);
}

const lost: Verdict = {
  name: "AcknowledgedWritesKept",
  promised: true,
  withdrawnBy: "",
  holds: false,
  count: 5,
  at: seconds(3),
  sequence: 77,
  message: "5 acknowledged products are gone: r1 had them alone.",
};

describe("the lessons", () => {
  it("are all the built-in scenarios, each with a title, a paragraph and a moment to open at", () => {
    const all = allBuiltIns();
    expect(all.map(({ name }) => name)).toEqual(builtInNames);
    for (const { title, about, view, inputs } of all) {
      expect(title).not.toBe("");
      expect(about.length).toBeGreaterThan(100);
      const first = inputs.commands.find(({ at }) => at > view.at);
      if (inputs.commands.some(({ at }) => at > 0)) expect(first, title).toBeDefined();
    }
  });

  it("open the replica that is a week behind shortly before the restart", () => {
    const found = builtIn("week-old-leader");
    if (!found.ok) throw new Error(found.problem);
    const crash = present(
      found.value.inputs.commands.find(({ command }) => command.kind === "crash"),
      "the restart",
    );
    expect(crash.at - found.value.view.at).toBeGreaterThan(0);
    expect(crash.at - found.value.view.at).toBeLessThan(seconds(60));
  });

  it("are chosen from a gallery, and say what to look at while they run", async () => {
    const { session, services } = await renderApp();
    const user = userEvent.setup();
    await user.click(screen.getByRole("button", { name: "Lessons" }));
    await user.click(await screen.findByRole("button", { name: "Open: 2 AM: the primary dies" }));
    const lesson = twoAm();
    expect(session.opened.at(-1)).toEqual({ inputs: lesson.inputs, at: lesson.at });
    act(() => services.store.getState().dismissNotice());
    const title = await screen.findByRole("button", { name: lesson.title });
    await user.click(title);
    expect(screen.getByText(lesson.about)).toBeDefined();
  });

  it("begin again with what happens in them, and give the run back that was left", async () => {
    const { session, services } = await renderApp();
    const before = await session.inputs();
    const lesson = twoAm();
    await act(() => startLesson(services, lesson));
    await act(() => restartRun(services));
    expect(session.opened.at(-1)).toEqual({ inputs: lesson.inputs, at: lesson.at });
    await act(() => undoRun(services));
    await act(() => undoRun(services));
    expect(session.opened.at(-1)).toEqual(before);
    expect(services.store.getState().lesson).toBeUndefined();
  });

  it("are named in the page's address; what is not understood is said", () => {
    expect(lessonIn("")).toBeUndefined();
    expect(lessonIn("?scenario=two-am&seed=7")).toMatchObject({ name: "two-am", inputs: { config: { seed: 7 } } });
    expect(lessonIn("?scenario=two-pm")).toMatchObject({
      problem: expect.stringContaining("There is no scenario “two-pm”"),
    });
    expect(lessonIn("?scenario=two-am&seed=many")).toMatchObject({ problem: expect.stringContaining("whole number") });
  });
});

describe("looking back at what broke", () => {
  it("keeps the run as it is, says where it stands, and returns to it", async () => {
    const { session, services } = await renderApp();
    const live = await session.inputs();
    await act(() => showBreak(services, lost));
    expect(session.sought).toEqual([{ at: lost.at, sequence: lost.sequence }]);
    expect(session.frame.playing).toBe(false);
    const back = await screen.findByRole("button", { name: /^Return to the run/ });
    expect(screen.getByText(lost.message)).toBeDefined();
    await userEvent.setup().click(back);
    expect(session.sought.at(-1)).toEqual(live.at);
    expect(session.opened).toEqual([]);
    expect(screen.queryByRole("button", { name: /^Return to the run/ })).toBeNull();
  });

  it("returns to the first run from a second look, and leaves no look in the undo stack", async () => {
    const { session, services } = await renderApp();
    const live = await session.inputs();
    await act(() => showBreak(services, lost));
    await act(() => showBreak(services, { ...lost, name: "LeaderCompleteness", at: seconds(2), sequence: 70 }));
    await act(() => returnToLive(services));
    expect(session.sought.at(-1)).toEqual(live.at);
    await act(() => showBreak(services, lost));
    await act(() => startLesson(services, twoAm()));
    expect(services.store.getState().undoRuns.at(-1)).toMatchObject(live);
  });
});
