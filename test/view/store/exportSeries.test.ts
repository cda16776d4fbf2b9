// The series as files: names of an exporter, one value a row, time stamps of virtual time.
import { describe, expect, it } from "vitest";
import { millis, seconds } from "../../../src/base/units.ts";
import { csvOf, prometheusOf } from "../../../src/view/store/exportSeries.ts";
import { noFacts, type RunFacts } from "../../../src/view/store/runFacts.ts";
import { aFrame, aLeadership, r1 } from "../../support/frames.ts";

const facts: RunFacts = {
  ...noFacts(),
  counters: { ...aFrame().counters, acknowledgedWritesLost: 3 },
  virtualNow: seconds(6),
  lanes: {
    samples: [{ at: millis(5_100), lag: [0, 348_000, Number.NaN], queueDepth: [0, 4, 0] }],
    recalls: [{ at: seconds(5), recall: [1, 0.875, Number.NaN] }],
    writes: [],
    leaderships: [aLeadership(r1, 2, millis(200))],
    marks: [],
  },
};
const stretches = [{ at: seconds(5), p50: millis(26), p99: millis(80), availability: 0.75 }];

describe("exported series", () => {
  it("are tidy CSV: when, what, whose, how much; a value that nobody knows is left out", () => {
    const rows = csvOf(facts, stretches).trimEnd().split("\n");
    expect(rows[0]).toBe("time_seconds,metric,replica,quantile,value");
    expect(rows).toContain("5.1,replication_lag_seconds,r2,,0.348");
    expect(rows).toContain("5.1,replication_queue_depth,r2,,4");
    expect(rows).toContain("5,search_recall_at_k,r2,,0.875");
    expect(rows.filter((row) => row.includes("search_recall_at_k,r3"))).toEqual([]);
    expect(rows).toContain("5,write_latency_seconds,,0.99,0.08");
    expect(rows).toContain("5,availability_ratio,,,0.75");
    expect(rows).toContain("6,acknowledged_writes_lost_total,,,3");
    expect(rows.filter((row) => row.includes("replication_lag_seconds,r3"))).toEqual([]);
    for (const row of rows) expect(row.split(",")).toHaveLength(5);
  });

  it("are text that Prometheus reads: each metric with help and type once, then its samples", () => {
    const text = prometheusOf(facts, stretches);
    expect(text).toContain('replication_lag_seconds{replica="r2"} 0.348 5100\n');
    expect(text).toContain('write_latency_seconds{quantile="0.5"} 0.026 5000\n');
    expect(text).toContain('search_recall_at_k{replica="r2"} 0.875 5000\n');
    expect(text).toContain('raft_term{replica="r1"} 2 200\n');
    for (const line of text.trimEnd().split("\n")) {
      expect(line).toMatch(/^$|^# (HELP|TYPE) [a-z_]+ .+$|^[a-z_]+(\{[a-z]+="[^"]+"\})? [\d.e+-]+ \d+$/);
    }
    const types = [...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name);
    expect(new Set(types).size).toBe(types.length);
  });
});
