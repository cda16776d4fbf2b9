/** Regions: soft areas with a name on their edge, behind everything else on the stage. */
import { nameOf } from "../../../base/ids.ts";
import type { RegionPlace } from "../../layout/regions.ts";
import { append, write } from "./svg.ts";

export interface RegionFigure {
  readonly draw: (regions: readonly RegionPlace[]) => void;
}

/** Adds the regions' layer to `parent`; it must come before everything that stands on it. */
export function regionFigure(parent: Element): RegionFigure {
  const element = append(parent, "g", "stage-regions");
  const draw = (regions: readonly RegionPlace[]) => {
    element.replaceChildren();
    for (const region of regions) drawRegion(element, region);
  };
  return { draw };
}

function drawRegion(parent: Element, { name, replicas, outline, label }: RegionPlace): void {
  const group = append(parent, "g", "stage-region");
  write(group, "role", "img");
  write(group, "aria-label", `Region ${name}: ${replicas.map(nameOf).join(", ")}`);
  const area = append(group, "path", "stage-region-area");
  write(area, "d", `M${outline.map(({ x, y }) => `${Math.round(x)} ${Math.round(y)}`).join("L")}Z`);
  const ground = append(group, "rect", "stage-region-ground");
  write(ground, "x", label.x);
  write(ground, "y", label.y);
  write(ground, "width", label.width);
  write(ground, "height", label.height);
  write(ground, "rx", label.height / 2);
  const text = append(group, "text", "stage-region-name");
  write(text, "x", label.x + label.width / 2);
  write(text, "y", label.y + label.height / 2 + 4.5);
  text.textContent = name;
}
