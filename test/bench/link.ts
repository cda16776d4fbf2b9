/** How many letters a lesson of three minutes has as a link, with the address of a page around it. */
import { seconds } from "../../src/base/units.ts";
import { linkFragment } from "../../src/data/link/link.ts";
import { lessonRun } from "../support/lessonRun.ts";
import { calibrate, type Figure } from "./measure.ts";

/** The size of a link. */
export async function link(): Promise<readonly Figure[]> {
  const fragment = linkFragment({
    inputs: lessonRun(),
    place: { at: seconds(180), events: 91_234, hash: "7f3ac21e00d1b52a" },
    speed: 0.05,
    playing: false,
    lesson: undefined,
    panel: "search",
    picture: undefined,
    branch: undefined,
    branches: [],
  });
  const address = `https://example.org/replicascope/#${fragment}`;
  return [
    {
      what: "a lesson of three minutes, twenty actions, as a link",
      unit: "bytes",
      target: "<= 2,048",
      runs: [address.length],
      calibration: [calibrate()],
    },
  ];
}
