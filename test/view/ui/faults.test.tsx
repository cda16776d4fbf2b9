// Every fault has a control: what a person chooses, and the command that leaves.
import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { millis, seconds } from "../../../src/base/units.ts";
import type { PersonalCommand } from "../../../src/model/protocol/commands.ts";
import { HEALTHY } from "../../../src/model/protocol/step.ts";
import "../../../src/view/ui/dialogs/Dialogs.tsx";
import { aConfig, aFlight, aFrame, aReplica, c1, leading, r1, r2, r3 } from "../../support/frameBuilders.ts";
import { healthyTrio, partitionOfFive } from "../../support/frames.ts";
import { renderApp } from "../../support/renderApp.tsx";

const figure = (name: RegExp) => screen.getByRole("button", { name });

type App = Awaited<ReturnType<typeof renderApp>>;

/** Chooses an item of an open menu by keyboard: without layout a pointer does not find the menus inside menus. */
async function press(user: App["user"], name: string | RegExp): Promise<void> {
  const item = await screen.findByRole("menuitem", { name });
  act(() => item.focus());
  await user.keyboard("{Enter}");
}

/** Opens the menu of a figure and chooses along its menus. */
async function choose({ user }: App, on: RegExp, ...verbs: readonly (string | RegExp)[]): Promise<void> {
  await user.click(figure(on));
  for (const name of verbs) await press(user, name);
  await waitFor(() => expect(screen.queryByRole("menu")).not.toBeInTheDocument());
}

describe("the verbs of a replica", () => {
  const cases: readonly (readonly [readonly (string | RegExp)[], PersonalCommand])[] = [
    [["Isolate"], { kind: "isolate", replicaId: r2 }],
    [[/^Pause, as/, "Until it is resumed"], { kind: "pause", replicaId: r2 }],
    [[/^Pause, as/, "For 1 s"], { kind: "pause", replicaId: r2, lasts: seconds(1) }],
    [["Slow down…", "20 times as slow"], { kind: "slow", replicaId: r2, factor: 20 }],
    [["Refuse replicated writes"], { kind: "refuseWrites", replicaId: r2 }],
    [["Disk…", /^Slow: 20 ms/], { kind: "disk", replicaId: r2, syncTime: millis(20), lies: false }],
    [["Disk…", /^Lying/], { kind: "disk", replicaId: r2, syncTime: seconds(1), lies: true }],
    [["Disk…", "Damage a record"], { kind: "corrupt", replicaId: r2 }],
    [["Disk…", /empty disk/], { kind: "wipe", replicaId: r2 }],
    [["Clock…", "1 s behind"], { kind: "clock", replicaId: r2, offset: seconds(-1), drift: 0 }],
    [["Clock…", "20 % slow"], { kind: "clock", replicaId: r2, offset: seconds(0), drift: -0.2 }],
    [["Promote without an election"], { kind: "promote", replicaId: r2 }],
  ];

  it.each(cases)("%j", async (verbs, command) => {
    const app = await renderApp({ frame: healthyTrio });
    await choose(app, /^replica r2/, ...verbs);
    expect(app.session.commands).toEqual([command]);
  });

  it("offer to mend what is wrong", async () => {
    const ill = { conditions: { ...HEALTHY, paused: true, refusesWrites: true } };
    const frame = aFrame({ replicas: [aReplica(r1, { status: leading([r2]) }), aReplica(r2, { status: ill })] });
    const app = await renderApp({ frame });
    await choose(app, /^replica r2/, "Resume");
    await choose(app, /^replica r2/, "Accept writes");
    await choose(app, /^replica r2/, "Slow down…", "Full speed");
    expect(app.session.commands).toEqual([
      { kind: "resume", replicaId: r2 },
      { kind: "acceptWrites", replicaId: r2 },
      { kind: "slow", replicaId: r2, factor: 1 },
    ]);
  });

  it("lead to a dialog with all of it in numbers, each applied as it is typed", async () => {
    const app = await renderApp({ frame: healthyTrio });
    await choose(app, /^replica r2/, "All of it in numbers…");
    const dialog = within(await screen.findByRole("dialog", { name: "The machine of r2" }));
    const type = async (name: string, text: string) => {
      const field = dialog.getByRole("textbox", { name });
      await app.user.clear(field);
      await app.user.type(field, text);
      return field;
    };
    await type("Times as slow", "7");
    await type("Clock fast, below 0 slow", "5");
    await type("More time to sync", "9");
    await type("Length of a pause", "350");
    await app.user.click(dialog.getByRole("button", { name: "Pause for that long" }));
    await app.user.click(dialog.getByRole("switch", { name: "Lying disk" }));
    expect(app.session.commands).toEqual([
      { kind: "slow", replicaId: r2, factor: 7 },
      { kind: "clock", replicaId: r2, offset: 0, drift: 0.05 },
      { kind: "disk", replicaId: r2, syncTime: millis(9), lies: false },
      { kind: "pause", replicaId: r2, lasts: millis(350) },
      { kind: "disk", replicaId: r2, syncTime: seconds(1), lies: true },
    ]);
    expect(await type("Times as slow", "0")).toHaveAccessibleDescription(/too small/);
  });
});

describe("the messages of a link", () => {
  it("are listed while time stands still, the next to arrive first, and each can be dropped, delayed, duplicated", async () => {
    const late = aFlight(r1, r2, 0.2, { shape: "entries", entries: 2 });
    const soon = aFlight(r2, r1, 0.8, { shape: "accepted" });
    const frame = aFrame({ flights: [late, soon, aFlight(r1, r3, 0.5)] });
    const app = await renderApp({ frame });
    await app.user.click(figure(/^link r1 to r2/));
    await press(app.user, "Messages on the way: 2");
    const listed = await screen.findAllByRole("menuitem", { name: /to go$/ });
    expect(listed.map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining("r2 → r1"),
      expect.stringContaining("r1 → r2"),
    ]);
    await press(app.user, /r1 → r2, .* to go/);
    await press(app.user, "Delay it by 100 ms");
    expect(app.session.commands).toEqual([
      { kind: "message", flight: late.id, action: { kind: "delay", by: millis(100) } },
    ]);
  });

  it("can be caught while they are too quick to be clicked: the next one is, as soon as there is one", async () => {
    let tries = 0;
    const problem = { field: "flight", message: "No message is under way from r1 to r2." };
    const app = await renderApp({
      frame: { ...healthyTrio, playing: true },
      answer: () => {
        tries += 1;
        return tries < 3 ? { taken: false, problem } : { taken: true, at: seconds(5) };
      },
    });
    await choose(app, /^link r1 to r2/, "Next message r1 → r2…", "Drop it");
    await waitFor(() => expect(tries).toBe(1));
    await app.emit();
    await waitFor(() => expect(tries).toBe(2));
    await app.emit();
    await waitFor(() => expect(tries).toBe(3));
    expect(app.session.commands.at(-1)).toEqual({
      kind: "nextMessage",
      from: r1,
      to: r2,
      of: undefined,
      action: { kind: "drop" },
    });
    expect(screen.queryByText(problem.message)).not.toBeInTheDocument();
  });

  it("say so when there are none and time stands still", async () => {
    const problem = { field: "flight", message: "No message is under way from r2 to r1." };
    const app = await renderApp({ frame: healthyTrio, answer: () => ({ taken: false, problem }) });
    await choose(app, /^link r1 to r2/, "Next message r2 → r1…", "Duplicate it");
    expect(await screen.findByText(problem.message)).toBeVisible();
  });
});

describe("a message on the stage", () => {
  it("can be clicked where it is drawn; time stands still for the choice and goes on after it", async () => {
    const flight = aFlight(r1, r2, 0.5, { shape: "entries", entries: 1 });
    const app = await renderApp({ frame: aFrame({ flights: [flight], playing: true, playbackRate: 0.001 }) });
    await app.emit();
    const link = figure(/^link r1 to r2/);
    const middle = /M([\d.-]+) ([\d.-]+)[LQ].*?([\d.-]+) ([\d.-]+)$/.exec(
      link.querySelector(".stage-link-hit")?.getAttribute("d") ?? "",
    );
    const [, x1, y1, x2, y2] = (middle ?? []).map(Number);
    const at = { clientX: ((x1 ?? 0) + (x2 ?? 0)) / 2, clientY: ((y1 ?? 0) + (y2 ?? 0)) / 2 };
    await app.user.pointer([
      { target: link, coords: at },
      { keys: "[MouseLeft]", target: link, coords: at },
    ]);
    const menu = await screen.findByRole("menu", { name: "Verbs for the message r1 → r2" });
    expect(app.session.frame.playing).toBe(false);
    await app.user.click(within(menu).getByRole("menuitem", { name: "Drop it" }));
    await waitFor(() => expect(app.session.frame.playing).toBe(true));
    expect(app.session.commands).toEqual([{ kind: "message", flight: flight.id, action: { kind: "drop" } }]);
  });
});

describe("a link's latency", () => {
  it("is reached from its menu: the settings show that direction, and the focus is there", async () => {
    const app = await renderApp({ frame: healthyTrio });
    await choose(app, /^link r2 to r3/, "Latency, loss, bandwidth…", "r3 → r2");
    const section = within(await screen.findByRole("region", { name: "One link" }));
    await waitFor(() => expect(section.getByRole("combobox", { name: "From" })).toHaveFocus());
    expect(section.getByRole("combobox", { name: "From" })).toHaveValue("r3");
    expect(section.getByRole("combobox", { name: "To" })).toHaveValue("r2");
    await app.user.selectOptions(section.getByRole("combobox", { name: "Distribution" }), "exponential");
    expect(app.session.commands).toMatchObject([
      { kind: "setLink", from: r3, to: r2, quality: { latency: { kind: "exponential" } } },
    ]);
  });

  it("may differ for requests and replies, says where it is cut, and is given to the way back too", async () => {
    const app = await renderApp({ frame: healthyTrio });
    await app.user.click(screen.getByRole("tab", { name: "Settings" }));
    const section = within(await screen.findByRole("region", { name: "One link" }));
    await app.user.click(section.getByRole("switch", { name: "Requests and replies differ" }));
    const { network } = aConfig(3);
    const { latency } = network.quality;
    const quality = { ...network.quality, latencyByClass: { request: latency, reply: latency } };
    expect(app.session.commands).toEqual([{ kind: "setLink", from: r1, to: r2, quality }]);
    await app.emit({
      config: { ...aConfig(3), network: { ...network, overrides: [{ from: r1, to: r2, quality }] } },
    });
    const replies = within(section.getByRole("group", { name: /^Replies/ }));
    await app.user.selectOptions(replies.getByRole("combobox", { name: "Distribution" }), "normal");
    expect(app.session.commands.at(-1)).toMatchObject({
      quality: { latencyByClass: { request: latency, reply: { kind: "normal" } } },
    });
    expect(replies.getByText(/the cut at 0\.1 ms changes nothing/)).toBeVisible();
    await app.user.click(section.getByRole("button", { name: "Both ways alike" }));
    expect(app.session.commands.at(-1)).toEqual({ kind: "setLink", from: r2, to: r1, quality });
  });

  it("may be measured values, which are checked as they are left", async () => {
    const { network } = aConfig(3);
    const quality = { ...network.quality, latency: { kind: "samples" as const, values: [millis(10)] } };
    const app = await renderApp({ frame: aFrame({ config: { ...aConfig(3), network: { ...network, quality } } }) });
    await app.user.click(screen.getByRole("tab", { name: "Settings" }));
    const section = within(await screen.findByRole("region", { name: "Network, one way" }));
    const values = section.getByRole("textbox", { name: /^Values in ms/ });
    await app.user.clear(values);
    await app.user.type(values, "4, five");
    await app.user.tab();
    expect(values).toHaveAccessibleDescription(/“five” is not a number/);
    await app.user.clear(values);
    await app.user.type(values, "4, 90");
    await app.user.tab();
    expect(app.session.commands).toEqual([
      { kind: "setNetwork", quality: { ...quality, latency: { kind: "samples", values: [millis(4), millis(90)] } } },
    ]);
  });
});

describe("work and disks", () => {
  it("cost what the settings say", async () => {
    const app = await renderApp({ frame: healthyTrio });
    await app.user.click(screen.getByRole("tab", { name: "Settings" }));
    const section = within(await screen.findByRole("region", { name: "Work and disks, every replica" }));
    const work = section.getByRole("textbox", { name: "Work for one operation" });
    await app.user.clear(work);
    await app.user.type(work, "3");
    expect(app.session.commands).toEqual([{ kind: "setCosts", processingCost: millis(3), diskSync: 0 }]);
    await app.user.clear(work);
    await app.user.type(work, "-3");
    expect(work).toHaveAccessibleDescription(/too small/);
    expect(app.session.commands).toHaveLength(1);
  });
});

describe("game day", () => {
  const plan = { fault: { kind: "pause" }, every: seconds(30), lasts: seconds(10) } as const;

  it("is started by key and dialog", async () => {
    const app = await renderApp({ frame: healthyTrio });
    await app.user.keyboard("g");
    const dialog = within(await screen.findByRole("dialog", { name: "Game day" }));
    await app.user.selectOptions(dialog.getByRole("combobox", { name: "What happens" }), "pause");
    for (const [name, text] of [
      ["Every", "30"],
      ["Mended after", "10"],
    ] as const) {
      const field = dialog.getByRole("textbox", { name });
      await app.user.clear(field);
      await app.user.type(field, text);
    }
    await app.user.click(dialog.getByRole("button", { name: "Start" }));
    expect(app.session.commands).toEqual([{ kind: "setGameDay", plan }]);
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  });

  it("is seen on the stage while it goes on, and stopped there", async () => {
    const app = await renderApp({ frame: aFrame({ gameDay: { plan, nextAt: seconds(17), struck: 3 } }) });
    const tag = figure(/^Stop the game day: pause a replica every 30\.0 s, 3 so far$/);
    await app.user.click(tag);
    expect(app.session.commands).toEqual([{ kind: "setGameDay", plan: undefined }]);
    await app.emit({ gameDay: undefined });
    expect(screen.queryByRole("button", { name: /game day/ })).not.toBeInTheDocument();
  });
});

describe("a client", () => {
  it("searches on its own account, as the read policy says", async () => {
    const app = await renderApp({ frame: healthyTrio });
    await choose(app, /^client c1/, "Search: waterproof trail running shoe");
    expect(app.session.commands).toMatchObject([{ kind: "search", client: c1, k: 5 }]);
    const [command] = app.session.commands;
    expect(command?.kind === "search" ? command.values.length : 0).toBe(256);
  });

  it("has a link of its own, tuned from its menu", async () => {
    const app = await renderApp({ frame: healthyTrio });
    await choose(app, /^client c1/, /^Latency, loss to r1/);
    expect(app.store.getState().selection).toEqual({ kind: "link", from: c1, to: r1 });
    await act(async () => {});
    expect(await screen.findByRole("region", { name: "One link" })).toBeVisible();
  });
});

describe("a partition", () => {
  it("may have as many groups as there are replicas", async () => {
    const app = await renderApp({ frame: partitionOfFive });
    await app.user.keyboard("p");
    const dialog = within(await screen.findByRole("dialog", { name: "Cut the network" }));
    await app.user.click(dialog.getByRole("button", { name: "Everyone alone" }));
    await app.user.click(dialog.getByRole("radio", { name: "r5 on side D" }));
    await app.user.click(dialog.getByRole("button", { name: "Cut the network" }));
    const [command] = app.session.commands;
    if (command?.kind !== "partition") throw new Error("No partition was ordered.");
    expect(command.groups.map((group) => group.filter((address) => address < 10))).toEqual([[r1], [r2], [r3], [4, 5]]);
  });
});
