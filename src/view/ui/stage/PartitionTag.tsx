/** The tag on a partition's wall: how long it has stood, and the button that takes it down. */

import { micros } from "../../../base/units.ts";
import type { StageLayout } from "../../layout/stageLayout.ts";
import { duration, names } from "../../store/format.ts";
import { order } from "../actions.ts";
import { useServices, useView } from "../appContext.ts";

/** Shown while a partition is in force. */
export function PartitionTag({ layout }: { readonly layout: StageLayout | undefined }) {
  const services = useServices();
  const partitionedAt = useView((state) => state.partitionedAt);
  // Tenths of a second: the tag is text, not a clock.
  const age = useView(
    (state) => Math.max(0, Math.floor((state.virtualNow - (state.partitionedAt ?? 0)) / 100_000)) * 100_000,
  );
  const groups = useView((state) => state.groups);
  const wall = layout?.wall;
  if (wall === undefined || layout === undefined || partitionedAt === undefined) return null;
  const sides = groups.map((group) => names(group)).join(" from ");
  const { isPhone } = layout.sizes;
  return (
    <button
      type="button"
      className={isPhone ? "stage-tag is-small" : "stage-tag"}
      style={{ left: wall.tag.x, top: wall.tag.y }}
      aria-label={`Heal the partition of ${sides}, in force for ${duration(micros(age))}`}
      onClick={() => void order(services, { kind: "heal" })}
    >
      <span>{isPhone ? duration(micros(age)) : `partition, for ${duration(micros(age))}`}</span>
      <span className="stage-tag-verb">heal</span>
    </button>
  );
}
