// From what a person chose to what is ordered, and the table as files.
import { describe, expect, it } from "vitest";
import { present } from "../../../../src/base/assert.ts";
import { clientIds, replicaId, replicaIds } from "../../../../src/base/ids.ts";
import { micros, seconds, ZERO } from "../../../../src/base/units.ts";
import type { TimedCommand } from "../../../../src/model/protocol/commands.ts";
import type { ComparedRun, ComparisonOrder, RunMeasures } from "../../../../src/model/protocol/comparison.ts";
import { defaultRun, MODEL_VERSION } from "../../../../src/model/protocol/config.ts";
import type { RunInputs } from "../../../../src/model/protocol/session.ts";
import { aimSentences } from "../../../../src/view/ui/compare/AimNotes.tsx";
import {
  branchesOrder,
  modesOrder,
  type OpenRun,
  partingOf,
  wholeSpan,
} from "../../../../src/view/ui/compare/comparisonChoice.ts";
import { tableAsCsv, tableAsMarkdown } from "../../../../src/view/ui/compare/exportTable.ts";
import { namedRuns } from "../../../../src/view/ui/compare/runNames.ts";

const crash = (at: number, id = 1): TimedCommand => ({
  at: seconds(at),
  command: { kind: "crash", replicaId: replicaId(id) },
});

function inputsOf(commands: readonly TimedCommand[] = []): RunInputs {
  return { modelVersion: MODEL_VERSION, config: defaultRun(47), commands };
}

function openRun(parts: Partial<OpenRun> = {}): OpenRun {
  return {
    inputs: inputsOf(),
    at: seconds(8),
    end: seconds(9),
    leader: replicaId(2),
    replicas: replicaIds(3),
    clients: clientIds(3),
    ...parts,
  };
}

function commandsOf(order: ComparisonOrder): readonly TimedCommand[] {
  return order.kind === "modes" ? order.inputs.commands : [];
}

describe("what is compared", () => {
  it("is the open run in every mode from its playhead, or from the beginning", () => {
    const open = openRun({ inputs: inputsOf([crash(6)]) });
    expect(modesOrder(open, "here", "60")).toEqual({
      kind: "modes",
      inputs: open.inputs,
      since: "here",
      from: seconds(8),
      to: seconds(68),
    });
    expect(modesOrder(open, "beginning", "60", "crash")).toMatchObject({
      inputs: open.inputs,
      from: ZERO,
      to: seconds(60),
    });
  });

  it("may have trouble with the leader added, between what was to come anyway", () => {
    const open = openRun({ inputs: inputsOf([crash(6), crash(12, 3)]) });
    const commands = commandsOf(modesOrder(open, "here", "30", "darkSite"));
    expect(commands.map(({ at, command }) => [at, command.kind])).toEqual([
      [seconds(6), "crash"],
      [seconds(10), "partition"],
      [seconds(12), "crash"],
      [seconds(12), "crash"],
      [seconds(12), "heal"],
      [seconds(22), "restart"],
    ]);
    expect(commands[1]?.command).toEqual({
      kind: "partition",
      groups: [
        [replicaId(2), ...clientIds(3)],
        [replicaId(1), replicaId(3)],
      ],
    });
    expect(commandsOf(modesOrder(openRun({ leader: undefined }), "here", "30", "crash"))).toEqual([]);
  });

  it("covers the whole run by default when it begins at virtual 0", () => {
    expect(wholeSpan(openRun({ end: seconds(9) }))).toBe("60");
    expect(wholeSpan(openRun({ end: seconds(61) }))).toBe("300");
    expect(wholeSpan(openRun({ end: seconds(100_000) }))).toBe("3600");
  });

  it("is two branches from shortly before they part", () => {
    const open = openRun({ inputs: inputsOf([crash(6), crash(9)]) });
    const branch = { id: 4, name: "Killed r2", inputs: inputsOf([crash(6), crash(8, 2)]), at: seconds(20) };
    expect(partingOf(open.inputs, branch.inputs)).toBe(seconds(8));
    expect(partingOf(open.inputs, open.inputs)).toBeUndefined();
    expect(partingOf(open.inputs, inputsOf([crash(6)]))).toBe(seconds(9));
    expect(branchesOrder(open, { id: 5, name: "Now" }, branch, "30")).toMatchObject({
      kind: "runs",
      runs: [{ name: "Now" }, { name: "Killed r2" }],
      from: seconds(7),
      to: seconds(37),
    });
  });
});

const measures: RunMeasures = {
  acknowledged: 1_200,
  unknown: 3,
  failed: 0,
  lost: 41,
  answers: 200,
  stale: 7,
  recall: 0.984,
  leastRecall: 0.875,
  writeP50: 24.12,
  writeP99: 1_204.5,
  unavailable: micros(2_350_000),
  leaderChanges: 1,
};

function comparedRun(name: string, parts: Partial<ComparedRun> = {}): ComparedRun {
  return { name, inputs: inputsOf(), runHash: "00112233aabbccdd", measures, points: [], aims: [], ...parts };
}

const span = { from: seconds(5), to: seconds(65) };

describe("the table as a file", () => {
  const quiet = { ...measures, lost: 0, writeP50: null, writeP99: null };
  const runs = namedRuns({ kind: "runs", runs: [], ...span }, [
    comparedRun("asynchronous"),
    comparedRun("killed r1, | again", { measures: quiet }),
  ]);

  it("is CSV with plain numbers and names in quotes where they need them", () => {
    const [head, first, second, end] = tableAsCsv(runs, span).split("\n");
    expect(head).toBe(
      "run,from_s,to_s,write_latency_p50_ms,write_latency_p99_ms,stale_reads,acknowledged_writes_lost,unavailable_seconds,search_recall_at_k_mean,search_recall_at_k_least,writes_acknowledged,writes_unknown,leader_changes,run_hash",
    );
    expect(first).toBe("asynchronous,5,65,24.12,1204.5,7,41,2.35,0.984,0.875,1200,3,1,00112233aabbccdd");
    expect(second).toBe('"killed r1, | again",5,65,,,7,0,2.35,0.984,0.875,1200,3,1,00112233aabbccdd');
    expect(end).toBe("");
  });

  it("is Markdown as it stands on the page", () => {
    const lines = tableAsMarkdown(runs, span).split("\n");
    expect(lines.slice(0, 4)).toEqual([
      "| Virtual seconds 5 to 65 | asynchronous | killed r1, \\| again |",
      "| --- | ---: | ---: |",
      "| Write latency, p50 | 24.1 ms | none |",
      "| Write latency, p99 | 1,205 ms | none |",
    ]);
    expect(lines).toContain("| Search recall, least | 87.5 % | 87.5 % |");
    expect(lines).toContain("| Acknowledged writes lost | 41 | 0 |");
    expect(lines).toContain("| Unavailable | 2.35 s | 2.35 s |");
  });
});

describe("gestures on the leader", () => {
  const aim = (found: number | undefined) => ({
    at: seconds(6),
    verb: "crash" as const,
    was: replicaId(1),
    found: found === undefined ? undefined : replicaId(found),
  });

  it("are told where they met somebody else", () => {
    const order: ComparisonOrder = { kind: "modes", inputs: inputsOf(), since: "here", ...span };
    const runs = ["asynchronous", "quorum", "synchronous"].map((name, position) =>
      comparedRun(name, { aims: [aim(present([1, 3, undefined], "ids")[position])] }),
    );
    expect(aimSentences(namedRuns(order, runs))).toEqual([
      "crash at 6.000 s: r1 in the open run, r3 in Quorum and nobody in Synchronous",
    ]);
    expect(aimSentences(namedRuns(order, runs.slice(0, 1)))).toEqual([]);
  });
});
