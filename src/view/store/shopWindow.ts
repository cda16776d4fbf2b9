/**
 * "You might also like", as a customer sees it: what one replica recommends beside a product, and one line that says why
 * it is right, wrong or empty. Derived from the observer's question; the run is not touched.
 */
import { nameOf, type ReplicaId } from "../../base/ids.ts";
import type { JudgedNeighbour, SearchComparison } from "../../model/protocol/frame.ts";
import { compareVersions, type Item } from "../../model/protocol/item.ts";
import { list, plural } from "./format.ts";
import type { ReplicaSummary } from "./runFacts.ts";
import { absenceOf } from "./searchTable.ts";

/** What is wrong with a recommendation. */
export type CardFault = "outdated" | "ghost";

export interface ShopCard {
  /** As this replica has it. */
  readonly item: Item;
  readonly fault: CardFault | undefined;
  /** As it should be; undefined where that is not known here. */
  readonly truth: Item | undefined;
}

export interface ShopWindow {
  /** "waits": the read policy lets the customer wait, or may, so what stands here now is no answer yet. */
  readonly state: "right" | "wrong" | "empty" | "waits";
  readonly cards: readonly ShopCard[];
  /** What should be recommended and is not. */
  readonly missing: readonly Item[];
  /** What this replica holds as it should, and something that should not be there takes its place. */
  readonly displaced: readonly Item[];
  /** What this replica holds, and its approximate search passes over. */
  readonly skipped: readonly Item[];
  readonly lost: readonly Item[];
}

type Standing = SearchComparison["standing"][number];

function cardOf({ item, version }: JudgedNeighbour, standing: Standing | undefined, truth: Item | undefined): ShopCard {
  const order = standing === undefined ? 1 : compareVersions(version, standing.version);
  if (standing === undefined || order > 0 || (order === 0 && !standing.deleted))
    return { item, fault: undefined, truth };
  return { item, fault: standing.deleted ? "ghost" : "outdated", truth };
}

/** The window of `replicaId` beside the product `itemId`; the comparison asked for one more than `k`, the product itself. */
export function shopWindow(comparison: SearchComparison, replicaId: ReplicaId, itemId: string, k: number): ShopWindow {
  const others = (found: readonly JudgedNeighbour[]) => found.filter(({ id }) => id !== itemId).slice(0, k);
  const answer = comparison.answers.find((known) => known.replicaId === replicaId);
  const truth = others(comparison.truth);
  const shown = answer?.alive === true ? others(answer.neighbours) : [];
  const standings = new Map(comparison.standing.map((standing) => [standing.id, standing]));
  const truths = new Map(comparison.truth.map(({ id, item }) => [id, item]));
  const cards = shown.map((neighbour) => cardOf(neighbour, standings.get(neighbour.id), truths.get(neighbour.id)));
  const absent = truth.filter(({ id }) => !shown.some((other) => other.id === id)).map(({ item }) => item);
  // What a newer version that nobody has acknowledged yet has pushed out is no fault.
  const hasNews = shown.some(({ id, version }) => {
    const standing = standings.get(id);
    return standing === undefined || compareVersions(version, standing.version) > 0;
  });
  const isLost = ({ id }: Item) => standings.get(id)?.lost === true;
  const scores = new Map(comparison.truth.map(({ id, score }) => [id, score]));
  const reasonOf = (item: Item) => {
    if (answer === undefined) return "missing";
    return absenceOf(answer, item.id, { isLost: isLost(item), k: comparison.k, score: scores.get(item.id) });
  };
  const absentAs = (reason: ReturnType<typeof absenceOf>) => absent.filter((item) => reasonOf(item) === reason);
  const isWrong = cards.some(({ fault }) => fault !== undefined) || (absent.length > 0 && !hasNews);
  const state = cards.length === 0 ? "empty" : isWrong ? "wrong" : "right";
  const [missing, displaced, skipped, lost] = [
    absentAs("missing"),
    absentAs("displaced"),
    absentAs("skipped"),
    absentAs("lost"),
  ];
  return { state, cards, missing, displaced, skipped, lost };
}

/** How the product of the page itself stands. */
export type ProductStanding = "known" | "deleted" | "unconfirmed" | "lost" | "nowhere";

/** How `itemId` stands, by what was found near its own vector. */
export function productStanding({ truth, answers, standing }: SearchComparison, itemId: string): ProductStanding {
  if (truth.some(({ id }) => id === itemId)) {
    return standing.some(({ id, lost }) => id === itemId && lost) ? "lost" : "known";
  }
  const known = standing.find(({ id }) => id === itemId);
  if (known !== undefined) return known.deleted ? "deleted" : "known";
  const isHeld = answers.some(({ alive, neighbours }) => alive && neighbours.some(({ id }) => id === itemId));
  return isHeld ? "unconfirmed" : "nowhere";
}

/**
 * The window where the read policy lets the customer wait, or may: what is as it should be can be shown, for it will be the
 * same after the wait; what is not may never be answered, so nobody is blamed for it.
 */
export function waitingWindow(window: ShopWindow): ShopWindow {
  return window.state === "right"
    ? { ...window, state: "waits" }
    : { state: "waits", cards: [], missing: [], displaced: [], skipped: [], lost: [] };
}

function named(items: readonly Item[]): string {
  const shown = items.slice(0, 2).map(({ payload }) => payload.name);
  return items.length > 2 ? `${shown.join(", ")} and ${plural(items.length - 2, "more", "more")}` : list(shown);
}

/** What the customer notices. */
function consequence({ cards, missing, skipped, lost }: ShopWindow): string {
  const ghosts = cards.filter(({ fault }) => fault === "ghost").map(({ item }) => item);
  const old = cards.filter(({ fault }) => fault === "outdated").map(({ item }) => item);
  if (ghosts.length > 0) {
    return `it still recommends ${named(ghosts)}, which ${ghosts.length === 1 ? "was" : "were"} deleted`;
  }
  if (old.length > 0) return `it shows ${named(old)} as ${old.length === 1 ? "it was" : "they were"} before`;
  if (missing.length > 0) return `it does not know ${named(missing)}`;
  if (skipped.length > 0) return `its index passes over ${named(skipped)}, which it holds`;
  return lost.length > 0
    ? `${named(lost)} ${lost.length === 1 ? "is" : "are"} lost for good`
    : "it answers as it should";
}

/** Whether nothing is wrong but that the index passes over something. */
function isOnlySkipped({ cards, missing, skipped, lost }: ShopWindow): boolean {
  if (skipped.length === 0 || missing.length > 0 || lost.length > 0) return false;
  return cards.every(({ fault }) => fault === undefined);
}

/** The one line that says why. */
export function shopSentence(window: ShopWindow, replica: ReplicaSummary | undefined): string {
  if (replica === undefined) return "There is no such replica.";
  const name = nameOf(replica.replicaId);
  if (!replica.alive) return `${name} is down: the shelf stays empty.`;
  if (window.state === "empty") return `${name} holds nothing to recommend: ${whyEmpty(replica)}.`;
  if (window.state === "right" || window.state === "waits") return `${name} recommends what it should.`;
  if (isOnlySkipped(window))
    return `${name} holds ${named(window.skipped)}, but its approximate search passes over ${window.skipped.length === 1 ? "it" : "them"}.`;
  const behind = replica.lagEntries;
  if (behind > 0) return `${name} has not applied ${plural(behind, "write")}; ${consequence(window)}.`;
  if (window.lost.length > 0 && window.missing.length === 0) return `${name}: ${consequence(window)}.`;
  const role =
    replica.role === "leader" ? `${name} leads term ${replica.term}, but` : `${name} is in step with its leader, but`;
  return `${role} ${consequence(window)}.`;
}

function whyEmpty({ lagEntries, vectorCount }: ReplicaSummary): string {
  if (vectorCount > 1) return "nothing is near this product";
  return lagEntries > 0 ? `it has not applied ${plural(lagEntries, "write")}` : "its store is empty";
}
