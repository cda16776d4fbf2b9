// The page as a person uses it: bar, keys, dialogs, hints, failure. What leaves is a command, what comes back is a frame.

import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { millis, seconds } from "../../../src/base/units.ts";
import { DEFAULT_CLUSTER } from "../../../src/model/protocol/config.ts";
import { announcement, turnsSince } from "../../../src/view/ui/LiveRegion.tsx";
import { tellTurns } from "../../../src/view/ui/tellTurns.ts";
import { aConfig, aFrame, healthyTrio, partitionOfFive, r1, r2 } from "../../support/frames.ts";
import { renderApp } from "../../support/renderApp.tsx";
import { acknowledged, done, lost, rolledBack } from "../store/someEvents.ts";

describe("the page", () => {
  it("says what is happening now", async () => {
    await renderApp({ frame: healthyTrio });
    expect(screen.getByRole("heading", { level: 2, name: /r1 leads term 1/ })).toBeVisible();
  });

  it("counts acknowledged and lost writes and empty answers", async () => {
    await renderApp({ frame: partitionOfFive });
    const counters = within(screen.getByRole("region", { name: "Writes and answers so far" }));
    expect(counters.getByText("1,204")).toBeVisible();
    expect(counters.getByText("empty answers")).toBeVisible();
  });

  it("changes theme on the document", async () => {
    const { user } = await renderApp();
    expect(document.documentElement.dataset.theme).toBe("light");
    await user.keyboard("t");
    expect(document.documentElement.dataset.theme).toBe("dark");
    await user.keyboard("t");
  });
});

describe("the bar", () => {
  it("orders a mode and shows the one that the run reports", async () => {
    const { user, session, emit } = await renderApp();
    await user.click(screen.getByRole("button", { name: /^Async/ }));
    expect(session.commands).toEqual([{ kind: "setMode", mode: "asynchronous" }]);
    expect(screen.getByRole("button", { name: "Quorum" })).toHaveAttribute("aria-pressed", "true");
    await emit({ config: aConfig(3, { mode: "asynchronous" }) });
    expect(screen.getByRole("button", { name: /^Async/ })).toHaveAttribute("aria-pressed", "true");
  });

  it("steps W and R within the cluster, and warns in words", async () => {
    const { user, session, emit } = await renderApp();
    await user.click(screen.getByRole("button", { name: "Decrease W" }));
    expect(session.commands).toEqual([{ kind: "setQuorum", writeQuorum: 1, readQuorum: 2 }]);
    await emit({ config: aConfig(3, { writeQuorum: 1 }) });
    expect(screen.getByText("W is below a majority: acknowledged writes can be lost")).toBeVisible();
    expect(screen.getByText("W + R is at most 3: a read may miss an acknowledged write")).toBeVisible();
    expect(screen.getByRole("button", { name: "Decrease W" })).toBeDisabled();
  });

  it("says that R acts only under its policy", async () => {
    await renderApp();
    expect(screen.getByRole("button", { name: "What R means" })).toHaveAccessibleDescription(
      /acts only under the read policy “quorum R”/,
    );
  });

  it("has a neutral verdict for losses that were not promised away", async () => {
    const { emit } = await renderApp({ frame: aFrame({ config: aConfig(3, { mode: "asynchronous" }) }) });
    expect(screen.getByText("No acknowledged write lost")).toBeVisible();
    const kept = {
      name: "AcknowledgedWritesKept",
      promised: false,
      withdrawnBy: "asynchronous replication",
      sequence: undefined,
      holds: true,
      count: 5,
      at: millis(5_000),
      message: "",
    } as const;
    await emit({ counters: { ...aFrame().counters, acknowledgedWritesLost: 5 }, verdicts: [kept] });
    expect(
      screen.getByRole("status", {
        name: "Verdict: not promised by asynchronous replication: 5 acknowledged writes lost",
      }),
    ).toBeVisible();
  });
});

describe("keys", () => {
  it("plays, steps, kills the leader and heals", async () => {
    const { user, session, emit } = await renderApp({ frame: partitionOfFive });
    await user.keyboard(" ");
    expect(session.frame.playing).toBe(true);
    await emit();
    await user.keyboard("w");
    expect(session.rates).toEqual([1]);
    await user.keyboard(".kh");
    expect(session.steps).toBe(1);
    expect(session.commands).toEqual([{ kind: "crash", replicaId: 4 }, { kind: "heal" }]);
  });

  it("does not act while one types", async () => {
    const { user, session } = await renderApp();
    await user.keyboard("/");
    expect(screen.getByRole("textbox", { name: "Search products in words" })).toHaveFocus();
    await user.keyboard("k .");
    expect(session.commands).toEqual([]);
    expect(session.steps).toBe(0);
  });

  it("leaves Space to a button that was reached with the keyboard", async () => {
    const { user, session } = await renderApp();
    await user.tab();
    screen.getByRole("button", { name: /^Sync/ }).focus();
    await user.keyboard(" ");
    expect(session.frame.playing).toBe(false);
    expect(session.commands).toEqual([{ kind: "setMode", mode: "synchronous" }]);
  });

  it("plays on Space after a button was clicked", async () => {
    const { user, session } = await renderApp();
    await user.click(screen.getByRole("button", { name: /^Async/ }));
    await user.keyboard(" ");
    expect(session.frame.playing).toBe(true);
    expect(session.commands).toHaveLength(1);
  });

  it("selects a replica by its number, and nothing with Escape", async () => {
    const { user, store } = await renderApp();
    await user.keyboard("2");
    expect(store.getState().selection).toEqual({ kind: "replica", replicaId: r2 });
    await user.keyboard("9");
    expect(store.getState().selection).toEqual({ kind: "replica", replicaId: r2 });
    await user.keyboard("{Escape}");
    expect(store.getState().selection).toBeUndefined();
  });

  it("shows the sheet of keys, made from the registry", async () => {
    const { user } = await renderApp();
    await user.keyboard("?");
    const sheet = within(await screen.findByRole("dialog", { name: "Keys" }));
    expect(sheet.getByText("Kill the leader")).toBeVisible();
    expect(sheet.getByText("1 – 9")).toBeVisible();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });
});

describe("the partition dialog", () => {
  it("cuts the sides that were chosen, and says what each can do", async () => {
    const { user, session } = await renderApp();
    await user.keyboard("p");
    const dialog = within(await screen.findByRole("dialog", { name: "Cut the network" }));
    await user.click(dialog.getByRole("button", { name: "Leader alone" }));
    expect(dialog.getByText("r1 cannot elect or acknowledge: 1 of 3.")).toBeVisible();
    await user.click(dialog.getByRole("radio", { name: "c1 on side A" }));
    expect(dialog.getByText("r1 and c1 cannot elect or acknowledge: 1 of 3.")).toBeVisible();
    await user.click(dialog.getByRole("button", { name: "Cut the network" }));
    expect(session.commands).toEqual([
      {
        kind: "partition",
        groups: [
          [r1, 101],
          [2, 3, 102, 103],
        ],
      },
    ]);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("does not cut while everyone is on one side", async () => {
    const { user } = await renderApp();
    await user.keyboard("p");
    const dialog = within(await screen.findByRole("dialog", { name: "Cut the network" }));
    await user.click(dialog.getByRole("button", { name: "Leader alone" }));
    await user.click(dialog.getByRole("radio", { name: "r1 on side B" }));
    expect(dialog.getByText("Everyone is on one side: nothing would be cut.")).toBeVisible();
    expect(dialog.getByRole("button", { name: "Cut the network" })).toBeDisabled();
  });
});

describe("hints", () => {
  it("come one at a time, and go when done or dismissed", async () => {
    const { user, session, emit } = await renderApp();
    const hint = () => within(screen.getByRole("complementary", { name: "Hint" }));
    await user.click(hint().getByRole("button", { name: "Kill the leader, r1" }));
    expect(session.commands).toEqual([{ kind: "crash", replicaId: r1 }]);
    await emit({ events: [done({ kind: "crash", replicaId: r1 })] });
    expect(hint().getByText("2 of 3")).toBeVisible();
    await user.click(hint().getByRole("button", { name: "Dismiss this hint" }));
    expect(hint().getByRole("button", { name: "Cut the network" })).toBeVisible();
    await emit({ events: [done({ kind: "partition", groups: [[r1]] })] });
    expect(screen.queryByRole("complementary", { name: "Hint" })).toBeNull();
  });
});

describe("a failure", () => {
  const failure = { replicaId: r2, at: healthyTrio.virtualNow, seed: 7, message: "term 3 is not above 4", trace: [] };

  it("says which replica, when and with which seed, and offers the run again", async () => {
    const { user, session } = await renderApp({ frame: aFrame({ failure }) });
    const banner = within(screen.getByRole("alert"));
    expect(banner.getByRole("heading", { name: /Replica r2 failed at virtual 5.000 s/ })).toBeVisible();
    expect(banner.getByText("term 3 is not above 4")).toBeVisible();
    expect(banner.getByText(/Seed 7/)).toBeVisible();
    await user.click(banner.getByRole("button", { name: "Restart this run" }));
    await waitFor(() => expect(session.opened).toHaveLength(1));
    expect(session.opened[0]?.inputs).toMatchObject({ config: { seed: 7, cluster: DEFAULT_CLUSTER }, commands: [] });
    await waitFor(() => expect(session.frame.playing).toBe(true));
  });
});

describe("the live region", () => {
  it("says only what turned, and merges", () => {
    const crash = done({ kind: "crash", replicaId: r1 });
    expect(turnsSince([acknowledged(1, 1), crash, acknowledged(1, 2)], 0)).toEqual([crash]);
    expect(turnsSince([crash], crash.sequence)).toEqual([]);
    expect(announcement(["One", "two"])).toBe("One. two.");
    expect(announcement(["a", "b", "c", "d", "e"])).toBe("2 more events, then: c. d. e.");
  });

  it("says what was lost together once, and names what is lost alone", async () => {
    const { store } = await renderApp();
    const many = Array.from({ length: 172 }, (_, n) => lost(1, 31 + n, seconds(62)));
    const turns = [...many, rolledBack(r1, 31, 202, seconds(62)), lost(1, 30, seconds(63), "p-001")];
    expect(announcement(tellTurns(turns, store.getState))).toBe(
      "172 acknowledged writes lost when r1 rolled back, at 1:02.000. " +
        "r1 rolled back entries 31 to 202: 172 applied entries undone. " +
        "The acknowledged write of Larch waterproof trail shoe (p-001) is lost: entry 30 of term 1.",
    );
  });
});
