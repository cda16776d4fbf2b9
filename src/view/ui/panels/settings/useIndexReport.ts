/** The report on indexes while somebody looks at it: about once a second, and only if something has changed. */
import { useEffect, useState } from "react";
import type { IndexReport } from "../../../../model/protocol/searchIndex.ts";
import { useServices } from "../../appContext.ts";

/** Wall time between two looks whether the report may have changed. */
const INTERVAL = 1_000;

/** The newest report; undefined before the first. */
export function useIndexReport(): IndexReport | undefined {
  const { session, store } = useServices();
  const [report, setReport] = useState<IndexReport>();
  useEffect(() => {
    let isAsking = false;
    let isOver = false;
    let askedAt = "";
    const ask = async () => {
      const { runId, virtualNow, runHash, failure, indexing } = store.getState();
      const place = `${runId} ${virtualNow} ${runHash}`;
      if (isAsking || place === askedAt || failure !== undefined || indexing !== undefined) return;
      isAsking = true;
      try {
        const next = await session.indexReport();
        askedAt = place;
        if (!isOver) setReport(next);
      } catch {
        // The page tells of a run that has stopped in its own place; the next look may find another.
      } finally {
        isAsking = false;
      }
    };
    void ask();
    const timer = setInterval(() => void ask(), INTERVAL);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [session, store]);
  return report;
}
