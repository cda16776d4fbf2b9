/** The axis for people who do not see it: who led when, and every mark, as tables; on demand, never announced. */
import { nameOf } from "../../../base/ids.ts";
import { formatClock } from "../../layout/timeWords.ts";
import { sentenceOf } from "../../store/words.ts";
import { useView } from "../appContext.ts";

/** Rows of each table; the feed has the rest. */
const ROWS = 30;

/** Both tables, out of sight. They render only when a leadership or a mark changed. */
export function TimeSummary() {
  const leaderships = useView((state) => state.lanes.leaderships);
  const marks = useView((state) => state.lanes.marks);
  return (
    <div className="only-read">
      <table>
        <caption>Leaders over time</caption>
        <thead>
          <tr>
            <th scope="col">Term</th>
            <th scope="col">Leader</th>
            <th scope="col">From</th>
            <th scope="col">To</th>
          </tr>
        </thead>
        <tbody>
          {leaderships.slice(-ROWS).map(({ term, replicaId, from, to }) => (
            <tr key={`${term} ${replicaId} ${from}`}>
              <th scope="row">{term}</th>
              <td>{nameOf(replicaId)}</td>
              <td>{formatClock(from)}</td>
              <td>{to === undefined ? "now" : formatClock(to)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table>
        <caption>Marks on the time axis</caption>
        <thead>
          <tr>
            <th scope="col">At</th>
            <th scope="col">What</th>
          </tr>
        </thead>
        <tbody>
          {marks.slice(-ROWS).map(({ at, event }) => (
            <tr key={event.sequence}>
              <td>{formatClock(at)}</td>
              <td>{sentenceOf(event, { leaderships })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
