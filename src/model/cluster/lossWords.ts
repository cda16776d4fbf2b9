/** Acknowledged writes that are gone, in the shop's words. */
import { nameOf, replicaId } from "../../base/ids.ts";
import { type DatasetName, isLoaded } from "../protocol/dataset.ts";

/** "5 acknowledged products are gone: r1 had them alone." `slots` are those of the replicas that had them. */
export function lossWords(dataset: DatasetName, count: number, slots: ReadonlySet<number>): string {
  if (count === 0) return "";
  const thing = isLoaded(dataset) ? "row" : dataset === "colours" ? "colour" : "product";
  const gone = count === 1 ? `1 acknowledged ${thing} is gone` : `${count} acknowledged ${thing}s are gone`;
  const them = count === 1 ? "it" : "them";
  const holders = [...slots].sort((a, b) => a - b).map((slot) => nameOf(replicaId(slot + 1)));
  if (holders.length === 0) return `${gone}.`;
  return `${gone}: ${holders.length === 1 ? `${holders[0]} had ${them} alone` : `only ${holders.join(" and ")} had ${them}`}.`;
}
