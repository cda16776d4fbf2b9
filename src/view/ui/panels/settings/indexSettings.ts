/** The numbers of the approximate index, and what choosing a replica makes of it. */
import { type ReplicaId, replicaIds } from "../../../../base/ids.ts";
import type { Command } from "../../../../model/protocol/commands.ts";
import { INDEX_LIMITS, type RunConfig, type SearchIndexConfig } from "../../../../model/protocol/config.ts";
import type { NumberSetting } from "./settings.ts";

/** The command that sets `index`. */
export function setIndex(index: SearchIndexConfig | undefined): Command {
  return { kind: "setSearchIndex", index };
}

function indexSetting(name: keyof typeof INDEX_LIMITS, label: string): NumberSetting<RunConfig> {
  return {
    id: name,
    label,
    unit: "",
    ...INDEX_LIMITS[name],
    read: ({ cluster }) => cluster.searchIndex?.[name] ?? 0,
    change: ({ cluster: { searchIndex } }, value) => {
      if (searchIndex === undefined) return "There is no index to set.";
      if (!Number.isInteger(value)) return `${label} is a whole number.`;
      return setIndex({ ...searchIndex, [name]: value });
    },
  };
}

/** M, and how broadly is searched while building and while searching. */
export const INDEX_SETTINGS: readonly NumberSetting<RunConfig>[] = [
  indexSetting("m", "M"),
  indexSetting("efConstruction", "efConstruction"),
  indexSetting("ef", "ef"),
];

/** The replicas that search with `index`. */
export function indexedReplicas({ replicas }: SearchIndexConfig, replicaCount: number): readonly ReplicaId[] {
  return replicas === "all" ? replicaIds(replicaCount) : replicas;
}

/** `index` after `id` was chosen, or chosen no more; undefined when nobody would be left. */
export function toggled(index: SearchIndexConfig, id: ReplicaId, replicaCount: number): SearchIndexConfig | undefined {
  const before = indexedReplicas(index, replicaCount);
  const isChosen = before.includes(id);
  const chosen = replicaIds(replicaCount).filter((other) => (other === id ? !isChosen : before.includes(other)));
  if (chosen.length === 0) return undefined;
  return { ...index, replicas: chosen.length === replicaCount ? "all" : chosen };
}
