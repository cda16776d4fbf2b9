/** What is wrong with a link, from the network's settings and the cuts in force: the style in which it is drawn. */
import type { Address } from "../../base/ids.ts";
import type { LinkQuality, NetworkConfig } from "../../model/protocol/config.ts";
import type { Frame } from "../../model/protocol/frame.ts";
import { meanLatency, scaledLatency } from "../../model/protocol/latency.ts";
import { groupOf } from "./wall.ts";

/** One direction of a link. */
export interface DirectionState {
  /** Cut on its own, not only by the wall. */
  readonly cut: boolean;
  /** How many times slower than the network; 1 as the network. */
  readonly slowness: number;
  /** Probability of loss beyond the network's own setting; 0 as the network. */
  readonly loss: number;
}

export interface LinkState {
  readonly forth: DirectionState;
  readonly back: DirectionState;
  /** A wall stands between its ends. */
  readonly walled: boolean;
}

/** How a link is drawn. */
export type LinkStyle = "healthy" | "slow" | "lossy" | "cutForth" | "cutBack" | "cutBoth" | "walled";

/** The state of the link between `from` and `to`; `isCut` tells of each direction. */
export function linkState(
  frame: Pick<Frame, "config" | "groups">,
  isCut: (from: Address, to: Address) => boolean,
  from: Address,
  to: Address,
): LinkState {
  const walled = frame.groups.length > 0 && groupOf(frame.groups, from) !== groupOf(frame.groups, to);
  const state = (a: Address, b: Address): DirectionState => ({
    cut: !walled && isCut(a, b),
    ...departure(frame.config.network, a, b),
  });
  return { forth: state(from, to), back: state(to, from), walled };
}

function departure(network: NetworkConfig, from: Address, to: Address): { slowness: number; loss: number } {
  const own = network.overrides.find((override) => override.from === from && override.to === to)?.quality;
  if (own === undefined) return { slowness: 1, loss: 0 };
  const usual = meanLatency(network.quality.latency);
  const slowness = usual > 0 ? meanLatency(own.latency) / usual : 1;
  return { slowness, loss: own.loss > network.quality.loss ? own.loss : 0 };
}

/** `quality` with every latency `factor` times as long. */
export function slowed(quality: LinkQuality, factor: number): LinkQuality {
  return { ...quality, latency: scaledLatency(quality.latency, factor) };
}

/** The style for a state. A cut is stronger than loss, loss than delay. */
export function linkStyle(state: LinkState): LinkStyle {
  if (state.walled) return "walled";
  if (state.forth.cut && state.back.cut) return "cutBoth";
  if (state.forth.cut) return "cutForth";
  if (state.back.cut) return "cutBack";
  if (worstLoss(state) > 0) return "lossy";
  return isSlow(state) ? "slow" : "healthy";
}

function worstLoss(state: LinkState): number {
  return Math.max(state.forth.loss, state.back.loss);
}

function worstSlowness(state: LinkState): number {
  return Math.max(state.forth.slowness, state.back.slowness);
}

function isSlow(state: LinkState): boolean {
  return worstSlowness(state) >= 1.05;
}

/** What the link's label says: "×5", "20 %", both, or nothing. */
export function linkLabel(state: LinkState): string {
  const slow = isSlow(state) ? `×${round1(worstSlowness(state))}` : "";
  const loss = worstLoss(state) > 0 ? `${round1(worstLoss(state) * 100)} %` : "";
  return [slow, loss].filter((part) => part !== "").join(", ");
}

/** The same in words, for the accessible name. */
export function linkWords(state: LinkState, forth: string, back: string): string {
  const words: string[] = [];
  if (state.walled) words.push("cut by the partition");
  else if (state.forth.cut && state.back.cut) words.push("cut both ways");
  else if (state.forth.cut) words.push(`cut from ${forth}`);
  else if (state.back.cut) words.push(`cut from ${back}`);
  if (isSlow(state)) words.push(`${round1(worstSlowness(state))} times slower`);
  if (worstLoss(state) > 0) words.push(`loses ${round1(worstLoss(state) * 100)} %`);
  return words.length === 0 ? "healthy" : words.join(", ");
}

/** The dash pattern of a slow or lossy link: dots as far apart as the delay, gaps as long as the loss. */
export function linkDashes(state: LinkState): string {
  const style = linkStyle(state);
  if (style === "slow") return `1.5 ${Math.min(14, 2 + worstSlowness(state) * 1.2).toFixed(1)}`;
  if (style === "lossy") return `${(24 * (1 - worstLoss(state))).toFixed(1)} ${(4 + 24 * worstLoss(state)).toFixed(1)}`;
  return "";
}

function round1(value: number): string {
  return String(Math.round(value * 10) / 10);
}
