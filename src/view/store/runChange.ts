/** Another run from the one that is open: other replicas, seed or data set. Pure; who opens it is `view/ui/runChanges.ts`. */
import { isSame } from "../../base/equality.ts";
import { isClient, majorityOf, type ReplicaId } from "../../base/ids.ts";
import { type Micros, seconds } from "../../base/units.ts";
import {
  type ClusterConfig,
  MODEL_VERSION,
  type RunConfig,
  type SearchIndexConfig,
} from "../../model/protocol/config.ts";
import { type DatasetName, isLoaded } from "../../model/protocol/dataset.ts";
import type { RunInputs } from "../../model/protocol/session.ts";

/** Where a run opens: a leader is elected by then, and the clients are at work. */
export const OPENING_INSTANT: Micros = seconds(5);

/** What a person may change only by starting another run. */
export interface RunPatch {
  readonly replicaCount?: number;
  readonly seed?: number;
  readonly dataset?: DatasetName;
}

/** A majority stays a majority; another number stays what it is where it can. */
function quorumFor(quorum: number, before: number, now: number): number {
  return quorum === majorityOf(before) ? majorityOf(now) : Math.min(quorum, now);
}

/** The index without replicas that are gone; undefined when nobody is left who has it. */
function indexFor(index: SearchIndexConfig | undefined, replicaCount: number): SearchIndexConfig | undefined {
  if (index === undefined || index.replicas === "all") return index;
  const replicas = index.replicas.filter((id) => id <= replicaCount);
  return replicas.length === 0 ? undefined : { ...index, replicas };
}

function resized({ searchIndex, ...cluster }: ClusterConfig, replicaCount: number): ClusterConfig {
  const index = indexFor(searchIndex, replicaCount);
  const isThere = (id: ReplicaId) => id <= replicaCount;
  const regions = cluster.regions.map((region) => ({ ...region, replicas: region.replicas.filter(isThere) }));
  const { initialLeader } = cluster;
  return {
    ...cluster,
    ...(index === undefined ? {} : { searchIndex: index }),
    regions: regions.filter(({ replicas }) => replicas.length > 0),
    initialLeader: initialLeader !== undefined && isThere(initialLeader) ? initialLeader : undefined,
    replicaCount,
    writeQuorum: quorumFor(cluster.writeQuorum, cluster.replicaCount, replicaCount),
    readQuorum: quorumFor(cluster.readQuorum, cluster.replicaCount, replicaCount),
  };
}

/** A run from the beginning with `config`, nothing done to it yet. */
export function freshRun(config: RunConfig): RunInputs {
  return { modelVersion: MODEL_VERSION, config, commands: [] };
}

/** The run that `config` becomes with `patch`. Settings stay; links of replicas that are gone lose theirs. */
export function patchedRun(config: RunConfig, { replicaCount, seed, dataset }: RunPatch): RunInputs {
  const total = replicaCount ?? config.cluster.replicaCount;
  const isThere = (address: number, client: boolean) => client || address <= total;
  return freshRun({
    seed: seed ?? config.seed,
    cluster: resized(config.cluster, total),
    network: {
      ...config.network,
      overrides: config.network.overrides.filter(
        ({ from, to }) => isThere(from, isClient(from)) && isThere(to, isClient(to)),
      ),
    },
    workload: { ...config.workload, dataset: dataset ?? config.workload.dataset },
  });
}

/** What the change means, in one sentence that a person confirms. */
export function changeSentence(config: RunConfig, patch: RunPatch): string {
  const what = changedParts(config, patch);
  return `A new run starts at virtual 5 s with ${what}; this one is kept, and Undo brings it back.`;
}

/** A data set in a sentence. */
function datasetWords(dataset: DatasetName): string {
  return isLoaded(dataset) ? `the vectors of ${dataset.file}` : `the ${dataset} data set`;
}

function changedParts(config: RunConfig, { replicaCount, seed, dataset }: RunPatch): string {
  if (replicaCount !== undefined && replicaCount !== config.cluster.replicaCount) {
    return replicaCount === 1 ? "one replica" : `${replicaCount} replicas`;
  }
  if (dataset !== undefined && !isSame(dataset, config.workload.dataset)) return datasetWords(dataset);
  return `seed ${seed ?? config.seed}`;
}
