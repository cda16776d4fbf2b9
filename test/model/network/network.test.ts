import { describe, expect, it } from "vitest";
import { type Address, clientId, nameOf, replicaId } from "../../../src/base/ids.ts";
import { micros, millis, seconds } from "../../../src/base/units.ts";
import {
  heal,
  linkKey,
  lookahead,
  membersOf,
  type Network,
  newNetwork,
  partition,
  qualityOf,
  setCut,
} from "../../../src/model/network/network.ts";
import { DEFAULT_NETWORK, type NetworkConfig } from "../../../src/model/protocol/config.ts";

const [r1, r2, r3] = [replicaId(1), replicaId(2), replicaId(3)];
const [c1, c2] = [clientId(1), clientId(2)];

/** The links that carry nothing, by name. */
function cuts(network: Network): readonly string[] {
  return [...network.links.values()].filter(({ cut }) => cut).map(({ from, to }) => `${nameOf(from)}>${nameOf(to)}`);
}

function isCut(network: Network, from: Address, to: Address): boolean | undefined {
  return network.links.get(linkKey(from, to))?.cut;
}

describe("links", () => {
  it("join all replicas with each other and with all clients, each direction for itself", () => {
    const network = newNetwork(1, 3, 2);
    expect(network.links.size).toBe(3 * 2 + 3 * 2 * 2);
    expect(network.links.has(linkKey(c1, c2))).toBe(false);
    expect(membersOf(3, 2).map(nameOf)).toEqual(["r1", "r2", "r3", "c1", "c2"]);
  });

  it("have a quality of their own where one is set, one direction alone", () => {
    const slow = { ...DEFAULT_NETWORK.quality, latency: { kind: "constant", value: seconds(1) } } as const;
    const config: NetworkConfig = { ...DEFAULT_NETWORK, overrides: [{ from: r1, to: r2, quality: slow }] };
    expect(qualityOf(config, r1, r2)).toBe(slow);
    expect(qualityOf(config, r2, r1)).toBe(config.quality);
  });

  it("the lookahead is the least of all links, and never below the minimum", () => {
    const at = (value: number) => ({
      ...DEFAULT_NETWORK.quality,
      latency: { kind: "constant", value: micros(value) } as const,
    });
    const config = (value: number): NetworkConfig => ({
      ...DEFAULT_NETWORK,
      overrides: [{ from: r1, to: r2, quality: at(value) }],
    });
    expect(lookahead(DEFAULT_NETWORK)).toBe(millis(10));
    expect(lookahead(config(2_000))).toBe(2_000);
    expect(lookahead(config(0))).toBe(DEFAULT_NETWORK.minimumLatency);
  });
});

describe("partitions and cuts", () => {
  it("a partition cuts both directions between different groups, and nothing within one", () => {
    const network = newNetwork(1, 3, 1);
    partition(
      network,
      [
        [r1, c1],
        [r2, r3],
      ],
      millis(5),
    );
    expect([isCut(network, r1, r2), isCut(network, r2, r1), isCut(network, r2, c1)]).toEqual([true, true, true]);
    expect([isCut(network, r2, r3), isCut(network, r1, c1)]).toEqual([false, false]);
    expect(network.partitionedAt).toBe(millis(5));
  });

  it("whoever is in no group is in one more, with the others that are in none", () => {
    const network = newNetwork(1, 3, 1);
    partition(network, [[r1]], millis(5));
    expect([isCut(network, r2, r3), isCut(network, r2, c1), isCut(network, r1, c1)]).toEqual([false, false, true]);
  });

  it("a new partition replaces the former", () => {
    const network = newNetwork(1, 3, 0);
    partition(network, [[r1]], millis(5));
    partition(network, [[r3]], millis(6));
    expect([isCut(network, r1, r2), isCut(network, r1, r3)]).toEqual([false, true]);
  });

  it("a cut is one direction, and outlives a partition that replaces another", () => {
    const network = newNetwork(1, 3, 0);
    setCut(network, r1, r2, true);
    expect(cuts(network)).toEqual(["r1>r2"]);
    partition(network, [[r3]], millis(5));
    partition(network, [[r1, r2, r3]], millis(6));
    expect(cuts(network)).toEqual(["r1>r2"]);
    setCut(network, r1, r2, false);
    expect(cuts(network)).toEqual([]);
  });

  it("restoring a link across a partition leaves it to the partition", () => {
    const network = newNetwork(1, 3, 0);
    partition(network, [[r1]], millis(5));
    setCut(network, r1, r2, false);
    expect(isCut(network, r1, r2)).toBe(true);
  });

  it("healing restores everything", () => {
    const network = newNetwork(1, 3, 2);
    partition(network, [[r1]], millis(5));
    setCut(network, r2, r3, true);
    heal(network);
    expect(cuts(network)).toEqual([]);
    expect(network).toMatchObject({ groups: [], partitionedAt: undefined });
  });
});
