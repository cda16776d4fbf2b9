// Another run and the way back: one sentence, then it starts; undo and redo bring runs back where they were left.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { seconds } from "../../../src/base/units.ts";
import { freshRun } from "../../../src/view/store/runChange.ts";
import { redoRun, startRun, undoRun } from "../../../src/view/ui/runChanges.ts";
import { aConfig, aFrame } from "../../support/frames.ts";
import { renderApp } from "../../support/renderApp.tsx";

async function withSettings() {
  const app = await renderApp({ frame: aFrame({ playing: true, playbackRate: 0.05, virtualNow: seconds(7) }) });
  await app.user.click(screen.getByRole("tab", { name: "Settings" }));
  await screen.findByRole("heading", { name: "Run" });
  return app;
}

describe("changing what a run is made of", () => {
  it("starts a run with other replicas after one sentence, at virtual 5 s and the same speed", async () => {
    const { user, session } = await withSettings();
    await user.selectOptions(screen.getByRole("combobox", { name: "Replicas" }), "5");
    const dialog = within(await screen.findByRole("dialog", { name: "Start another run?" }));
    expect(dialog.getByText(/with 5 replicas; this one is kept/)).toBeVisible();
    expect(session.opened).toEqual([]);
    await user.click(dialog.getByRole("button", { name: "Start it" }));
    await waitFor(() => expect(session.opened).toHaveLength(1));
    expect(session.opened[0]).toMatchObject({
      at: seconds(5),
      inputs: { config: { cluster: { replicaCount: 5, writeQuorum: 3 } } },
    });
    expect(session.rates).toEqual([0.05]);
    expect(session.frame.playing).toBe(true);
  });

  it("leaves the run alone when the person keeps it", async () => {
    const { user, session } = await withSettings();
    await user.selectOptions(screen.getByRole("combobox", { name: "Data set" }), "colours");
    const dialog = within(await screen.findByRole("dialog", { name: "Start another run?" }));
    await user.click(dialog.getByRole("button", { name: "Keep this one" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(session.opened).toEqual([]);
    expect(screen.getByRole("combobox", { name: "Data set" })).toHaveValue("products");
  });

  it("refuses a seed that is none, beside the field", async () => {
    const { user } = await withSettings();
    const seed = screen.getByRole("textbox", { name: "Seed" });
    await user.clear(seed);
    await user.type(seed, "seven{Enter}");
    expect(seed).toHaveAccessibleDescription(/A seed is a number from 0 to 999,999,999/);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("brings the old run back where it was left, and the new one again", async () => {
    const { user, session, emit } = await withSettings();
    const seed = screen.getByRole("textbox", { name: "Seed" });
    await user.clear(seed);
    await user.type(seed, "12{Enter}");
    await user.click(await screen.findByRole("button", { name: "Start it" }));
    expect(await screen.findByText("Another run started.")).toBeVisible();
    await emit({ virtualNow: seconds(9) });
    seed.blur();
    await user.keyboard("{Control>}z{/Control}");
    await waitFor(() => expect(session.opened).toHaveLength(2));
    expect(session.opened[1]).toMatchObject({ at: seconds(7), inputs: { config: { seed: 7 } } });
    await emit();
    await user.keyboard("{Control>}{Shift>}z{/Shift}{/Control}");
    await waitFor(() => expect(session.opened).toHaveLength(3));
    expect(session.opened[2]).toMatchObject({ at: seconds(9), inputs: { config: { seed: 12 } } });
  });

  it("takes back two things when undo is asked for twice at once", async () => {
    const { session, services, emit } = await withSettings();
    for (const seed of [12, 13]) {
      await startRun(services, freshRun({ ...aConfig(3), seed }), seconds(5), "Another run.");
      await emit();
    }
    await Promise.all([undoRun(services), undoRun(services)]);
    expect(session.opened.map(({ inputs }) => inputs.config.seed)).toEqual([12, 13, 12, 7]);
    expect(services.store.getState().undoRuns).toHaveLength(0);
    await Promise.all([redoRun(services), redoRun(services)]);
    expect(session.opened.slice(4).map(({ inputs }) => inputs.config.seed)).toEqual([12, 13]);
  });

  it("offers undo in the message too, and R starts the same run again", async () => {
    const { user, session } = await renderApp({ frame: aFrame({ config: aConfig(5) }) });
    await user.keyboard("r");
    await waitFor(() => expect(session.opened).toHaveLength(1));
    expect(session.opened[0]).toMatchObject({ at: seconds(5), inputs: { config: { seed: 7 } } });
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(session.opened).toHaveLength(2));
  });
});
