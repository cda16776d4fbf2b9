/** Several who look on at one run, each interested in some of what happens. */
import type { RunObserver } from "../cluster/observer.ts";

/** One who looks on; what it does not name it does not see. */
export type Onlooker = Partial<RunObserver>;

/** All of them as one. */
export function together(onlookers: readonly Onlooker[]): RunObserver {
  return {
    replica: (id, record, flight) => {
      for (const onlooker of onlookers) onlooker.replica?.(id, record, flight);
    },
    client: (id, record, flight) => {
      for (const onlooker of onlookers) onlooker.client?.(id, record, flight);
    },
    sent: (flight) => {
      for (const onlooker of onlookers) onlooker.sent?.(flight);
    },
    lost: (flight) => {
      for (const onlooker of onlookers) onlooker.lost?.(flight);
    },
    second: (at) => {
      for (const onlooker of onlookers) onlooker.second?.(at);
    },
    fact: (event) => {
      for (const onlooker of onlookers) onlooker.fact?.(event);
    },
  };
}
