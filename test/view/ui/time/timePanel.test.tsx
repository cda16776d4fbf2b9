/** The time panel as a person meets it: by role and name, with the page around it. */
import { fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { logIndex, term } from "../../../../src/base/ids.ts";
import { millis, seconds } from "../../../../src/base/units.ts";
import type { ClusterEvent } from "../../../../src/model/protocol/events.ts";
import type { Frame } from "../../../../src/model/protocol/frame.ts";
import { aFrame, aLeadership, aReplica, leading, r1, r2, r3 } from "../../../support/frames.ts";
import { renderApp } from "../../../support/renderApp.tsx";

/** 1000 px for the axis and 64 for its scales; the whole run, 12.742 s, takes 930 of them. */
const PLOT_WIDTH = 1_064;

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(PLOT_WIDTH);
});

afterEach(() => vi.restoreAllMocks());

const crash: ClusterEvent = {
  at: millis(3_000),
  sequence: 1,
  source: "world",
  fact: { kind: "commandDone", command: { kind: "crash", replicaId: r2 } },
};
const election: ClusterEvent = {
  at: millis(3_250),
  sequence: 2,
  source: "replica",
  replicaId: r1,
  fact: { kind: "electionStarted", term: term(4), preVote: false },
};
const lost: ClusterEvent = {
  at: millis(9_000),
  sequence: 3,
  source: "world",
  fact: { kind: "writeLost", id: "p-306", version: { term: term(3), logIndex: logIndex(56) }, requestId: 7 },
};

/** r2 led term 3 and was killed at 3 s; r1 leads term 4; r3 lags by 348 ms. */
const aHistory: Partial<Frame> = {
  virtualNow: millis(12_742),
  leaderships: [aLeadership(r2, 3, millis(400), millis(3_000)), aLeadership(r1, 4, millis(3_460))],
  replicas: [
    aReplica(r1, { status: leading([r2, r3], { currentTerm: term(4) }) }),
    aReplica(r2, { alive: false }),
    aReplica(r3, { lag: millis(348), queueDepth: 4, status: { currentTerm: term(4) } }),
  ],
  lanes: [
    { at: millis(1_000), lag: [0, millis(12), 0], queueDepth: [0, 1, 0] },
    { at: millis(12_000), lag: [0, Number.NaN, millis(300)], queueDepth: [0, Number.NaN, 3] },
  ],
  recalls: [
    { at: seconds(1), recall: [1, 0.95, 1] },
    { at: seconds(12), recall: [1, Number.NaN, 0.8125] },
  ],
  writes: [
    { at: millis(900), latency: millis(26), outcome: "acknowledged" },
    { at: millis(11_000), latency: seconds(2), outcome: "unknown" },
  ],
  events: [crash, election, lost],
};

const showHistory = () => renderApp({ frame: aFrame(aHistory) });
const axis = () => screen.getByRole("slider", { name: "Playhead" });
const row = (name: RegExp) => {
  const label = screen.getByText(name, { selector: "dt" });
  return label.parentElement?.querySelector("dd")?.textContent;
};

describe("the transport", () => {
  it("plays, and then offers to pause", async () => {
    const { user, session, emit } = await showHistory();
    await user.click(screen.getByRole("button", { name: "Play" }));
    expect(session.frame.playing).toBe(true);
    await emit();
    await user.click(screen.getByRole("button", { name: "Pause" }));
    expect(session.frame.playing).toBe(false);
  });

  it("steps one event", async () => {
    const { user, session } = await showHistory();
    await user.click(screen.getByRole("button", { name: "Step one event" }));
    expect(session.steps).toBe(1);
  });

  it("restarts the same run from its beginning", async () => {
    const { user, session } = await showHistory();
    await user.click(screen.getByRole("button", { name: "Restart the same run" }));
    await vi.waitFor(() => expect(session.opened).toHaveLength(1));
    expect(session.opened[0]?.inputs).toMatchObject({ config: { seed: 7 }, commands: [] });
  });

  it("shows virtual time as a timer that is not announced", async () => {
    const { emit } = await showHistory();
    const clock = screen.getByRole("timer", { name: "Virtual time" });
    expect(clock).toHaveTextContent("12.742 s");
    expect(clock).toHaveAttribute("aria-live", "off");
    await emit({ virtualNow: seconds(62.5) });
    expect(clock).toHaveTextContent("1:02.500");
  });

  it("names the run by seed and hash, and copies the whole hash", async () => {
    const { user, store } = await showHistory();
    const copied = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
    const stamp = screen.getByRole("button", { name: "Run hash 7f3ac21e00d1b52a, in short run 7f3a c21e: copy" });
    expect(stamp).toHaveTextContent("run 7f3a c21e");
    await user.click(stamp);
    expect(copied).toHaveBeenCalledWith("7f3ac21e00d1b52a");
    await vi.waitFor(() => expect(store.getState().notice?.text).toBe("Run hash copied."));
  });
});

describe("the speed", () => {
  it("says what a second here is worth there", async () => {
    await showHistory();
    expect(screen.getByText(/^1 s here = 50 ms$|^1\/20: one second here is 50 ms there$/)).toBeVisible();
    expect(screen.getByRole("slider", { name: "Speed" })).toHaveAttribute(
      "aria-valuetext",
      "1/20: one second here is 50 ms there",
    );
  });

  it("goes through 1, 2, 5 of every decade by arrow keys", async () => {
    const { user, session } = await showHistory();
    screen.getByRole("slider", { name: "Speed" }).focus();
    await user.keyboard("{ArrowRight}");
    await user.keyboard("{ArrowRight}");
    await user.keyboard("{ArrowLeft}");
    expect(session.rates.map((rate) => Number(rate.toFixed(4)))).toEqual([0.1, 0.2, 0.1]);
  });

  it("offers watch and live by name and shows which of them it is", async () => {
    const { user, session, emit } = await showHistory();
    const named = within(screen.getByRole("group", { name: "Named speeds" }));
    expect(named.getByRole("button", { name: "watch 1/20" })).toHaveAttribute("aria-pressed", "true");
    await user.click(named.getByRole("button", { name: "live 1×" }));
    expect(session.rates).toEqual([1]);
    await emit();
    expect(named.getByRole("button", { name: "live 1×" })).toHaveAttribute("aria-pressed", "true");
  });

  it("says what is reached where the workers cannot keep up", async () => {
    const { emit } = await showHistory();
    vi.useFakeTimers();
    try {
      await emit({ playing: true, playbackRate: 100, reachedRate: 31.2 });
      await vi.advanceTimersByTimeAsync(2_000);
    } finally {
      vi.useRealTimers();
    }
    expect(await screen.findByText("100× asked, 31× reached")).toBeVisible();
  });
});

describe("the axis", () => {
  it("says beside each lane what it stands at now, and on which replica", async () => {
    await showHistory();
    expect(row(/^Term/)).toBe("4");
    expect(row(/^Lag/)).toBe("348 ms");
    expect(screen.getByText("Lag", { selector: "dt" })).toHaveTextContent("Lagr3");
    expect(row(/^Queue/)).toBe("4");
    expect(row(/^Write$/)).toBe("unknown");
  });

  it("reads all lanes under the pointer, and lets the replica that lags be seen on the stage", async () => {
    const { store } = await showHistory();
    fireEvent.pointerMove(axis(), { clientX: 100, clientY: 25, pointerType: "mouse" });
    expect(row(/^Term/)).toBe("3");
    expect(row(/^Lag/)).toBe("12 ms");
    expect(row(/^Write$/)).toBe("26 ms");
    expect(store.getState().hovered).toBe(r2);
    fireEvent.pointerLeave(axis(), { pointerType: "mouse" });
    expect(row(/^Lag/)).toBe("348 ms");
    expect(store.getState().hovered).toBeUndefined();
  });

  it("says what the replica finds that finds least, and reads it under the pointer and by ear", async () => {
    const { user, store } = await showHistory();
    if (screen.queryByText(/^Recall/, { selector: "dt" }) === null) {
      await user.click(screen.getByRole("button", { name: "Lanes and values" }));
      await user.click(await screen.findByRole("menuitemcheckbox", { name: "Search recall" }));
      await user.keyboard("{Escape}");
    }
    expect(row(/^Recall/)).toBe("81.3 %");
    expect(screen.getByText("Recall", { selector: "dt" })).toHaveTextContent("Recallr3");
    // The third lane: below marks, terms, lag and queue.
    fireEvent.pointerMove(axis(), { clientX: 100, clientY: 80, pointerType: "mouse" });
    expect(row(/^Recall/)).toBe("95 %");
    expect(store.getState().hovered).toBe(r2);
    fireEvent.pointerLeave(axis(), { pointerType: "mouse" });
    expect(store.getState().hovered).toBeUndefined();
    axis().focus();
    await user.keyboard("{Shift>}{ArrowDown}{/Shift}");
    expect(axis()).toHaveAttribute("aria-valuetext", expect.stringContaining("search recall 81.3 % on r3"));
  });

  it("is read by keys too, while the run stays, and Escape returns to now", async () => {
    const { user, session } = await showHistory();
    axis().focus();
    await user.keyboard("{Shift>}{ArrowDown}{/Shift}");
    expect(axis()).toHaveAttribute("aria-valuenow", "12.5");
    expect(axis()).toHaveAttribute(
      "aria-valuetext",
      expect.stringMatching(/^12\.500 s: r1 leads term 4; lag 300 ms on r3/),
    );
    await user.keyboard("{ArrowUp}");
    expect(axis()).toHaveAttribute("aria-valuetext", expect.stringMatching(/^12\.550 s: r1 leads/));
    await user.keyboard("{Escape}");
    expect(row(/^Lag/)).toBe("348 ms");
    expect(session.sought).toEqual([]);
  });

  it("takes the run to where it is clicked, or to what is typed into the clock", async () => {
    const { user, session } = await showHistory();
    fireEvent.pointerDown(axis(), { clientX: 100, clientY: 25, button: 0 });
    fireEvent.pointerUp(axis(), { clientX: 100, clientY: 25, button: 0 });
    await vi.waitFor(() => expect(session.sought).toHaveLength(1));
    const [clicked] = session.sought;
    expect(clicked).toBeGreaterThan(millis(1_300));
    expect(clicked).toBeLessThan(millis(1_400));
    await user.click(screen.getByRole("button", { name: "Go to an instant" }));
    const field = screen.getByRole("textbox", { name: "Go to the instant" });
    await user.clear(field);
    await user.type(field, "soon{Enter}");
    expect(field).toHaveAccessibleDescription("An instant is like 12.5, 1:02.742, 5 min or +10 s.");
    await user.clear(field);
    await user.type(field, "0:07,25{Enter}");
    await vi.waitFor(() => expect(session.sought.at(-1)).toBe(millis(7_250)));
    expect(screen.getByRole("timer", { name: "Virtual time" })).toBeVisible();
  });

  it("takes the run by keys: an event, a second, a turn of the story, the beginning and back to now", async () => {
    const { user, session, emit } = await showHistory();
    axis().focus();
    await user.keyboard("{ArrowLeft}{ArrowRight}{ArrowRight}");
    expect([session.stepsBack, session.steps]).toEqual([1, 2]);
    await user.keyboard("{Shift>}{ArrowLeft}{/Shift}");
    expect(session.sought.at(-1)).toBe(millis(11_742));
    await emit({ travelled: { end: millis(12_742), fact: 3, branch: 0 } });
    await user.keyboard("{PageUp}");
    expect(session.sought.at(-1)).toEqual({ at: lost.at, sequence: lost.sequence });
    await emit({ travelled: { end: millis(12_742), fact: 3, branch: 0 } });
    await user.keyboard("{PageUp}");
    expect(session.sought.at(-1)).toEqual({ at: election.at, sequence: election.sequence });
    await user.keyboard("{Home}");
    expect(session.sought.at(-1)).toBe(0);
    await emit({ travelled: { end: millis(12_742), fact: 0, branch: 0 } });
    await user.keyboard("{PageDown}");
    expect(session.sought.at(-1)).toEqual({ at: crash.at, sequence: crash.sequence });
    await emit({ travelled: { end: millis(12_742), fact: 1, branch: 0 } });
    await user.keyboard("{End}");
    expect(session.sought.at(-1)).toBe(millis(12_742));
  });

  it("reads the lanes at the playhead, and mutes the marks behind it", async () => {
    const { emit } = await showHistory();
    await emit({ virtualNow: millis(3_100), travelled: { end: millis(12_742), fact: 1, branch: 0 } });
    expect(row(/^Term/)).toBe("no leader");
    expect(row(/^Write$/)).toBe("26 ms");
    const marks = within(screen.getByRole("group", { name: "Marks on the time axis" })).getAllByRole("button");
    expect(marks.map((mark) => mark.classList.contains("is-later"))).toEqual([false, true, true]);
    expect(screen.getByRole("button", { name: "Back to now" })).toBeEnabled();
  });

  it("runs to the next of something, and says when there is none", async () => {
    const { user, session } = await showHistory();
    session.finding = "nothing";
    await user.click(screen.getByRole("button", { name: "Run to…" }));
    await user.click(await screen.findByRole("menuitem", { name: "Next lost write" }));
    expect(session.soughtNext).toEqual([{ what: "lost", until: millis(3_612_742) }]);
    expect(await screen.findByText("No acknowledged write is lost up to 1:00:12.742.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Run to…" }));
    await user.click(await screen.findByRole("menuitem", { name: "One minute on" }));
    expect(session.sought.at(-1)).toBe(millis(72_742));
  });

  it("keeps the old future when something is done in the past; branches are switched, renamed and deleted", async () => {
    const { user, session, store, emit } = await showHistory();
    await emit({ virtualNow: millis(3_100), travelled: { end: millis(12_742), fact: 1, branch: 0 } });
    await user.keyboard("k");
    expect(await screen.findByText(/^Another branch begins at 3\.100 s/)).toBeVisible();
    const { branches, currentBranch } = store.getState();
    expect(branches).toMatchObject([{ name: "First run", at: millis(12_742) }]);
    expect(currentBranch.name).toMatch(/^Killed r1.*, at 3\.100 s$/);
    await user.click(screen.getByRole("button", { name: /^Branches: Killed r1/ }));
    const list = within(await screen.findByRole("dialog", { name: "Branches of this run" }));
    await user.click(list.getByRole("button", { name: "Rename First run" }));
    const field = list.getByRole("textbox", { name: "Name of the branch First run" });
    await user.clear(field);
    await user.type(field, "Nobody dies{Enter}");
    await user.click(list.getByRole("button", { name: /^Nobody dies/ }));
    await vi.waitFor(() => expect(session.opened.at(-1)?.at).toBe(millis(12_742)));
    expect(store.getState().currentBranch.name).toBe("Nobody dies");
    await user.click(screen.getByRole("button", { name: /^Branches: Nobody dies/ }));
    const again = within(await screen.findByRole("dialog", { name: "Branches of this run" }));
    await user.click(again.getByRole("button", { name: /^Delete Killed r1/ }));
    await user.click(again.getByRole("button", { name: /^Yes, delete Killed r1/ }));
    expect(store.getState().branches).toEqual([]);
  });

  it("shows every mark as a button with its event in words, which goes there", async () => {
    const { user, session } = await showHistory();
    const marks = within(screen.getByRole("group", { name: "Marks on the time axis" }));
    expect(marks.getByRole("button", { name: "3.250 s: r1 asks for votes in term 4" })).toBeInTheDocument();
    await user.click(marks.getByRole("button", { name: /^3\.000 s: You killed r2/ }));
    expect(session.sought).toEqual([{ at: crash.at, sequence: crash.sequence }]);
  });

  it("has one mark in the tab order, and arrow keys go on from there", async () => {
    const { user } = await showHistory();
    const marks = within(screen.getByRole("group", { name: "Marks on the time axis" })).getAllByRole("button");
    expect(marks.map((mark) => mark.getAttribute("tabindex"))).toEqual(["-1", "-1", "0"]);
    marks[2]?.focus();
    await user.keyboard("{ArrowLeft}");
    expect(marks[1]).toHaveFocus();
    expect(axis()).toHaveAttribute("aria-valuenow", "3.25");
  });

  it("shows less time on demand, and returns to now", async () => {
    const { user } = await showHistory();
    const window = within(screen.getByRole("group", { name: "Window of the time axis" }));
    await user.click(window.getByRole("button", { name: "Show less time" }));
    expect(window.getByText("6.9 s")).toBeVisible();
    expect(window.getByRole("button", { name: "Follow now" })).toBeDisabled();
    axis().focus();
    await user.keyboard("{Shift>}{ArrowDown>150/}{/Shift}");
    const follow = window.getByRole("button", { name: "Follow now" });
    expect(follow).toBeEnabled();
    await user.click(follow);
    expect(follow).toBeDisabled();
  });

  it("shows the lanes that were chosen, and all values as a table", async () => {
    const { user } = await showHistory();
    expect(screen.queryByText("Available", { selector: "dt" })).toBeNull();
    await user.click(screen.getByRole("button", { name: "Lanes and values" }));
    await user.click(await screen.findByRole("menuitemcheckbox", { name: "Availability" }));
    await user.click(screen.getByRole("menuitemcheckbox", { name: "Queue depth" }));
    expect(screen.getByRole("menuitemcheckbox", { name: "Search recall" })).toBeInTheDocument();
    expect(screen.queryByText(/^Queue/, { selector: "dt" })).toBeNull();
    fireEvent.pointerMove(axis(), { clientX: 70, clientY: 25, pointerType: "mouse" });
    expect(row(/^Available/)).toBe("100 %");
    await user.click(screen.getByRole("menuitem", { name: "Values as a table…" }));
    const table = within(await screen.findByRole("dialog", { name: "Values of the time axis" }));
    expect(table.getAllByRole("row")).toHaveLength(25);
    expect(table.getByRole("row", { name: /^12\.742 s 4 300 ms r3 3 r3 81\.3 % r3 unknown/ })).toBeInTheDocument();
  });

  it("gives the same as tables to people who do not see it", async () => {
    await showHistory();
    const leaders = within(screen.getByRole("table", { name: "Leaders over time" }));
    expect(leaders.getByRole("row", { name: "3 r2 0.400 s 3.000 s" })).toBeInTheDocument();
    expect(leaders.getByRole("row", { name: "4 r1 3.460 s now" })).toBeInTheDocument();
    const marks = within(screen.getByRole("table", { name: "Marks on the time axis" }));
    expect(marks.getByRole("row", { name: /^9\.000 s The acknowledged write of p-306 is lost/ })).toBeInTheDocument();
  });
});

describe("on a phone", () => {
  beforeEach(() => {
    vi.spyOn(window, "matchMedia").mockImplementation((query) =>
      Object.assign(new EventTarget(), {
        matches: query === "(max-width: 600px)",
        media: query,
        onchange: null,
        addListener: () => {},
        removeListener: () => {},
      }),
    );
  });

  it("keeps clock, speed, the large button, step and the verbs", async () => {
    const { user, session, store } = await showHistory();
    expect(screen.getByRole("timer", { name: "Virtual time" })).toHaveTextContent("12.742 s");
    expect(screen.getByText("Run hash 7f3ac21e00d1b52a")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "1/20 speed, switch to 1×" }));
    expect(session.rates).toEqual([1]);
    await user.click(screen.getByRole("button", { name: "Break" }));
    await user.click(await screen.findByRole("menuitem", { name: "Kill the leader" }));
    expect(session.commands).toEqual([{ kind: "crash", replicaId: r1 }]);
    await user.click(screen.getByRole("button", { name: "Break" }));
    await user.click(await screen.findByRole("menuitem", { name: /Cut the network/ }));
    expect(store.getState().dialog).toEqual({ kind: "partition" });
  });
});
