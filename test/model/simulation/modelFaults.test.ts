// What a cluster must get right beyond Raft: messages that never left, replicas that cannot keep up, reasons of then.
import { describe, expect, it } from "vitest";
import { clientId, replicaId } from "../../../src/base/ids.ts";
import { millis, seconds, toMillis } from "../../../src/base/units.ts";
import { InlineRun } from "../../../src/model/cluster/inline.ts";
import type { LostFlight } from "../../../src/model/cluster/state.ts";
import { verdictsOf } from "../../../src/model/cluster/verdicts.ts";
import type { Verdict, VerdictName } from "../../../src/model/protocol/verdict.ts";
import { judgedConfig } from "../../support/judgedRuns.ts";
import { tinyDataset } from "../../support/tinyDataset.ts";

const [r1, r2, r3] = [replicaId(1), replicaId(2), replicaId(3)];

function verdict(run: InlineRun, name: VerdictName): Verdict {
  const found = verdictsOf(run.state).find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no verdict ${name}`);
  return found;
}

describe("limited bandwidth", () => {
  it("keeps what has not left yet with its sender: it is lost when that crashes", () => {
    const cluster = { initialLeader: r1 };
    const run = new InlineRun(
      judgedConfig({ seed: 1, replicas: 3, cluster, workload: { writesPerSecond: 50 } }),
      tinyDataset,
    );
    const lost: LostFlight[] = [];
    run.state.observer = {
      replica: () => {},
      client: () => {},
      sent: () => {},
      lost: (flight) => void lost.push(flight),
      fact: () => {},
    };
    const { quality } = run.state.config.network;
    for (const to of [r2, r3])
      run.command({ kind: "setLink", from: r1, to, quality: { ...quality, bandwidth: 2_000 } });
    run.runFor(seconds(1));
    const { now, queue } = run.state;
    const waiting = queue.unordered().filter(({ flight }) => flight?.from === r1 && flight.leavesAt > now);
    expect(waiting.length).toBeGreaterThan(5);
    run.command({ kind: "crash", replicaId: r1 });
    expect(lost.filter(({ lostAt }) => lostAt === now)).toHaveLength(waiting.length);
    const left = queue.unordered().filter(({ flight }) => flight?.from === r1);
    for (const { at } of left) expect(at - now).toBeLessThanOrEqual(millis(15));
    // What it sends when it is back does not wait behind what is gone.
    run.command({ kind: "restart", replicaId: r1 });
    for (const link of run.state.network.links.values())
      if (link.from === r1) expect(link.freeAt).toBeLessThanOrEqual(now);
  });
});

describe("replicas that cannot keep up", () => {
  it("excuse a cluster that is overloaded: what it cannot do breaks no promise", () => {
    const rules = { preVote: true, checkQuorum: true };
    const cluster = { processingCost: millis(8) };
    const workload = { writesPerSecond: 60 };
    const run = new InlineRun(judgedConfig({ seed: 3, replicas: 3, rules, cluster, workload }), tinyDataset);
    run.runFor(seconds(20));
    const { writesAttempted, writesAcknowledged } = run.state.counters;
    expect(writesAcknowledged).toBeLessThan(writesAttempted / 2);
    for (const name of ["LeaderStability", "Liveness"] as const) expect(verdict(run, name).count).toBe(0);
  });

  it("are judged while they do keep up", () => {
    const rules = { checkQuorum: true };
    const cluster = { processingCost: millis(1), initialLeader: r1 };
    const run = new InlineRun(judgedConfig({ seed: 3, replicas: 3, rules, cluster }), tinyDataset);
    run.runFor(seconds(3));
    run.command({ kind: "isolate", replicaId: r3 });
    run.runFor(seconds(2));
    run.command({ kind: "heal" });
    run.runFor(seconds(2));
    expect(verdict(run, "LeaderStability").count).toBeGreaterThan(0);
  });
});

describe("the reason why something was not promised", () => {
  it("is that of when the write was acknowledged, whatever has been switched since", () => {
    const cluster = { mode: "asynchronous", initialLeader: r1 } as const;
    const run = new InlineRun(
      judgedConfig({ seed: 5, replicas: 3, cluster, workload: { writesPerSecond: 40 } }),
      tinyDataset,
    );
    run.runFor(seconds(1));
    run.command({ kind: "partition", groups: [[r1, clientId(1)]] });
    run.runFor(millis(120));
    run.command({ kind: "setMode", mode: "quorum" });
    expect(verdict(run, "AcknowledgedWritesKept")).toMatchObject({ promised: true, withdrawnBy: "" });
    run.runFor(seconds(2));
    run.command({ kind: "wipe", replicaId: r2 });
    const { promised, holds, count, withdrawnBy } = verdict(run, "AcknowledgedWritesKept");
    expect(count).toBeGreaterThan(0);
    expect({ promised, holds, withdrawnBy }).toEqual({
      promised: false,
      holds: true,
      withdrawnBy: "asynchronous replication",
    });
    expect(toMillis(run.state.now)).toBeGreaterThan(3_000);
  });
});
