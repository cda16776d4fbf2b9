// What the event loop derives of each replica is what the replica holds, whatever happens to it; and a difference is found.
import { describe, expect, it } from "vitest";
import { present } from "../../../src/base/assert.ts";
import { clientIds, replicaId } from "../../../src/base/ids.ts";
import { seconds } from "../../../src/base/units.ts";
import type { InlineRun } from "../../../src/model/cluster/inline.ts";
import { InlineRun as Run } from "../../../src/model/cluster/inline.ts";
import { type Mirror, mirrorOf, trueMirrorOf } from "../../../src/model/cluster/mirror.ts";
import { recallNow } from "../../../src/model/cluster/probe.ts";
import { copyRun } from "../../../src/model/history/sharing.ts";
import { DEFAULT_CLUSTER, DEFAULT_WORKLOAD } from "../../../src/model/protocol/config.ts";
import { LOG_CAPACITY } from "../../../src/model/protocol/log.ts";
import { shake, shakenConfig } from "../../support/shakenRun.ts";
import { tinyDataset } from "../../support/tinyDataset.ts";

const PATIENCE = 120_000;

function expectMirrored(run: InlineRun): void {
  for (const member of run.state.members) {
    const store = run.replicas.get(member.id)?.store;
    expect(mirrorOf(member)?.items).toEqual(store?.items);
  }
}

describe("the mirror of a replica", () => {
  it.each([2, 3, 4, 6])(
    "holds what it holds under crashes, partitions, wipes, damage and changes of mode, seed %i",
    (seed) => {
      let undone = 0;
      let followed = 0;
      const before = new Map<number, Mirror | undefined>();
      const run = shake(seed, seconds(8), (at) => {
        expectMirrored(at);
        undone = at.state.counters.entriesRolledBack;
        for (const member of at.state.members) {
          const mirror = mirrorOf(member);
          if (mirror !== undefined && mirror === before.get(member.id)) followed += 1;
          before.set(member.id, mirror);
        }
      });
      expect(undone).toBeGreaterThan(0);
      // It is followed, not made anew, but where a replica started again or got a whole snapshot.
      expect(followed).toBeGreaterThan(1_000);
      expectMirrored(copyRun(run, tinyDataset));
    },
    PATIENCE,
  );

  it(
    "is the same when it is looked at seldom, with windows",
    () => {
      let looks = 0;
      shake(
        5,
        seconds(8),
        (run) => {
          looks += 1;
          if (looks % 40 === 0) expectMirrored(run);
        },
        { stepping: "window" },
      );
      expect(looks).toBeGreaterThan(400);
    },
    PATIENCE,
  );

  it(
    "is followed across the folding of a log",
    () => {
      const config = shakenConfig(2);
      const workload = { ...DEFAULT_WORKLOAD, ...config.workload, writesPerSecond: 1_000, maxOpen: 1_000 };
      const run = new Run({ ...config, workload }, tinyDataset);
      const member = present(run.state.members[0], "a member");
      const end = seconds(LOG_CAPACITY / 1_000 + 4);
      let made = 0;
      let mirror: Mirror | undefined;
      for (let at = seconds(1); at <= end; at = seconds(run.state.now / 1_000_000 + 1)) {
        run.runUntil(at);
        expectMirrored(run);
        // Made from thousands of entries at once, it is the same as made one by one.
        if (at === seconds(6)) expectMirrored(copyRun(run, tinyDataset));
        if (mirrorOf(member) !== mirror) made += 1;
        mirror = mirrorOf(member);
      }
      expect(member.disk.snapshot.lastIncludedIndex).toBe(LOG_CAPACITY / 2);
      expect(made).toBe(1);
    },
    PATIENCE,
  );

  it(
    "is made anew where more is undone than it remembers",
    () => {
      const config = shakenConfig(2);
      const cluster = { ...DEFAULT_CLUSTER, mode: "asynchronous" as const, initialLeader: replicaId(1) };
      const workload = { ...config.workload, writesPerSecond: 1_000, maxOpen: 1_000 };
      const run = new Run({ ...config, cluster, workload }, tinyDataset);
      run.runUntil(seconds(1));
      run.command({
        kind: "partition",
        groups: [
          [replicaId(1), ...clientIds(workload.clients)],
          [replicaId(2), replicaId(3)],
        ],
      });
      for (let at = 2; at <= 5; at += 1) {
        run.runUntil(seconds(at));
        expectMirrored(run);
      }
      run.command({ kind: "heal" });
      while (run.state.counters.entriesRolledBack === 0) {
        run.step();
        expectMirrored(run);
      }
      expect(run.state.counters.entriesRolledBack).toBeGreaterThan(2_500);
      run.runUntil(seconds(7));
      expectMirrored(run);
    },
    PATIENCE,
  );

  it("finds that a disk does not hold what its replica says it has applied", () => {
    const run = new Run(shakenConfig(2), tinyDataset);
    run.runUntil(seconds(2));
    const member = present(run.state.members[1], "a member");
    expect(mirrorOf(member)).toBeDefined();
    member.disk.entries.splice(3, 1);
    expect(() => mirrorOf(member)).toThrow("what r2 says it has applied is not what its disk holds");
    // Whoever looks on while the run goes on does not stop it.
    expect(trueMirrorOf(member)).toBeUndefined();
    expect(recallNow(run.state)[1]).toBeNaN();
  });
});
