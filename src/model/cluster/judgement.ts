/**
 * What a search's answer was worth, against what was true when the client asked (DESIGN section 5): the share of the true
 * nearest that it found, and what was outdated, deleted or missing in it. A newer version than the truth's is unconfirmed
 * and never a fault, nor is the lack of an item that may have been deleted.
 */
import { compareVersions, type Neighbour, type Version } from "../protocol/item.ts";

/** What the truth said of one id. */
export interface StoodAt {
  readonly version: Version;
  readonly deleted: boolean;
}

/** What was true when the client asked. */
interface AskedTruth {
  /** The true nearest, best first. */
  readonly best: readonly Neighbour[];
  /** Of any id; undefined of one that nobody knew. */
  standing(id: string): StoodAt | undefined;
  /** Whether a delete newer than `version` may have taken place: one that was not acknowledged, or not yet. */
  mayBeDeleted(id: string, version: Version): boolean;
}

/** One answer, judged. */
export interface JudgedAnswer {
  /** Share of the true nearest that were found in their true or a newer version. */
  readonly recall: number;
  /** Answered in a version that had been superseded, the item being there still. */
  readonly outdated: readonly Neighbour[];
  /** Answered although it had been deleted. */
  readonly ghosts: readonly Neighbour[];
  /** Not answered although nearer than something that was. */
  readonly missing: readonly Neighbour[];
}

/** Judges the answer `neighbours`, best first. */
export function judgeSearch(
  { best, standing, mayBeDeleted }: AskedTruth,
  neighbours: readonly Neighbour[],
): JudgedAnswer {
  const found = new Map(neighbours.map((neighbour) => [neighbour.id, neighbour]));
  const isFound = ({ id, version }: Neighbour) => {
    const there = found.get(id);
    return there !== undefined && compareVersions(there.version, version) >= 0;
  };
  const old = neighbours.filter(({ id, version }) => {
    const stood = standing(id);
    return stood !== undefined && compareVersions(stood.version, version) > 0;
  });
  const last = neighbours[neighbours.length - 1];
  const isMissing = ({ id, score, version }: Neighbour) =>
    !found.has(id) && (last === undefined || score > last.score) && !mayBeDeleted(id, version);
  return {
    recall: best.length === 0 ? 1 : best.filter(isFound).length / best.length,
    outdated: old.filter(({ id }) => standing(id)?.deleted === false),
    ghosts: old.filter(({ id }) => standing(id)?.deleted === true),
    missing: best.filter(isMissing),
  };
}
