/** The report on indexes while somebody looks at it: now and then, and only if something has changed. */
import { useEffect, useState } from "react";
import type { IndexReport } from "../../../../model/protocol/searchIndex.ts";
import { useServices, useView } from "../../appContext.ts";
import { pollWhenMoved } from "../../pollWhenMoved.ts";

/** Wall milliseconds between two looks whether the report may have changed... */
const INTERVAL = 1_000;
/** ...of a replica with so many items; the more, the longer, for every question is asked of all of them. */
const ITEMS_AT_ONCE = 5_000;
const LONGEST = 20;

/** Wall milliseconds between two looks where a replica holds so many items. */
export function reportInterval(items: number): number {
  return INTERVAL * Math.min(LONGEST, Math.max(1, Math.ceil(items / ITEMS_AT_ONCE)));
}

/** The newest report; undefined before the first. */
export function useIndexReport(): IndexReport | undefined {
  const services = useServices();
  const interval = useView(({ replicas }) => reportInterval(Math.max(0, ...replicas.map((one) => one.vectorCount))));
  const [report, setReport] = useState<IndexReport>();
  useEffect(
    () =>
      pollWhenMoved(services, {
        interval,
        ask: () => {
          const { failure, indexing } = services.store.getState();
          return failure === undefined && indexing === undefined ? services.session.indexReport() : undefined;
        },
        onAnswer: setReport,
        // The page tells of a run that has stopped in its own place; the next look may find another.
        onProblem: () => undefined,
      }),
    [services, interval],
  );
  return report;
}
