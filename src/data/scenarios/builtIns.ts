/** The scenarios that come with the app, by name. */
import corruptDisk from "./builtIn/corrupt-disk.json" with { type: "json" };
import evenCluster from "./builtIn/even-cluster.json" with { type: "json" };
import figure8 from "./builtIn/figure-8.json" with { type: "json" };
import forgottenVote from "./builtIn/forgotten-vote.json" with { type: "json" };
import livelock from "./builtIn/livelock.json" with { type: "json" };
import readYourWrites from "./builtIn/read-your-writes.json" with { type: "json" };
import rejoin from "./builtIn/rejoin.json" with { type: "json" };
import slowReplica from "./builtIn/slow-replica.json" with { type: "json" };
import splitBrain from "./builtIn/split-brain.json" with { type: "json" };
import staleRead from "./builtIn/stale-read.json" with { type: "json" };
import threePlusTwo from "./builtIn/three-plus-two.json" with { type: "json" };
import twoAm from "./builtIn/two-am.json" with { type: "json" };
import weekOldLeader from "./builtIn/week-old-leader.json" with { type: "json" };
import writeCeiling from "./builtIn/write-ceiling.json" with { type: "json" };
import writeSpike from "./builtIn/write-spike.json" with { type: "json" };

const files: Readonly<Record<string, unknown>> = {
  "two-am": twoAm,
  "read-your-writes": readYourWrites,
  "slow-replica": slowReplica,
  "write-spike": writeSpike,
  "write-ceiling": writeCeiling,
  "split-brain": splitBrain,
  "week-old-leader": weekOldLeader,
  "three-plus-two": threePlusTwo,
  "even-cluster": evenCluster,
  rejoin,
  "figure-8": figure8,
  "forgotten-vote": forgottenVote,
  "stale-read": staleRead,
  "corrupt-disk": corruptDisk,
  livelock,
};

/** Their names, in the order in which they are offered. */
export const builtInNames: readonly string[] = Object.keys(files);

/** The file of a built-in scenario, unchecked; undefined when there is none of that name. */
export function builtInScenario(name: string): unknown {
  return Object.hasOwn(files, name) ? files[name] : undefined;
}
