/**
 * A run under random trouble of every kind that changes what replicas hold: crashes, partitions, wipes, damaged records,
 * changes of mode, and so undo, repair and whole snapshots. What is derived from a run is tried on it.
 */

import { replicaId } from "../../src/base/ids.ts";
import { nextBelow, rngStream, Stream } from "../../src/base/rng.ts";
import { after, type Micros, millis, seconds } from "../../src/base/units.ts";
import { askedProblem } from "../../src/model/cluster/aim.ts";
import { InlineRun, type Stepping } from "../../src/model/cluster/inline.ts";
import type { TimedCommand } from "../../src/model/protocol/commands.ts";
import {
  DEFAULT_CLUSTER,
  DEFAULT_NETWORK,
  DEFAULT_RULES,
  DEFAULT_WORKLOAD,
  type RunConfig,
} from "../../src/model/protocol/config.ts";
import type { DatasetContent } from "../../src/model/protocol/dataset.ts";
import { chaosCommands } from "./chaos.ts";
import { tinyDataset } from "./tinyDataset.ts";

const REPLICAS = 5;

/** Asynchronous, five replicas, many writes of few items: the most is undone. */
export function shakenConfig(seed: number): RunConfig {
  return {
    seed,
    cluster: {
      ...DEFAULT_CLUSTER,
      replicaCount: REPLICAS,
      mode: "asynchronous",
      rules: { ...DEFAULT_RULES, checksum: seed % 2 === 0 },
    },
    network: DEFAULT_NETWORK,
    workload: { ...DEFAULT_WORKLOAD, dataset: "colours", writesPerSecond: 60, searchesPerSecond: 10, k: 4 },
  };
}

function extraTrouble(seed: number, until: Micros): readonly TimedCommand[] {
  const rng = rngStream(seed, Stream.faults, 11);
  const commands: TimedCommand[] = [];
  for (let at = seconds(1); at < until; at = after(at, millis(300 + nextBelow(rng, 900)))) {
    const id = replicaId(1 + nextBelow(rng, REPLICAS));
    const kind = nextBelow(rng, 3);
    if (kind === 0) commands.push({ at, command: { kind: "wipe", replicaId: id } });
    else if (kind === 1) commands.push({ at, command: { kind: "corrupt", replicaId: id } });
    else
      commands.push(
        { at, command: { kind: "crash", replicaId: id } },
        { at, command: { kind: "restart", replicaId: id } },
      );
  }
  return commands;
}

/** The trouble of `seed`, in order. */
export function shakingCommands(seed: number, until: Micros): readonly TimedCommand[] {
  const modes = ["asynchronous", "quorum", "synchronous"] as const;
  const chaos = chaosCommands(seed, { replicaCount: REPLICAS, clients: 3, until, modes });
  return [...chaos, ...extraTrouble(seed, until)].sort((a, b) => a.at - b.at);
}

/** Runs under the trouble of `seed` until `until`; `look` is called about every hundredth of a virtual second. */
export function shake(
  seed: number,
  until: Micros,
  look: (run: InlineRun) => void,
  {
    stepping = "event",
    dataset = tinyDataset,
  }: { readonly stepping?: Stepping; readonly dataset?: DatasetContent } = {},
): InlineRun {
  const run = new InlineRun(shakenConfig(seed), dataset, stepping);
  const rng = rngStream(seed, Stream.faults, 13);
  const commands = [...shakingCommands(seed, until)];
  for (let at = millis(10); at <= until; at = after(at, millis(1 + nextBelow(rng, 20)))) {
    for (let next = commands[0]; next !== undefined && next.at <= at; next = commands[0]) {
      commands.shift();
      run.runUntil(next.at);
      obey(run, next);
    }
    run.runUntil(at);
    look(run);
  }
  return run;
}

/** Trouble of one kind does not know what the other has done: what cannot be done is left out. */
function obey(run: InlineRun, { command }: TimedCommand): void {
  if (command.kind !== "aimed" && askedProblem(run.state, command) === undefined) run.command(command);
}
