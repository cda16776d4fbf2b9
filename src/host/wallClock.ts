/** The wall clock, which exists only here and in the pacer: it decides how far a run gets, never what happens in it. */

export interface WallClock {
  /** Milliseconds that only grow. */
  now(): number;
  /** Calls `then` once after `delay` milliseconds, 0 for as soon as others have had their turn. Returns the way out. */
  after(delay: number, then: () => void): () => void;
}

/** A task of its own without the four milliseconds that browsers put between nested timers. */
function soon(then: () => void): () => void {
  const { port1, port2 } = new MessageChannel();
  let wanted = true;
  const close = () => {
    wanted = false;
    port1.close();
  };
  port1.onmessage = () => {
    if (!wanted) return;
    close();
    then();
  };
  port2.postMessage(undefined);
  return close;
}

/** This thread's clock. */
export const systemClock: WallClock = {
  now: () => performance.now(),
  after: (delay, then) => {
    if (delay <= 0) return soon(then);
    const timer = setTimeout(then, delay);
    return () => clearTimeout(timer);
  },
};
