// Every event in plain words. The list is read line by line before it is accepted: these are sentences that people see.
import { describe, expect, it } from "vitest";
import { replicaId } from "../../../src/base/ids.ts";
import { seconds } from "../../../src/base/units.ts";
import { sentenceOf, weightOf } from "../../../src/view/store/words.ts";
import { aLeadership } from "../../support/frameBuilders.ts";
import { done, everyEvent } from "./someEvents.ts";

const nobodyLed = { leaderships: [] };

describe("the words for events", () => {
  it("has a sentence for every kind of event", () => {
    expect(everyEvent.map((event) => sentenceOf(event, nobodyLed))).toMatchInlineSnapshot(`
      [
        "r1 asks for votes in term 5",
        "r1 asks whether it could win term 5",
        "r1 votes for r3 in term 5",
        "r1 refused r2's vote: r2's log is behind",
        "r1 refused r2's vote: r1 has voted in term 5 already",
        "r1 refused r2's vote: r2's term is over",
        "r1 refused r2's pre-vote: r1 still hears a leader",
        "r1 leads term 5 with 3 votes",
        "r1, leader of term 5, steps down: it heard of term 6",
        "r1, leader of term 5, steps down: it hears no majority",
        "r1 gives up its election in term 5: another won",
        "r1 follows r3 in term 5",
        "r1 rolled back entries 52 to 58: 7 applied entries undone",
        "r1 rolled back entry 52",
        "r1 folded its log up to entry 10000 into a snapshot",
        "r1 sends r3 a snapshot: 240 items up to entry 412",
        "r1 took in the snapshot: 240 items up to entry 412, 2 applied entries undone",
        "r1 refused a write: r1 leads",
        "r1 refused a write: it does not lead and knows no leader",
        "r1 refused a write: its log is full",
        "r1 stops waiting for silent replicas: one copy is enough for now",
        "r1 waits for all copies again",
        "r1 forgot its oldest waiting read: too many wait",
        "r1 dropped a message: too many wait already",
        "r1 takes term 6 for its own, without asking anybody",
        "r1 found record 41 damaged: it neither serves nor votes until a leader has sent it everything",
        "r1 is whole again: it serves and votes",
        "c1's delete of p-318 is acknowledged after 26 ms: entry 42 of term 3",
        "c1 got no answer to its delete of p-318: outcome unknown, not failed",
        "c1's delete of p-318 failed: nothing was written",
        "r2 sent c1 on to r1",
        "r2 could not tell c1 who leads",
        "r3 answered c1's search with 5 items in 22 ms",
        "r3 answered c1's search with nothing in 22 ms",
        "r3 answered c1's read in 22 ms",
        "c1's search got no answer",
        "c1 skipped a write: too many of its operations are open",
        "You killed r1",
        "You started r1 again",
        "You cut r1 and c1 off from the rest",
        "You cut the network: r1 and c1 | r2 and r3",
        "You healed the network",
        "You cut the link from r1 to r2",
        "You restored the link from r1 to r2",
        "You chose asynchronous: a write is acknowledged at one copy",
        "You chose quorum: a write is acknowledged at W copies",
        "You chose synchronous: a write is acknowledged at all copies",
        "You set W to 2 and R to 1",
        "Synchronous may now degrade while a replica is silent",
        "Reads and searches now go by the policy: linearizable",
        "Election timeout 150 to 300 ms, heartbeat 50 ms",
        "Rule off: quorum reads wait",
        "Network: 10 to 15 ms one way, 20 % lost, 1 % twice, 50 % out of order",
        "r1 to r3: 10 to 15 ms one way",
        "r1 to r3 is like the rest of the network again",
        "Clients now ask for 5 writes, 1 read and 2 searches a second",
        "You asked c1 to delete p-318",
        "You sent a write again under the same request id",
        "You started r1 with an empty disk",
        "You paused r1, as a long garbage collection does",
        "You paused r1 for 2.0 s, as a long garbage collection does",
        "You let r1 go on",
        "You made r1 5 times as slow",
        "r1 works at full speed again",
        "r1 now refuses replicated writes, and still votes",
        "r1 accepts replicated writes again",
        "You set r1's clock 1.0 s ahead and 20 % fast",
        "You set r1's clock right",
        "r1's disk now takes 20 ms to sync",
        "r1's disk now lies: it says "synced" before it is",
        "You damaged a record on r1's disk; nobody has noticed",
        "You promoted r1 without an election",
        "You cut r1 off from everybody",
        "You dropped a message",
        "You held a message back by 30 ms",
        "You let c1 search",
        "Every replica now searches with an HNSW index: M 16, efConstruction 128, ef 64",
        "r1 and r3 now search with an HNSW index: M 8, efConstruction 32, ef 4",
        "Every replica now searches exactly",
        "An operation now costs 1 ms of work, and a disk takes 5 ms to sync",
        "You began a game day: kill a replica every 30.0 s, for 10.0 s",
        "You ended the game day",
        "Game day: r1 is killed",
        "Game day: the network is healed",
        "r1 goes on: its pause is over",
        "Nothing changed: r1 is running already.",
        "A promise is broken: r1 and r2 lead term 3",
        "The network is full: 20,000 messages are under way, new ones are dropped",
        "The store of r1 differs from its log, a defect of this program: its recall is unknown",
        "The acknowledged write of p-318 is lost: entry 44 of term 3",
      ]
    `);
  });

  it("says which term a killed leader led", () => {
    const context = { leaderships: [aLeadership(replicaId(1), 4, seconds(2), seconds(6))] };
    expect(sentenceOf(done({ kind: "crash", replicaId: replicaId(1) }), context)).toBe(
      "You killed r1, leader of term 4",
    );
  });

  it("does not call a replica leader that led an earlier term", () => {
    const context = { leaderships: [aLeadership(replicaId(1), 4, seconds(2), seconds(3))] };
    expect(sentenceOf(done({ kind: "crash", replicaId: replicaId(1) }), context)).toBe("You killed r1");
  });

  it("takes acknowledgements and answers for routine, and what turns the story for a turn", () => {
    const routine = everyEvent.filter((event) => weightOf(event) === "routine").map(({ fact }) => fact.kind);
    const turns = everyEvent.filter((event) => weightOf(event) === "turn").map(({ fact }) => fact.kind);
    expect(new Set(routine)).toEqual(
      new Set(["writeRefused", "writeAcknowledged", "redirected", "answered", "unanswered", "skipped"]),
    );
    expect(new Set(turns)).toEqual(
      new Set([
        ...["electionStarted", "becameLeader", "steppedDown", "rolledBack", "degraded", "commandDone", "writeLost"],
        ...["promoted", "damageFound", "quarantineEnded", "verdictBroken", "storeDiffers"],
      ]),
    );
  });
});
