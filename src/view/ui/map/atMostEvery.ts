/** Work that is asked for often and done now and then: at once when it was not done for a while, else when that is over. */

/** Asks for the work, and drops work that is still to come. */
export interface Seldom {
  readonly request: () => void;
  readonly cancel: () => void;
}

/** Does `work` at most once in `interval` wall milliseconds, and always after the last request. */
export function atMostEvery(interval: number, work: () => void): Seldom {
  let doneAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = () => {
    timer = undefined;
    doneAt = performance.now();
    work();
  };
  return {
    request: () => {
      const wait = doneAt + interval - performance.now();
      if (wait <= 0 && timer === undefined) run();
      else timer ??= setTimeout(run, wait);
    },
    cancel: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
