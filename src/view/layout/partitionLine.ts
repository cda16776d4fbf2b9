/** A line drawn across the stage: which side everybody is on, and which links it would cut. */
import { type Address, nameOf } from "../../base/ids.ts";
import { centreOf, type Point, turn } from "./geometry.ts";
import { linkKey, type StageLayout } from "./stageLayout.ts";

/** What a line would do. */
export interface LineCut {
  /** The two groups, the one with r1 or the lowest replica first; within one, replicas before clients. */
  readonly groups: readonly [readonly Address[], readonly Address[]];
  /** Keys of the links between them. */
  readonly crossed: ReadonlySet<string>;
  /** "r1 r2 c1 | r3 r4 r5". */
  readonly words: string;
}

/** The cut along the straight line through `a` and `b`; undefined when all replicas are on one side. */
export function cutAlong(layout: StageLayout, a: Point, b: Point): LineCut | undefined {
  const standing: readonly (readonly [Address, Point])[] = [
    ...layout.replicas.map((replica): [Address, Point] => [replica.replicaId, replica]),
    ...layout.clients.map((client): [Address, Point] => [client.clientId, centreOf(client.pill)]),
  ];
  const isFirst = (point: Point) => turn(a, b, point) > 0;
  const lead = layout.replicas[0];
  if (lead === undefined) return undefined;
  const withLead = isFirst(lead);
  const near = standing.flatMap(([address, point]) => (isFirst(point) === withLead ? [address] : []));
  const far = standing.flatMap(([address, point]) => (isFirst(point) === withLead ? [] : [address]));
  if (layout.replicas.every((replica) => near.includes(replica.replicaId))) return undefined;
  const crossed = layout.links.filter(({ from, to }) => near.includes(from) !== near.includes(to));
  return {
    groups: [near, far],
    crossed: new Set(crossed.map(({ from, to }) => linkKey(from, to))),
    words: [near, far].map((group) => group.map(nameOf).join(" ")).join("  |  "),
  };
}
