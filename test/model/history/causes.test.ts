// "Why?" in stories: each tells the causal past of one event, and the words say what a person would say.
import { describe, expect, it } from "vitest";
import { present } from "../../../src/base/assert.ts";
import { clientId, replicaId } from "../../../src/base/ids.ts";
import { type Micros, seconds, ZERO } from "../../../src/base/units.ts";
import { datasetByName } from "../../../src/data/dataset.ts";
import { itemNames } from "../../../src/data/itemNames.ts";
import { record, type Written } from "../../../src/model/history/recording.ts";
import { Timeline } from "../../../src/model/history/timeline.ts";
import { explain } from "../../../src/model/history/why.ts";
import type { Explanation, Question, Reason } from "../../../src/model/protocol/chronicle.ts";
import type { TimedCommand } from "../../../src/model/protocol/commands.ts";
import { DEFAULT_CLUSTER, DEFAULT_RULES, defaultRun, MODEL_VERSION } from "../../../src/model/protocol/config.ts";
import type { ClusterEvent } from "../../../src/model/protocol/events.ts";
import { paragraphOf } from "../../../src/view/store/whyParagraph.ts";
import { claimWords } from "../../../src/view/store/whyWords.ts";

const dataset = datasetByName("products");
const context = { leaderships: [] };
/** The same where things have names. */
const named = { ...context, itemName: (id: string) => itemNames("products").get(id) };
const [r1, r2, r3] = [replicaId(1), replicaId(2), replicaId(3)];

interface Story {
  readonly until: Micros;
  readonly cluster?: Partial<typeof DEFAULT_CLUSTER>;
  readonly commands: readonly TimedCommand[];
}

function chronicleOf({ until, cluster, commands }: Story): Written {
  const config = { ...defaultRun(1), cluster: { ...DEFAULT_CLUSTER, initialLeader: r1, ...cluster } };
  const inputs = { modelVersion: MODEL_VERSION, config, commands };
  return record(new Timeline(inputs, dataset), { from: ZERO, to: until, limit: 1_000_000 });
}

function explained(written: Written, question: Question): Explanation {
  return present(explain(written, question), "something that happened").explanation;
}

/** Why the last event happened that tells a fact of this kind. */
function whyLast(written: Written, kind: ClusterEvent["fact"]["kind"]): Explanation {
  const event = written.events.findLast(({ facts }) => facts.some(({ fact }) => fact.kind === kind));
  const { at, id } = present(event, `an event with ${kind}`);
  return explained(written, { kind: "event", at, event: id });
}

/** Every sentence of an explanation, from what was asked to the last reason. */
function sentences({ reason }: Explanation): readonly string[] {
  const told = (step: Reason): readonly string[] => [claimWords(step.claim, context), ...step.because.flatMap(told)];
  return told(reason);
}

const killed = chronicleOf({
  until: seconds(6),
  commands: [{ at: seconds(2), command: { kind: "crash", replicaId: r1 } }],
});

describe("why", () => {
  it("a replica leads: who voted for it, what it had not heard, and that the leader was killed", () => {
    const leads = whyLast(killed, "becameLeader");
    const told = sentences(leads);
    expect(told[0]).toMatch(/^r3 leads term \d+ with 2 votes$/);
    expect(told).toContainEqual(expect.stringMatching(/^r2 votes for r3 in term/));
    expect(told).toContainEqual(expect.stringMatching(/^r3 heard nothing from r1 for \d+ ms$/));
    expect(told).toContain("You killed r1");
    expect(paragraphOf(leads, context)).toMatch(
      /^r3 leads term (\d+), because r2 voted for it; r2 voted because r3 asked for votes in term \1\. r3 asked because /,
    );
    const kinds = leads.events.flatMap(({ facts }) => facts.map(({ fact }) => fact.kind));
    expect(new Set(kinds)).not.toContain("writeAcknowledged");
    const shapes = leads.messages.map(({ shape }) => shape);
    expect(shapes).toContain("voteGranted");
    expect(shapes).toContain("voteRequest");
  });

  it("a fact is asked about by its number", () => {
    const elected = present(
      killed.events.flatMap(({ facts }) => facts).findLast(({ fact }) => fact.kind === "leaderHeard"),
      "a follower that hears of a leader",
    );
    const told = sentences(explained(killed, { kind: "fact", at: elected.at, sequence: elected.sequence }));
    expect(told[0]).toMatch(/^r2 follows r3 in term \d+$/);
    expect(told[1]).toMatch(/^r3 leads term \d+ with 2 votes$/);
  });

  it("several voters are named together", () => {
    const five = chronicleOf({
      until: seconds(4),
      cluster: { replicaCount: 5, writeQuorum: 3, readQuorum: 3 },
      commands: [{ at: seconds(2), command: { kind: "crash", replicaId: r1 } }],
    });
    expect(paragraphOf(whyLast(five, "becameLeader"), context)).toMatch(
      /because r\d(, r\d)? and r\d voted for it; they voted because r\d asked for votes/,
    );
  });

  it("an election failed: the vote that another had already", () => {
    const told = sentences(whyLast(killed, "electionStarted"));
    expect(told).toContainEqual(expect.stringMatching(/did not win the election of term 2$/));
    expect(told).toContainEqual(expect.stringMatching(/has voted in term 2 already$/));
  });

  it("a write is acknowledged: it was committed, since others had stored it, since a client asked", () => {
    const told = sentences(whyLast(killed, "writeAcknowledged"));
    expect(told[0]).toMatch(/is acknowledged after/);
    expect(told[1]).toMatch(/^r3 committed up to entry \d+: r2 and r3 had it$/);
    expect(told).toContainEqual(expect.stringMatching(/^r2 stored entry/));
    expect(told).toContainEqual(expect.stringMatching(/^c\d asked to write p-/));
  });

  it("a write got no answer: the replica that it went to was down", () => {
    const told = sentences(whyLast(killed, "writeUnknown"));
    expect(told).toContainEqual(expect.stringMatching(/^the write from c\d to r1 was lost: the replica is down$/));
    expect(told).toContain("You killed r1");
  });

  it("a message was lost: the command that cut the link", () => {
    const cut = chronicleOf({
      until: seconds(3),
      commands: [{ at: seconds(2), command: { kind: "cut", from: r1, to: r3 } }],
    });
    const lost = present(
      cut.messages.findLast((message) => message.lost !== undefined),
      "a lost message",
    );
    const told = sentences(explained(cut, { kind: "message", at: seconds(3), flight: lost.id }));
    expect(told).toEqual([
      expect.stringMatching(/from r1 to r3 was lost: the link is cut$/),
      "You cut the link from r1 to r3",
    ]);
  });

  describe("what a wall costs in asynchronous mode", () => {
    const lost = chronicleOf({
      until: seconds(7),
      cluster: { mode: "asynchronous" },
      commands: [
        {
          at: seconds(2),
          command: {
            kind: "partition",
            groups: [
              [r1, clientId(1)],
              [r2, r3, clientId(2), clientId(3)],
            ],
          },
        },
        { at: seconds(5), command: { kind: "heal" } },
      ],
    });

    it("an acknowledged write is lost: one copy, a wall, and a leader without it", () => {
      const told = sentences(whyLast(lost, "rolledBack"));
      expect(told[0]).toMatch(/^The acknowledged write of p-\d+ is lost/);
      expect(told).toContainEqual(expect.stringMatching(/^r1 committed up to entry \d+: its own copy was enough$/));
      expect(told).toContainEqual(expect.stringMatching(/^\d+ messages from r1 to r\d were lost: the link is cut$/));
      expect(told).toContainEqual(expect.stringMatching(/^You cut the network: r1 and c1 \| r2, r3, c2 and c3$/));
      expect(told).toContainEqual(expect.stringMatching(/leads term \d+ with 2 votes$/));
    });

    it("in a paragraph that names the product first and says each cause once", () => {
      const { events } = lost;
      const loss = present(
        events.flatMap(({ facts }) => facts).find(({ fact }) => fact.kind === "writeLost"),
        "a lost write",
      );
      const { at, sequence } = loss;
      const paragraph = paragraphOf(explained(lost, { kind: "fact", at, sequence }), named);
      expect(paragraph).toMatch(
        /^The acknowledged write of [A-Z][^(]+ \(p-\d{3}\) is lost, because c1 was told after \d+ ms/,
      );
      expect(paragraph).toContain("c1 was told so because one copy was enough, r1's own.");
      expect(paragraph.match(/You cut the network|you cut the network/g)).toHaveLength(1);
      expect(paragraph.match(/p-\d{3}/g)).toHaveLength(1);
      const clauses = paragraph.replace(/\.$/, "").split(/\. |; |, because | because /);
      expect(new Set(clauses).size).toBe(clauses.length);
    });

    it("a write got no answer: in one sentence", () => {
      const silent = paragraphOf(whyLast(killed, "writeUnknown"), named);
      expect(silent).toMatch(
        /^c\d got no answer to its (put|delete) of [A-Z][^(]+ \(p-\d{3}\), because the write from c\d to r1 was lost; it was lost because you killed r1\.$/,
      );
    });
  });

  describe("a search misses a neighbour", () => {
    const stale = chronicleOf({
      until: seconds(4),
      commands: [{ at: seconds(2), command: { kind: "partition", groups: [[r3, clientId(3)]] } }],
    });
    const newest = present(
      stale.events.findLast(({ who, standing }) => who === r1 && standing !== undefined)?.standing,
      "r1",
    );
    const ask = (version: typeof newest.logEnd, replicaId = r3) =>
      sentences(explained(stale, { kind: "unapplied", at: seconds(4), replicaId, version, id: "p-318" }));

    it("because the append was dropped at the wall", () => {
      const told = ask(newest.logEnd);
      expect(told[0]).toMatch(/^r3 does not have the write of p-318: entry \d+ of term 1 is not in its log$/);
      expect(told).toContainEqual(expect.stringMatching(/messages? from r1 to r3 (was|were) lost: the link is cut$/));
      expect(told).toContain("You cut r3 and c3 off from the rest");
      const { logEnd: version } = newest;
      const asked = { kind: "unapplied", at: seconds(4), replicaId: r3, version, id: "p-001" } as const;
      expect(paragraphOf(explained(stale, asked), named)).toMatch(
        /^r3 does not have the write of Larch waterproof trail shoe \(p-001\) in its log, because (the|\d+) [a-z]+ from r1 to r3 (was|were) lost; (it was|they were) lost because you cut r3 and c3 off from the rest\.$/,
      );
    });

    it("because the replica is down, refuses writes, or is paused", () => {
      const told = (kind: "crash" | "refuseWrites" | "pause") => {
        const written = chronicleOf({
          until: seconds(4),
          commands: [{ at: seconds(2), command: { kind, replicaId: r2 } }],
        });
        const { standing } = present(
          written.events.findLast((event) => event.who === r1 && event.standing?.role === "leader"),
          "the leader",
        );
        const { logEnd: version } = present(standing, "its standing");
        return sentences(explained(written, { kind: "unapplied", at: seconds(4), replicaId: r2, version, id: "p-1" }));
      };
      expect(told("crash")).toContain("You killed r2");
      expect(told("refuseWrites")).toContain("r2 now refuses replicated writes, and still votes");
      expect(told("pause")).toContain("You paused r2, as a long garbage collection does");
    });
  });

  it("a leader was made by hand: the command", () => {
    const promoted = chronicleOf({
      until: seconds(3),
      commands: [{ at: seconds(2), command: { kind: "promote", replicaId: r2 } }],
    });
    expect(sentences(whyLast(promoted, "promoted"))).toContain("You promoted r2 without an election");
    expect(sentences(whyLast(promoted, "steppedDown"))).toContainEqual(expect.stringMatching(/^r2 leads term 2/));
  });

  it("with pre-vote an election begins since others would vote", () => {
    const careful = chronicleOf({
      until: seconds(4),
      cluster: { rules: { ...DEFAULT_RULES, preVote: true } },
      commands: [{ at: seconds(2), command: { kind: "crash", replicaId: r1 } }],
    });
    const told = sentences(whyLast(careful, "becameLeader"));
    expect(told).toContainEqual(expect.stringMatching(/pre-vote|would vote/));
    expect(told).toContain("You killed r1");
  });

  it("says that reasons lie further back when they do", () => {
    const config = { ...defaultRun(1), cluster: { ...DEFAULT_CLUSTER, initialLeader: r1 } };
    const inputs = { modelVersion: MODEL_VERSION, config, commands: [] };
    const late = record(new Timeline(inputs, dataset), { from: seconds(3), to: seconds(4), limit: 10_000 });
    const beat = present(
      late.events.find(({ trigger }) => trigger.kind === "timer" && trigger.timer === "heartbeat"),
      "a heartbeat",
    );
    expect(explain(late, { kind: "event", at: beat.at, event: beat.id })?.isShort).toBe(true);
    expect(explain(late, { kind: "event", at: beat.at, event: 1 })).toBeUndefined();
  });
});
