/** What happened, newest first, in plain words. Routine stays hidden until asked for. */
import { Fragment, useRef } from "react";
import type { ClusterEvent } from "../../../../model/protocol/events.ts";
import { formatClock } from "../../../layout/timeWords.ts";
import { endsOf, type FeedRow, feedRows, rowsAround } from "../../../store/feedRows.ts";
import { count } from "../../../store/format.ts";
import { type Weight, weightOf } from "../../../store/words.ts";
import { useView } from "../../appContext.ts";
import { SwitchField } from "../../controls/SwitchField.tsx";
import { useWordContext } from "../../wordContext.ts";
import { EventRow } from "./EventRow.tsx";
import { useFollowNow } from "./followNow.ts";
import { LossesRow } from "./LossesRow.tsx";
import "./events.css";

/** Rows on the page at once; the feed keeps more than one reads. */
const SHOWN = 200;

const quiet: ReadonlySet<Weight> = new Set(["turn", "step"]);

/** Says how much is not shown; nothing when all is. */
function Omitted({ left, which }: { readonly left: number; readonly which: "older" | "newer" }) {
  if (left === 0) return null;
  return (
    <p className="note">
      {count(left)} {which} {left === 1 ? "event was" : "events were"} left out.
    </p>
  );
}

/** Where the playhead stands among the rows, while it stands before the end of what is known. */
function NowLine() {
  const now = useView((state) => formatClock(state.virtualNow));
  return (
    <li className="event-now">
      <span>You are here, at {now}</span>
    </li>
  );
}

/** The last fact that has happened where the playhead stands; undefined at the end, where all have. */
function useFactNow(): number | undefined {
  return useView(({ virtualNow, travelled }) => (virtualNow < travelled.end ? travelled.fact : undefined));
}

interface RowsProps {
  /** Newest first. */
  readonly rows: readonly FeedRow[];
  readonly fact: number | undefined;
}

/** The rows, those that are still to come above the line of now. */
function Rows({ rows, fact }: RowsProps) {
  const list = useRef<HTMLOListElement>(null);
  const context = useWordContext();
  const now = useView((state) => state.virtualNow);
  const playing = useView((state) => state.playing);
  useFollowNow(list, { now, playing, isBack: fact !== undefined });
  const isLater = (row: FeedRow) => endsOf(row).last.sequence > (fact ?? Number.POSITIVE_INFINITY);
  const firstPast = rows.findIndex((row) => !isLater(row));
  return (
    <ol className="events" aria-label="Events, newest first" ref={list}>
      {rows.map((row, at) => (
        <Fragment key={endsOf(row).first.sequence}>
          {fact !== undefined && at === firstPast ? <NowLine /> : null}
          {row.kind === "event" ? (
            <EventRow event={row.event} context={context} isLater={isLater(row)} />
          ) : (
            <LossesRow row={row} context={context} isLater={isLater(row)} />
          )}
        </Fragment>
      ))}
      {fact !== undefined && firstPast === -1 ? <NowLine /> : null}
    </ol>
  );
}

function isQuiet(event: ClusterEvent): boolean {
  return quiet.has(weightOf(event));
}

/** The whole tab. */
export default function EventsPanel() {
  const feed = useView((state) => state.feed);
  const feedOmitted = useView((state) => state.feedOmitted);
  const fact = useFactNow();
  const showsRoutine = useView((state) => state.showsRoutine);
  const showRoutine = useView((state) => state.showRoutine);
  const rows = feedRows(showsRoutine ? feed : feed.filter(isQuiet));
  const { shown, older, newer } = rowsAround(rows, fact, SHOWN);
  return (
    <>
      <div className="events-head">
        <SwitchField label="Acknowledgements and answers too" on={showsRoutine} onChange={showRoutine} />
      </div>
      {shown.length === 0 ? (
        <p className="panel-empty">Nothing of note yet. Kill the leader (K), and read what follows.</p>
      ) : (
        <>
          <Omitted left={newer} which="newer" />
          <Rows rows={shown.toReversed()} fact={fact} />
        </>
      )}
      <Omitted left={feedOmitted + older} which="older" />
    </>
  );
}
