/** Acknowledged, lost and empty answers since the run began, readable from the back row. */
import { useShallow } from "zustand/react/shallow";
import { count } from "../store/format.ts";
import { useView } from "./appContext.ts";

/** The three counters at the top right of the stage. */
export function Counters() {
  const { acknowledged, lost, empty } = useView(
    useShallow(({ counters }) => ({
      acknowledged: counters?.writesAcknowledged ?? 0,
      lost: counters?.acknowledgedWritesLost ?? 0,
      empty: counters?.searchesEmpty ?? 0,
    })),
  );
  const items = [
    { name: "acknowledged", value: acknowledged, isLost: false },
    { name: "lost", value: lost, isLost: lost > 0 },
    { name: "empty answers", value: empty, isLost: false },
  ];
  return (
    <section className="counters" aria-label="Writes and answers so far">
      {items.map(({ name, value, isLost }) => (
        <dl key={name} className="counters-item">
          <dt className="counters-name">{name}</dt>
          <dd className="counters-value" data-lost={isLost ? "" : undefined}>
            {isLost ? <span aria-hidden="true">× </span> : null}
            {count(value)}
          </dd>
        </dl>
      ))}
    </section>
  );
}
