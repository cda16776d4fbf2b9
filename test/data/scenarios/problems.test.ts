// Whatever is wrong with a scenario file is told in one line that names the path of the key and its value.
import { describe, expect, it } from "vitest";
import { readScenario } from "../../../src/data/scenarios/scenario.ts";

const head = { format: "replicascope-scenario", version: 1 };

function problemOf(text: string): string {
  const result = readScenario(text);
  return result.ok ? "nothing" : result.problem;
}

function problemWith(parts: object): string {
  return problemOf(JSON.stringify({ ...head, ...parts }));
}

const action = (parts: object) => ({ actions: [{ at: "1s", ...parts }] });

describe("a scenario file", () => {
  it("is told to be empty", () => {
    expect(problemOf("  \n")).toBe("the file is empty");
  });

  it("is told not to be JSON", () => {
    expect(problemOf("{ format")).toMatch(/^the file is not JSON: /);
  });

  it.each([
    ["a list", "[]", ": must be an object, not []"],
    ["another format", JSON.stringify({ ...head, format: "x" }), 'format: must be "replicascope-scenario", not "x"'],
    ["no format", JSON.stringify({ version: 1 }), 'format: must be "replicascope-scenario"'],
    [
      "a newer version with keys of its own",
      JSON.stringify({ ...head, version: 2, more: 1 }),
      "version: is newer than 1, the newest that this Replicascope reads: 2",
    ],
    ["a version that is none", JSON.stringify({ ...head, version: "1" }), 'version: must be 1, not "1"'],
  ])("is refused as %s", (_, text, line) => {
    expect(problemOf(text)).toBe(line.replace(/^: /, ""));
  });

  it.each<[string, object, string]>([
    ["an unknown key", { cluster: { replica: 3 } }, "cluster.replica: is no key that is known here; its value is 3"],
    ["a wrong type", { cluster: { replicas: "3" } }, 'cluster.replicas: must be a whole number, not "3"'],
    ["too many replicas", { cluster: { replicas: 51 } }, "cluster.replicas: must be from 1 to 50, not 51"],
    ["an unknown mode", { cluster: { mode: "fast" } }, 'cluster.mode: must be one of async, quorum, sync, not "fast"'],
    [
      "a quorum above the number of replicas",
      { cluster: { replicas: 3, writeQuorum: 4 } },
      "cluster.writeQuorum: must be from 1 to 3, the number of replicas, not 4",
    ],
    ["a quorum of none", { cluster: { readQuorum: 0 } }, "cluster.readQuorum: must be from 1 to 50, not 0"],
    [
      "a duration without unit",
      { cluster: { heartbeatInterval: "50" } },
      'cluster.heartbeatInterval: needs a unit: us, ms, s, min or h, as in "150ms", not "50"',
    ],
    [
      "a duration as a number",
      { cluster: { heartbeatInterval: 50 } },
      'cluster.heartbeatInterval: must be a duration as text with a unit, such as "150ms", not 50',
    ],
    ["an unknown unit", { until: "3 days" }, 'until: has no unit that is known: us, ms, s, min or h, not "3 days"'],
    [
      "a range whose ends are reversed",
      { cluster: { electionTimeout: ["300ms", "150ms"] } },
      'cluster.electionTimeout: has its ends reversed, not ["300ms","150ms"]',
    ],
    [
      "a negative latency",
      { network: { latency: { constant: "-5ms" } } },
      'network.latency.constant: must not be negative, not "-5ms"',
    ],
    ["a loss above one", { network: { loss: 1.5 } }, "network.loss: must be from 0 to 1, not 1.5"],
    [
      "a loss below nothing",
      { network: { links: [{ from: "r1", to: "r2", loss: -0.1 }] } },
      "network.links[0].loss: must be from 0 to 1, not -0.1",
    ],
    [
      "two distributions at once",
      { network: { latency: { constant: "5ms", uniform: ["1ms", "2ms"] } } },
      "network.latency: must have only one of constant, uniform, normal, exponential, pareto, mixture or samples, not " +
        '{"constant":"5ms","uniform":["1ms","2ms"]}',
    ],
    [
      "an exponential without mean or rate",
      { network: { latency: { exponential: {} } } },
      "network.latency.exponential: needs either mean or rate, not {}",
    ],
    [
      "an unknown replica as leader",
      { cluster: { leader: "r4" } },
      'cluster.leader: must be one of the replicas r1 to r3, not "r4"',
    ],
    [
      "an unknown rule",
      { cluster: { rules: { preVotes: true } } },
      "cluster.rules.preVotes: is no key that is known here; its value is true",
    ],
    ["an unknown verb", action({ do: "explode" }), 'actions[0].do: is no verb that is known: "explode"'],
    ["an action without a verb", action({ replica: "r1" }), "actions[0].do: is missing"],
    ["an action without a time", { actions: [{ do: "heal" }] }, "actions[0].at: is missing"],
    [
      "an unknown replica",
      action({ do: "crash", replica: "r7" }),
      'actions[0].replica: must be one of the replicas r1 to r3, not "r7"',
    ],
    [
      "a replica that is no name",
      action({ do: "crash", replica: 2 }),
      'actions[0].replica: must be a replica: "r1", "r2"..., "leader" or "random", not 2',
    ],
    ["a missing replica", action({ do: "crash" }), "actions[0].replica: is missing"],
    [
      "overlapping groups",
      action({
        do: "partition",
        groups: [
          ["r1", "r2"],
          ["r2", "r3"],
        ],
      }),
      'actions[0].groups[1][0]: must be in one group only, and is in two, not "r2"',
    ],
    [
      "a region that does not exist",
      action({ do: "partition", groups: ["mars"] }),
      'actions[0].groups[0]: must be a replica, a client or a region, not "mars"',
    ],
    [
      "an undo where there is none",
      action({ do: "wipe", replica: "r1", for: "1s" }),
      'actions[0].for: is for what can be undone, which "wipe" cannot; its value is "1s"',
    ],
    ["an unknown verdict", { expect: ["Everything"] }, "expect[0]: must be one of AcknowledgedWritesKept"],
    [
      "an item that does not exist",
      action({ do: "write", id: "p-999" }),
      'actions[0].id: must be an item of "products", or come with a text, not "p-999"',
    ],
  ])("is refused for %s", (_, parts, line) => {
    expect(problemWith(parts)).toContain(line);
  });
});
