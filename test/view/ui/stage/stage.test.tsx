// The stage as a person meets it: what every figure is called and looks like, its verbs, and what a gesture orders.
import { act, createEvent, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { present } from "../../../../src/base/assert.ts";
import { logIndex, term } from "../../../../src/base/ids.ts";
import { micros, millis, seconds } from "../../../../src/base/units.ts";
import { HEALTHY } from "../../../../src/model/protocol/step.ts";
import type { ReplicaParts } from "../../../support/frameBuilders.ts";
import {
  aClient,
  aConfig,
  aFlight,
  aFrame,
  anOperation,
  aProgress,
  aReplica,
  aStrip,
  c1,
  cutsBetween,
  electionOfFive,
  healthyTrio,
  leading,
  partitionOfFive,
  r1,
  r2,
  r3,
} from "../../../support/frames.ts";
import { renderApp } from "../../../support/renderApp.tsx";

const figure = (name: RegExp) => screen.getByRole("button", { name });
const inside = (element: Element, selector: string) => present(element.querySelector(selector), selector);

describe("a replica on the stage", () => {
  it("is a button whose name tells role, term and lag", async () => {
    await renderApp({ frame: electionOfFive });
    expect(figure(/^replica r1, down, term 4$/)).toBeInTheDocument();
    expect(figure(/^replica r3, candidate, term 5, 2 of 3 votes$/)).toBeInTheDocument();
    expect(figure(/^replica r5, follower of r1, term 4, lag 348 ms$/)).toBeInTheDocument();
    expect(figure(/^replica r2, follower, voted r3, term 5$/)).toBeInTheDocument();
  });

  it("has a shape, a letter and a number for its role and term, not colour alone", async () => {
    await renderApp({ frame: electionOfFive });
    const glyph = (name: RegExp) => inside(figure(name), ".stage-glyph");
    expect(glyph(/replica r3/)).toHaveAttribute("data-shape", "candidate");
    expect(inside(glyph(/replica r3/), ".stage-letter")).toHaveTextContent("C");
    expect(inside(glyph(/replica r3/), ".stage-term")).toHaveTextContent("5");
    expect(glyph(/replica r1/)).toHaveAttribute("data-shape", "dead");
    expect(glyph(/replica r2/)).toHaveAttribute("data-hue", "5");
    const disc = inside(glyph(/replica r2/), ".stage-body").getAttribute("d");
    expect(inside(glyph(/replica r3/), ".stage-body").getAttribute("d")).not.toBe(disc);
  });

  it("shows how much of its election timeout is left, in ink at the end", async () => {
    await renderApp({ frame: electionOfFive });
    const arc = inside(figure(/replica r5/), ".stage-countdown");
    expect(Number.parseFloat(arc.getAttribute("stroke-dasharray") ?? "")).toBeCloseTo(0.16, 2);
    expect(arc).toHaveAttribute("data-last");
    expect(inside(figure(/replica r2/), ".stage-countdown")).not.toHaveAttribute("data-last");
    expect(inside(figure(/replica r1/), ".stage-countdown")).toHaveAttribute("display", "none");
  });

  it("calls the leader of an older term stale and counts what it will lose", async () => {
    await renderApp({ frame: partitionOfFive });
    const stale = figure(/^replica r1, leader, stale, term 4, 7 acknowledged writes will be rolled back$/);
    expect(within(stale).getByText("7 acknowledged, to roll back")).toBeInTheDocument();
    expect(figure(/^replica r4, leader, term 5$/)).toBeInTheDocument();
  });

  it("shows its queue as pips, hollow once the leader that owed it is dead, and a count above twenty", async () => {
    const { emit } = await renderApp({ frame: electionOfFive });
    const shownPips = () =>
      [...figure(/replica r5/).querySelectorAll(".stage-pips rect")].filter(
        (pip) => pip.getAttribute("display") !== "none",
      );
    expect(shownPips()).toHaveLength(4);
    expect(inside(figure(/replica r5/), ".stage-pips")).toHaveAttribute("data-owed");
    const [first, ...others] = electionOfFive.replicas;
    const last = present(others.pop(), "r5");
    await emit({ replicas: [present(first, "r1"), ...others, { ...last, queueDepth: 27 }] });
    expect(shownPips()).toHaveLength(1);
    expect(within(figure(/replica r5/)).getByText("27 owed")).toBeInTheDocument();
  });

  it("shows how far a snapshot has come", async () => {
    const status = leading([r2, r3], {
      progress: [aProgress(r2, { state: "snapshot", snapshotSent: 60, snapshotTotal: 240 }), aProgress(r3)],
    });
    await renderApp({ frame: aFrame({ replicas: [aReplica(r1, { status }), aReplica(r2), aReplica(r3)] }) });
    expect(within(figure(/replica r2/)).getByText("snapshot, 60 of 240")).toBeInTheDocument();
  });

  it("does not flash a lag that nobody could see at live speed", async () => {
    const lagging = aReplica(r2, { lag: millis(12), lagEntries: 1, queueDepth: 1 });
    await renderApp({
      frame: aFrame({ playing: true, playbackRate: 1, replicas: [aReplica(r1, { status: leading([r2]) }), lagging] }),
    });
    expect(inside(figure(/replica r2/), ".stage-row .stage-badge")).toHaveAttribute("display", "none");
  });
});

describe("a log strip", () => {
  it("fills what is committed, leaves hollow what is only appended, and dots what another replica has", async () => {
    await renderApp({ frame: electionOfFive });
    const states = (name: RegExp) =>
      [...figure(name).querySelectorAll(".stage-cell")].map((cell) => cell.getAttribute("data-state"));
    expect(states(/replica r1/).slice(6)).toEqual(["committed", "appended", "appended", "empty"]);
    expect(states(/replica r5/).slice(4)).toEqual([
      "committed",
      "elsewhere",
      "elsewhere",
      "elsewhere",
      "elsewhere",
      "empty",
    ]);
  });

  it("opens each term with its number", async () => {
    await renderApp({ frame: electionOfFive });
    const digits = [...figure(/replica r2/).querySelectorAll(".stage-cell-digit")]
      .filter((digit) => digit.getAttribute("display") !== "none")
      .map((digit) => digit.textContent);
    expect(digits).toEqual(["3", "4"]);
  });

  it("strikes what was acknowledged and will be lost", async () => {
    await renderApp({ frame: partitionOfFive });
    const struck = [...figure(/replica r1/).querySelectorAll(".stage-cell-strike")].filter(
      (strike) => strike.getAttribute("display") !== "none",
    );
    expect(struck).toHaveLength(7);
  });
});

describe("links and clients", () => {
  it("names a link by its ends and what is wrong with it", async () => {
    const { network } = aConfig(3);
    const slow = {
      latency: { kind: "constant", value: millis(62.5) },
      loss: 0,
      duplication: 0,
      reordering: 0,
    } as const;
    const config = { ...aConfig(3), network: { ...network, overrides: [{ from: r1, to: r2, quality: slow }] } };
    await renderApp({ frame: aFrame({ config, cuts: [{ from: r2, to: r3 }] }) });
    expect(figure(/^link r1 to r2, 5 times slower$/)).toHaveAttribute("data-style", "slow");
    expect(figure(/^link r2 to r3, cut from r2$/)).toHaveAttribute("data-style", "cutForth");
    expect(figure(/^link r1 to r3, healthy$/)).toHaveAttribute("data-style", "healthy");
  });

  it("darkens only the links that carry something", async () => {
    await renderApp({ frame: healthyTrio });
    expect(figure(/link r1 to r2/)).toHaveAttribute("data-carries");
    expect(figure(/link r2 to r3/)).not.toHaveAttribute("data-carries");
  });

  it("shows a count instead of messages once they are too quick to follow", async () => {
    const flights = Array.from({ length: 8 }, () => aFlight(r1, r2, 0.5));
    const { emit } = await renderApp({ frame: aFrame({ flights, playing: true, playbackRate: 1 }) });
    await emit();
    expect(within(figure(/link r1 to r2/)).getByText(/^\d+\/s$/)).toBeInTheDocument();
    await emit({ playing: false });
    expect(within(figure(/link r1 to r2/)).queryByText(/\/s$/)).not.toBeInTheDocument();
  });

  it("tells what became of a client's last operation", async () => {
    const asked = (outcome: "unknown" | "empty" | "acknowledged") =>
      aFrame({ clients: [aClient(c1, r1, { open: 1, last: anOperation(r1, { outcome }) })] });
    const { emit } = await renderApp({ frame: asked("acknowledged") });
    expect(figure(/^client c1, 1 open, put p-318: acknowledged in 26 ms$/)).toBeInTheDocument();
    await emit({ clients: asked("unknown").clients });
    expect(figure(/^client c1, 1 open, put p-318: no answer in 2.0 s: unknown$/)).toBeInTheDocument();
    await emit({ clients: asked("empty").clients });
    expect(figure(/client c1.*found nothing$/)).toBeInTheDocument();
  });
});

describe("the verbs", () => {
  it("isolates the replica chosen on the stage", async () => {
    const { user, session } = await renderApp({ frame: healthyTrio });
    await user.click(figure(/replica r2, follower/));
    await user.click(await screen.findByRole("menuitem", { name: "Isolate" }));
    expect(session.commands).toEqual([{ kind: "isolate", replicaId: r2 }]);
  });

  it("kills a live replica and restarts a dead one", async () => {
    const { user, session } = await renderApp({ frame: electionOfFive });
    await user.click(figure(/replica r1, down/));
    await user.click(await screen.findByRole("menuitem", { name: "Restart" }));
    await user.click(figure(/replica r2/));
    await user.click(await screen.findByRole("menuitem", { name: /^Kill/ }));
    expect(session.commands).toEqual([
      { kind: "restart", replicaId: r1 },
      { kind: "crash", replicaId: r2 },
    ]);
  });

  it("opens from the keyboard, and gives the focus back", async () => {
    const { user } = await renderApp({ frame: healthyTrio });
    const replica = figure(/replica r3/);
    act(() => replica.focus());
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("menu", { name: "Verbs for r3" })).toBeInTheDocument();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(replica).toHaveFocus());
  });

  it("cuts one direction of a link, slows it, and gives it the network's quality again", async () => {
    const { user, session, emit } = await renderApp({ frame: healthyTrio });
    await user.click(figure(/link r1 to r2/));
    await user.click(await screen.findByRole("menuitem", { name: "Cut r1 → r2" }));
    await user.click(figure(/link r1 to r2/));
    await user.click(await screen.findByRole("menuitem", { name: "Make slow ×5" }));
    await waitFor(() => expect(session.commands).toHaveLength(3));
    expect(session.commands[0]).toEqual({ kind: "cut", from: r1, to: r2 });
    const slow = {
      latency: { kind: "uniform", low: millis(50), high: millis(75) },
      loss: 0,
      duplication: 0,
      reordering: 0,
    };
    expect(session.commands.slice(1)).toEqual([
      { kind: "setLink", from: r1, to: r2, quality: slow },
      { kind: "setLink", from: r2, to: r1, quality: slow },
    ]);
    const { network } = aConfig(3);
    const quality = { ...network.quality, loss: 0.2 };
    await emit({ config: { ...aConfig(3), network: { ...network, overrides: [{ from: r1, to: r2, quality }] } } });
    await user.click(figure(/link r1 to r2/));
    await user.click(await screen.findByRole("menuitem", { name: "As the network" }));
    await waitFor(() => expect(session.commands).toHaveLength(5));
    expect(session.commands.at(-1)).toEqual({ kind: "setLink", from: r2, to: r1, quality: undefined });
  });

  it("leads from a client to the write panel", async () => {
    const { user, store } = await renderApp({ frame: healthyTrio });
    await user.click(figure(/^client c1/));
    await user.click(await screen.findByRole("menuitem", { name: "Write…" }));
    expect(store.getState().panel).toBe("write");
    expect(store.getState().selection).toEqual({ kind: "client", clientId: c1 });
  });
});

describe("the keyboard", () => {
  it("goes to a replica with its digit, and on to its verbs with Enter", async () => {
    const { user, store } = await renderApp({ frame: healthyTrio });
    await user.keyboard("2");
    expect(figure(/^replica r2/)).toHaveFocus();
    expect(store.getState().selection).toEqual({ kind: "replica", replicaId: r2 });
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("menu", { name: "Verbs for r2" })).toBeInTheDocument();
  });

  it("walks around the ring with the arrow keys, one stop of Tab for all replicas", async () => {
    const { user } = await renderApp({ frame: healthyTrio });
    act(() => figure(/replica r1/).focus());
    await user.keyboard("{ArrowLeft}");
    expect(figure(/replica r3/)).toHaveFocus();
    await user.keyboard("{ArrowRight}{ArrowRight}");
    expect(figure(/replica r2/)).toHaveFocus();
    expect(figure(/replica r2/)).toHaveAttribute("tabindex", "0");
    expect(figure(/replica r1/)).toHaveAttribute("tabindex", "-1");
  });
});

describe("a partition", () => {
  /** Draws a line in the stage's own coordinates; without layout they are the page's. */
  function drawLine(from: readonly [number, number], to: readonly [number, number], end: () => void) {
    const stage = screen.getByRole("group", { name: "Cluster of 3 replicas" });
    const send = (
      kind: "mouseDown" | "mouseMove" | "mouseUp",
      target: Element | Window,
      [clientX, clientY]: readonly [number, number],
    ) => {
      const event = createEvent[kind](target, { clientX, clientY, button: 0 });
      // happy-dom knows no view; in a browser every event of the mouse has one.
      Object.defineProperty(event, "view", { value: window });
      fireEvent(target, event);
    };
    send("mouseDown", stage, from);
    send("mouseMove", window, [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]);
    send("mouseMove", window, to);
    end();
    send("mouseUp", window, to);
  }

  it("is ordered by a line across the links: everybody on either side of it, clients too", async () => {
    const { session } = await renderApp({ frame: { ...healthyTrio, clients: [] } });
    drawLine([60, 330], [1080, 330], () => {
      expect(screen.getByText("r1 | r2 r3")).toBeInTheDocument();
      expect(figure(/link r1 to r2/)).toHaveAttribute("data-threatened");
      expect(figure(/link r2 to r3/)).not.toHaveAttribute("data-threatened");
    });
    await waitFor(() => expect(session.commands).toEqual([{ kind: "partition", groups: [[r1], [r2, r3]] }]));
  });

  it("is not ordered when Escape is pressed, nor by a line past everybody", async () => {
    const { session } = await renderApp({ frame: { ...healthyTrio, clients: [] } });
    drawLine([60, 330], [1080, 330], () => fireEvent.keyDown(window, { key: "Escape" }));
    drawLine([20, 640], [1100, 640], () => {});
    expect(session.commands).toEqual([]);
  });

  it("has a tag with its age and a button that heals it", async () => {
    const groups = [[r1], [r2, r3]];
    const frame = aFrame({ groups, partitionedAt: seconds(0.8), cuts: cutsBetween(groups) });
    const { user, session } = await renderApp({ frame });
    await user.click(figure(/^Heal the partition of r1 from r2 and r3, in force for 4.2 s$/));
    expect(session.commands).toEqual([{ kind: "heal" }]);
    expect(figure(/link r1 to r2, cut by the partition/)).toHaveAttribute("data-style", "walled");
  });
});

describe("what is wrong with a machine", () => {
  const ill = (conditions: Partial<typeof HEALTHY>, parts: ReplicaParts = {}) =>
    aFrame({
      replicas: [
        aReplica(r1, { status: leading([r2]) }),
        aReplica(r2, { ...parts, status: { ...parts.status, conditions: { ...HEALTHY, ...conditions } } }),
      ],
    });

  it.each([
    ["paused", "paused", ill({ paused: true })],
    ["slow ×5", "5 times as slow", ill({ slowFactor: 5 })],
    ["refuses writes", "refuses replicated writes", ill({ refusesWrites: true })],
    ["quarantined", "quarantined: its log is damaged", ill({}, { status: { quarantined: true } })],
    ["lying disk", "its disk lies", ill({}, { disk: { lies: true, damaged: false } })],
    ["slow disk", "its disk takes 20 ms more to sync", ill({ extraDiskSync: millis(20) })],
    ["damaged record", "a record on its disk is damaged", ill({}, { disk: { lies: false, damaged: true } })],
    [
      "clock 1.0 s behind, 20 % fast",
      "clock 1.0 s behind, 20 % fast",
      ill({ clockOffset: seconds(-1), clockDrift: 0.2 }),
    ],
  ])("is a sign and words on the glyph, and told in the name: %s", async (words, told, frame) => {
    await renderApp({ frame });
    const sick = figure(new RegExp(`^replica r2, follower of r1, term 1, ${told}$`));
    const plate = inside(sick, ".stage-ailment");
    expect(plate).not.toHaveAttribute("display");
    expect(plate).toHaveTextContent(words);
    expect(inside(plate, "path").getAttribute("d")).toMatch(/^M/);
    expect(inside(figure(/^replica r1/), ".stage-ailment")).toHaveAttribute("display", "none");
  });

  it("is named twice and then counted", async () => {
    await renderApp({ frame: ill({ paused: true, slowFactor: 3, refusesWrites: true }) });
    expect(inside(figure(/^replica r2/), ".stage-ailment")).toHaveTextContent("paused, refuses writes +1");
  });
});

describe("a candidate that lags", () => {
  it("has its votes beside the lag, not over it", async () => {
    const candidate = aReplica(r2, {
      lag: millis(1_200),
      status: { role: "candidate", currentTerm: term(2), leaderId: undefined, votedFor: r2, votes: [r2] },
    });
    await renderApp({ frame: aFrame({ replicas: [aReplica(r1), candidate, aReplica(r3)] }) });
    const card = figure(/^replica r2, candidate/);
    const row = inside(card, ".stage-row");
    const badge = Number(inside(row, ".stage-badge rect").getAttribute("width"));
    const x = /translate\((-?\d+)/.exec(inside(row, ".stage-badge").getAttribute("transform") ?? "");
    const start = Number(x?.[1]);
    const votes = [...row.querySelectorAll(".stage-votes path:not([display])")].map((path) =>
      Number(/^M(-?[\d.]+)/.exec(path.getAttribute("d") ?? "")?.[1]),
    );
    expect(votes.length).toBeGreaterThan(0);
    for (const middle of votes) expect(middle + 7 < start || middle - 7 > start + badge).toBe(true);
    expect(row).toHaveTextContent("1 of 2");
  });
});

describe("the legend", () => {
  it("keeps what was seen a moment ago, so that it can be read", async () => {
    const { emit } = await renderApp({ frame: healthyTrio });
    const legend = within(screen.getByRole("list", { name: "Legend" }));
    const { virtualNow } = healthyTrio;
    await emit({ flights: [], virtualNow: micros(virtualNow + 500_000) });
    expect(legend.getByText("entries")).toBeInTheDocument();
    await emit({ flights: [], virtualNow: micros(virtualNow + 5_000_000) });
    expect(legend.queryByText("entries")).not.toBeInTheDocument();
  });

  it("explains the shapes in use, and no others", async () => {
    await renderApp({ frame: healthyTrio });
    const legend = within(screen.getByRole("list", { name: "Legend" }));
    expect(legend.getByText("entries")).toBeInTheDocument();
    expect(legend.getByText("accepted")).toBeInTheDocument();
    expect(legend.queryByText("vote request")).not.toBeInTheDocument();
  });
});

describe("another run", () => {
  it("may have more replicas", async () => {
    const { emit } = await renderApp({ frame: healthyTrio });
    await emit({ ...electionOfFive, runId: 2 });
    expect(screen.getAllByRole("button", { name: /^replica r/ })).toHaveLength(5);
    await emit({
      ...aFrame({
        replicas: [
          aReplica(r1, {
            status: leading([], { currentTerm: term(7) }),
            lastLogIndex: logIndex(3),
            strip: aStrip("7"),
          }),
        ],
      }),
      runId: 3,
    });
    expect(screen.getAllByRole("button", { name: /^replica r/ })).toHaveLength(1);
    expect(inside(figure(/replica r1/), ".stage-glyph")).toHaveAttribute("data-hue", "1");
  });
});
