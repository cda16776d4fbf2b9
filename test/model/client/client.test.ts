import { describe, expect, it } from "vitest";
import { type ClientId, clientId, logIndex, type ReplicaId, replicaId, term } from "../../../src/base/ids.ts";
import { type Micros, millis, NEVER, seconds, ZERO } from "../../../src/base/units.ts";
import {
  type Ask,
  type ClientEffect,
  type ClientInput,
  type ClientState,
  createClient,
  nextClientTimerAt,
  stepClient,
} from "../../../src/model/client/client.ts";
import { defaultRun, type ReadPolicy, type RunConfig } from "../../../src/model/protocol/config.ts";
import type { ClientAnswer } from "../../../src/model/protocol/messages.ts";
import { put } from "../../support/replica.ts";

const [r1, r2, r3] = [replicaId(1), replicaId(2), replicaId(3)];
const write: Ask = { kind: "write", operation: put("a") };
const read: Ask = { kind: "read", question: { kind: "get", id: "a" } };
const first = 101 * 0x1_0000_0000 + 1;

/** One client under test, and what it has said so far. */
class Client {
  readonly state: ClientState;
  config: RunConfig = defaultRun(1);

  constructor(id: ClientId = clientId(1)) {
    this.state = createClient(id, 3);
  }

  ask(ask: Ask, at: Micros = ZERO): readonly ClientEffect[] {
    return stepClient(this.state, { kind: "ask", ask }, at, this.config);
  }

  hear(from: ReplicaId, answer: ClientAnswer, at: Micros, requestId = first): readonly ClientEffect[] {
    const message = { kind: "clientReply", requestId, answer } as const;
    return stepClient(this.state, { kind: "message", from, message }, at, this.config);
  }

  timer(): readonly ClientEffect[] {
    return stepClient(this.state, { kind: "timer" }, nextClientTimerAt(this.state), this.config);
  }

  policy(readPolicy: ReadPolicy): void {
    this.config = { ...this.config, cluster: { ...this.config.cluster, readPolicy } };
  }
}

function targets(effects: readonly ClientEffect[]): readonly ReplicaId[] {
  return effects.flatMap((effect) => (effect.kind === "send" ? [effect.to] : []));
}

function facts(effects: readonly ClientEffect[]) {
  return effects.flatMap((effect) => (effect.kind === "report" ? [effect.event] : []));
}

const acknowledged = (index: number): ClientAnswer => ({
  kind: "acknowledged",
  version: { term: term(1), logIndex: logIndex(index) },
});
const refused = (leader: ReplicaId | undefined): ClientAnswer => ({ kind: "notLeader", leader });

describe("whom a client asks", () => {
  it("stands beside the replica of its number, and asks it first", () => {
    expect([1, 2, 3, 4].map((number) => createClient(clientId(number), 3).home)).toEqual([r1, r2, r3, r1]);
    expect(targets(new Client(clientId(2)).ask(read))).toEqual([r2]);
  });

  it("writes go where it was acknowledged last", () => {
    const client = new Client();
    client.ask(write);
    client.hear(r1, refused(r3), millis(20));
    client.hear(r3, acknowledged(2), millis(40));
    expect(targets(client.ask(write, millis(50)))).toEqual([r3]);
    expect(targets(client.ask(read, millis(50)))).toEqual([r1]);
  });

  it.each(["leader", "linearizable"] as const)("reads under the policy `%s` go to the leader it knows", (policy) => {
    const client = new Client();
    client.policy(policy);
    client.state.believedLeader = r3;
    expect(targets(client.ask(read))).toEqual([r3]);
  });

  it("reads carry the policy and the session's last write", () => {
    const client = new Client();
    client.policy("session");
    client.ask(write);
    client.hear(r1, acknowledged(7), millis(20));
    const [effect] = client.ask(read, millis(30));
    expect(effect).toMatchObject({ message: { policy: "session", atLeast: { term: 1, logIndex: 7 } } });
  });
});

describe("redirects", () => {
  it("are followed at once where a leader is named", () => {
    const client = new Client();
    client.ask(write);
    const effects = client.hear(r1, refused(r2), millis(20));
    expect(targets(effects)).toEqual([r2]);
    expect(facts(effects)).toMatchObject([{ kind: "redirected", by: r1, to: r2 }]);
  });

  it("without a name lead to the next replica a little later", () => {
    const client = new Client();
    client.ask(write);
    expect(targets(client.hear(r1, refused(undefined), millis(20)))).toEqual([]);
    expect(nextClientTimerAt(client.state)).toBe(millis(70));
    expect(targets(client.timer())).toEqual([r2]);
  });

  it("in circles are slowed down: two replicas may name each other", () => {
    const client = new Client();
    client.ask(write);
    let sent = 0;
    for (let hop = 0; hop < 4; hop += 1) {
      const from = hop % 2 === 0 ? r1 : r2;
      sent += targets(client.hear(from, refused(from === r1 ? r2 : r1), millis(hop))).length;
    }
    expect(sent).toBe(3);
    expect(nextClientTimerAt(client.state)).toBe(millis(53));
  });

  it("of whom it has not asked are ignored", () => {
    const client = new Client();
    client.ask(write);
    expect(client.hear(r3, refused(r2), millis(20))).toEqual([]);
  });
});

describe("timeouts", () => {
  it("a write without an answer is unknown after 2 s", () => {
    const client = new Client();
    client.ask(write);
    expect(nextClientTimerAt(client.state)).toBe(seconds(2));
    expect(facts(client.timer())).toMatchObject([{ kind: "writeUnknown", requestId: first }]);
    expect(client.state.last?.outcome).toBe("unknown");
    expect(nextClientTimerAt(client.state)).toBe(NEVER);
  });

  it("a write that every replica refused has failed: nothing was written", () => {
    const client = new Client();
    client.ask(write);
    client.hear(r1, refused(undefined), millis(1_990));
    expect(facts(client.timer())).toMatchObject([{ kind: "writeFailed" }]);
  });

  it("a read without an answer is given up", () => {
    const client = new Client();
    client.ask(read);
    expect(facts(client.timer())).toEqual([{ kind: "unanswered", requestId: first, question: "get" }]);
  });

  it("a replica that was silent is passed over for a while, and believed again when it speaks", () => {
    const client = new Client();
    client.ask(read);
    client.timer();
    expect(targets(client.ask(read, millis(2_100)))).toEqual([r2]);
    expect(targets(client.ask(read, millis(7_100)))).toEqual([r1]);
    client.ask(read, millis(7_200));
    client.hear(r1, refused(undefined), millis(7_300), client.state.open[0]?.requestId);
    expect(targets(client.ask(read, millis(7_400)))).toEqual([r1]);
  });

  it("a late acknowledgement of an unknown write still counts", () => {
    const client = new Client();
    client.ask(write);
    client.timer();
    expect(facts(client.hear(r1, acknowledged(3), seconds(9)))).toMatchObject([{ kind: "writeAcknowledged" }]);
    expect(client.state.session).toEqual({ term: 1, logIndex: 3 });
    expect(client.hear(r1, acknowledged(3), seconds(10))).toEqual([]);
  });
});

function retryOf(requestId: number): ClientInput {
  if (write.kind !== "write") throw new Error("retries are of writes");
  return { kind: "retry", requestId, operation: write.operation };
}

describe("retries", () => {
  it("go out under the same request id, with a new deadline", () => {
    const client = new Client();
    client.ask(write);
    client.timer();
    const again = stepClient(client.state, retryOf(first), seconds(3), client.config);
    expect(again).toMatchObject([{ kind: "send", message: { kind: "writeRequest", requestId: first } }]);
    expect(nextClientTimerAt(client.state)).toBe(seconds(5));
  });

  it("stay unknown where nobody takes them: the first attempt may have been written", () => {
    const client = new Client();
    client.ask(write);
    client.timer();
    stepClient(client.state, retryOf(first), seconds(3), client.config);
    client.hear(client.state.open[0]?.target ?? r1, refused(undefined), millis(4_990));
    expect(facts(client.timer())).toMatchObject([{ kind: "writeUnknown" }]);
    expect(client.state.unknown).toHaveLength(1);
  });

  it("go out even when the client has forgotten the write among too many others", () => {
    const client = new Client();
    const again = stepClient(client.state, retryOf(first), seconds(3), client.config);
    expect(again).toMatchObject([{ kind: "send", message: { kind: "writeRequest", requestId: first } }]);
  });

  it("of what is not unknown do nothing", () => {
    const client = new Client();
    client.ask(write);
    expect(stepClient(client.state, retryOf(first), millis(1), client.config)).toEqual([]);
  });
});

describe("bounds", () => {
  it("more than sixteen open operations are skipped, and counted", () => {
    const client = new Client();
    for (let count = 0; count < 16; count += 1) client.ask(write);
    expect(client.ask(write)).toEqual([
      { kind: "report", event: { kind: "skipped", requestId: first + 16, what: "write" } },
    ]);
    expect(client.ask(read)).toEqual([
      { kind: "report", event: { kind: "skipped", requestId: first + 17, what: "read" } },
    ]);
    expect(client.state.open).toHaveLength(16);
  });
});
