/** What the lanes of the time axis say, as a table: the run up to the playhead, at even distances. */
import { useState } from "react";
import { formatClock } from "../../layout/timeWords.ts";
import { duration } from "../../store/format.ts";
import { useServices } from "../appContext.ts";
import { DialogFrame } from "../dialogs/DialogFrame.tsx";
import {
  availabilityText,
  lagText,
  ownerText,
  type ReplicaValue,
  recallOwner,
  recallText,
  writeText,
} from "./reading.ts";
import { readings } from "./values.ts";

function named(text: string, owner: string): string {
  return owner === "" ? text : `${text} ${owner}`;
}

function owned(text: string, value: ReplicaValue | undefined): string {
  return named(text, ownerText(value));
}

/** The dialog: what it shows stands still. */
export default function ValuesDialog({ onClose }: { readonly onClose: () => void }) {
  const { store } = useServices();
  const [rows] = useState(() => readings(store.getState()));
  return (
    <DialogFrame
      title="Values of the time axis"
      description="Lag and queue of the replica that is furthest behind, search recall of the one that finds least; quantiles and availability of the writes asked for around each instant."
      wide
      onClose={onClose}
    >
      <div className="time-values">
        <table>
          <thead>
            <tr>
              {["At", "Term", "Lag", "Queue", "Recall", "Last write", "p50", "p99", "Available"].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ at, term, lag, queue, recall, write, bucket }) => (
              <tr key={at}>
                <th scope="row">{formatClock(at)}</th>
                <td>{term}</td>
                <td>{owned(lagText(lag), lag)}</td>
                <td>{owned(queue === undefined ? "–" : String(queue.value), queue)}</td>
                <td>{named(recallText(recall), recallOwner(recall))}</td>
                <td>{writeText(write)}</td>
                <td>{bucket?.p50 === undefined ? "–" : duration(bucket.p50)}</td>
                <td>{bucket?.p99 === undefined ? "–" : duration(bucket.p99)}</td>
                <td>{availabilityText(bucket)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </DialogFrame>
  );
}
