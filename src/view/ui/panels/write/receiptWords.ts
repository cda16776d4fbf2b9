/** A receipt in words: what was asked, where its entry is, what came of it. */
import { nameOf, type ReplicaId } from "../../../../base/ids.ts";
import type { Receipt } from "../../../../model/protocol/frame.ts";
import { duration, names } from "../../../store/format.ts";
import type { ReplicaSummary } from "../../../store/runFacts.ts";
import { versionWords } from "../../../store/words.ts";

/** How a receipt stands: decides sign and weight, never colour alone. */
export type ReceiptState = "pending" | "acknowledged" | "unknown" | "failed" | "rolledBack" | "lost";

/** Where it stands now: a rollback outweighs what came before, unless the write is on disks again. */
export function stateOf({ outcome, rolledBack, copies }: Receipt): ReceiptState {
  if (outcome === "lost") return "lost";
  return rolledBack.length > 0 && copies.length === 0 ? "rolledBack" : outcome;
}

const outcomeWords: Record<ReceiptState, string> = {
  pending: "pending",
  acknowledged: "acknowledged",
  unknown: "outcome unknown, not failed",
  failed: "failed: nothing was written",
  rolledBack: "rolled back",
  lost: "acknowledged, then lost",
};

/** The outcome in words: "acknowledged after 21 ms, redirected once". */
export function outcomeOf(receipt: Receipt): string {
  const { latency, redirects } = receipt;
  const state = stateOf(receipt);
  const took = latency === undefined || state !== "acknowledged" ? "" : ` after ${duration(latency)}`;
  const detour = redirects === 0 ? "" : `, redirected ${redirects === 1 ? "once" : `${redirects} times`}`;
  return `${outcomeWords[state]}${took}${detour}`;
}

/** What was asked: "c1 puts my-1". */
export function askedOf({ clientId, operation }: Receipt): string {
  const what = operation.kind === "put" ? `puts ${operation.payload.name}` : `deletes ${operation.id}`;
  return `${nameOf(clientId)} ${what}`;
}

/** "2 of 3 copies, r3 pending"; who rolled it back stands behind. */
export function copiesOf({ copies, rolledBack, version }: Receipt, replicas: readonly ReplicaSummary[]): string {
  if (version === undefined) return "no leader has appended it yet";
  const without = replicas.filter(({ replicaId }) => !copies.includes(replicaId) && !rolledBack.includes(replicaId));
  const parts = [`${copies.length} of ${replicas.length} copies`];
  if (without.length > 0) parts.push(`${names(without.map(({ replicaId }): ReplicaId => replicaId))} pending`);
  if (rolledBack.length > 0) parts.push(`rolled back on ${names(rolledBack)}`);
  return parts.join(", ");
}

/** "entry 42 of term 3"; empty before a leader appended it. */
export function entryOf({ version }: Receipt): string {
  return version === undefined ? "" : versionWords(version);
}
