/** The lane of search recall: a thin line for every replica, the lowest of them thick. */
import type { RecallSample } from "../../../model/protocol/frame.ts";
import { columnBefore, furthestOf, laneColumns } from "../../layout/laneColumns.ts";
import { lastIndexAt, recallFloor } from "../../layout/timeLanes.ts";
import type { AxisRow } from "../../layout/timeRows.ts";
import { type AxisPicture, strokeLine } from "./axisPicture.ts";
import { layLine, paintEmphasised, paintEndLabels, paintReplicaLines } from "./replicaLines.ts";
import { inRow, LANE_REACH, paintScale, type StandingLane, sourceOf } from "./standingLane.ts";

/** Of the samples of one pixel the lowest is kept. */
const STYLE = { rowOf: ({ recall }: RecallSample) => recall, keeps: "lowest" } as const;

/** As high as the share that is found, from a floor that the label names; a dead replica has no line. */
export function recallLane(picture: AxisPicture, row: AxisRow): StandingLane {
  const { recalls } = picture.lanes;
  const { window, now, width } = picture;
  const until = Math.min(now, window.start + window.span);
  const source = sourceOf(recalls, picture, until);
  const columns = laneColumns(source, STYLE, window, width);
  const floor = recallFloor(furthestOf(columns, "lowest") ?? 1);
  const heightOf = (share: number) => row.top + 3 + ((1 - share) / (1 - floor)) * (row.height - 5);
  const shape = { columns, hasSteps: true, holds: true, heightOf, end: picture.xOf(now) };
  return {
    ...{ row, source, scale: floor },
    paintPast: (context, left) =>
      inRow(context, picture, row, () => {
        const first = columnBefore(columns, left - LANE_REACH);
        paintReplicaLines(context, picture, shape, first);
        layLine(context, shape, columns.extreme, first);
        strokeLine(context, picture.ink.ink2, 1.75);
        paintEmphasised(context, picture, shape, first);
      }),
    paintFrame: (context) => {
      const last = recalls[lastIndexAt(recalls, until)];
      // Whoever finds everything needs no name.
      const ends = (last?.recall ?? []).map((share) => (share < 1 ? heightOf(share) : undefined));
      inRow(context, picture, row, () => paintEndLabels(context, picture, ends, row));
      // In percent, as the label of the lane says; the sign has no room here.
      paintScale(context, picture, row, `${Math.round(floor * 100)}–100`);
    },
  };
}
