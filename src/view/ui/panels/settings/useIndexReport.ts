/** The report on indexes while somebody looks at it: about once a second, and only if something has changed. */
import { useEffect, useState } from "react";
import type { IndexReport } from "../../../../model/protocol/searchIndex.ts";
import { useServices } from "../../appContext.ts";
import { pollWhenMoved } from "../../pollWhenMoved.ts";

/** Wall time between two looks whether the report may have changed. */
const INTERVAL = 1_000;

/** The newest report; undefined before the first. */
export function useIndexReport(): IndexReport | undefined {
  const services = useServices();
  const [report, setReport] = useState<IndexReport>();
  useEffect(
    () =>
      pollWhenMoved(services, {
        interval: INTERVAL,
        ask: () => {
          const { failure, indexing } = services.store.getState();
          return failure === undefined && indexing === undefined ? services.session.indexReport() : undefined;
        },
        onAnswer: setReport,
        // The page tells of a run that has stopped in its own place; the next look may find another.
        onProblem: () => undefined,
      }),
    [services],
  );
  return report;
}
