// The comparison as a person meets it: one click, three runs, one table. The model computes; only the thread is missing.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { replicaId } from "../../../../src/base/ids.ts";
import { seconds } from "../../../../src/base/units.ts";
import { healthyTrio } from "../../../support/frames.ts";
import { renderApp } from "../../../support/renderApp.tsx";

/** A picture that is true of the run that is computed: its leader leads from the beginning. */
const cluster = { ...healthyTrio.config.cluster, initialLeader: replicaId(1) };
const picture = { ...healthyTrio, virtualNow: seconds(3), config: { ...healthyTrio.config, cluster } };

async function openCompare() {
  const app = await renderApp({ frame: { ...picture, playing: true } });
  await app.user.click(screen.getByRole("button", { name: "Compare the modes from here" }));
  const dialog = await screen.findByRole("dialog", { name: "Compare" });
  return { ...app, dialog };
}

async function tableIn(dialog: HTMLElement): Promise<HTMLElement> {
  return await within(dialog).findByRole("table", {}, { timeout: 20_000 });
}

function cells(table: HTMLElement, measure: string): readonly (string | null)[] {
  const row = within(table).getByRole("row", { name: new RegExp(`^${measure}`) });
  return within(row)
    .getAllByRole("cell")
    .map(({ textContent }) => textContent);
}

describe("comparing the modes", { timeout: 60_000 }, () => {
  it("is one click from the mode switch; the open run waits, and goes on afterwards", async () => {
    const { user, dialog, session } = await openCompare();
    expect(session.frame.playing).toBe(false);
    const table = await tableIn(dialog);
    expect(dialog.textContent).toContain("every mode from 3.000 s on. Computed in one thread");
    expect(
      within(table)
        .getAllByRole("columnheader")
        .map(({ textContent }) => textContent),
    ).toEqual(["Asynchronous", "Quorum", "Synchronous"]);
    expect(cells(table, "Acknowledged writes lost")).toEqual(["0", "0", "0"]);
    expect(
      await within(dialog).findByRole("img", { name: "Quorum: r1 leads term 1, r2 follows and r3 follows" }),
    ).toBeDefined();
    await user.click(within(dialog).getByRole("button", { name: "Close" }));
    await waitFor(() => expect(session.frame.playing).toBe(true));
  });

  it("has what was found before the axes, the five measures of the modes first", async () => {
    const { dialog } = await openCompare();
    const table = await tableIn(dialog);
    const axes = within(dialog).getByRole("region", { name: /^Shared axes/ });
    expect(table.compareDocumentPosition(axes) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
    const rows = within(table).getAllByRole("rowheader");
    expect(rows.slice(0, 5).map(({ textContent }) => textContent)).toEqual([
      "Write latency, p50",
      "Write latency, p99",
      "Stale reads",
      "Acknowledged writes lost",
      "Unavailable",
    ]);
    expect(within(dialog).getByRole("list", { name: "What the measures mean" }).childElementCount).toBe(5);
  });

  it("shows what each mode loses when the leader is cut off and dies", async () => {
    const { user, dialog } = await openCompare();
    await tableIn(dialog);
    await user.selectOptions(within(dialog).getByRole("combobox", { name: "For" }), "30");
    await user.selectOptions(within(dialog).getByRole("combobox", { name: "And then" }), "darkSite");
    await waitFor(
      () => expect(Number(cells(within(dialog).getByRole("table"), "Acknowledged writes lost")[0])).toBeGreaterThan(0),
      { timeout: 20_000 },
    );
    const table = within(dialog).getByRole("table");
    expect(cells(table, "Acknowledged writes lost").slice(1)).toEqual(["0", "0"]);
    const [asynchronous, quorum, synchronous] = cells(table, "Unavailable").map((text) =>
      Number.parseFloat(text ?? ""),
    );
    expect(synchronous).toBeGreaterThan(quorum ?? Number.NaN);
    expect(quorum).toBeGreaterThan(asynchronous ?? Number.NaN);
  });

  it("has one playhead for all stages and axes", async () => {
    const { user, dialog } = await openCompare();
    await tableIn(dialog);
    const clock = within(dialog).getByRole("timer");
    expect(clock.textContent).toBe("3.000 s");
    const slider = within(dialog).getByRole("slider", { name: "Playhead of the compared runs" });
    expect(slider.getAttribute("aria-valuetext")).toBe("3.000 s");
    await user.click(within(dialog).getByRole("button", { name: "Play" }));
    await waitFor(() => expect(Number.parseFloat(clock.textContent ?? "")).toBeGreaterThan(3.05));
    await user.click(within(dialog).getByRole("button", { name: "Pause" }));
    const axes = within(dialog).getByRole("region", { name: /^Shared axes/ });
    expect(
      within(axes)
        .getAllByRole("figure")
        .map((figure) => figure.getAttribute("aria-label")),
    ).toEqual([
      "Largest lag",
      "Longest queue",
      "Slowest write",
      "Acknowledged",
      "Lost",
      "Stale reads",
      "Missed in searches",
    ]);
  });

  it("can be cancelled and taken up again", async () => {
    const { user, dialog } = await openCompare();
    await user.selectOptions(within(dialog).getByRole("combobox", { name: "For" }), "3600");
    await user.click(await within(dialog).findByRole("button", { name: "Cancel" }));
    expect(within(dialog).getByRole("status").textContent).toContain("Cancelled");
    await user.selectOptions(within(dialog).getByRole("combobox", { name: "For" }), "10");
    await tableIn(dialog);
  });

  it("offers branches where there are any", async () => {
    const { user, dialog, store, session } = await openCompare();
    expect(within(dialog).queryByRole("button", { name: "Branches" })).toBeNull();
    const { inputs } = await session.inputs();
    const commands = [{ at: seconds(5), command: { kind: "heal" } as const }];
    store.getState().adoptBranches([{ id: 7, name: "Healed", inputs: { ...inputs, commands }, at: seconds(6) }], {
      id: 8,
      name: "Left alone",
    });
    await user.click(await within(dialog).findByRole("button", { name: "Branches" }));
    await waitFor(
      () =>
        expect(
          within(dialog)
            .getAllByRole("columnheader")
            .map(({ textContent }) => textContent),
        ).toEqual(["Left alone", "Healed"]),
      { timeout: 20_000 },
    );
    expect(dialog.textContent).toContain("shortly before they part at 4.000 s");
  });

  it("says so when its thread breaks", async () => {
    const broken = () => Promise.reject(new Error("out of memory"));
    const openComparison = () => ({ advance: broken, pictures: broken, close: () => undefined });
    const { user } = await renderApp({ frame: picture, openComparison });
    await user.click(screen.getByRole("button", { name: "Compare the modes from here" }));
    expect((await screen.findByRole("alert")).textContent).toBe("The runs could not be compared: out of memory");
  });
});
