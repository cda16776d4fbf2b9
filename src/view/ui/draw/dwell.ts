/**
 * Keeps what lasts only a moment of wall time from flickering. At live speed every write puts each follower behind for
 * the few milliseconds that its entry travels; that is no lag anybody could see. A fact counts as settled once it has
 * stood for a while, and at once where the picture stands still or runs slowly.
 */

/** How long a fact must stand, in milliseconds of wall time. */
export const DWELL = 140;

export class Dwell {
  #since: number | undefined;

  /** Whether `holds` has held long enough at `wallNow`. */
  isSettled(holds: boolean, wallNow: number, isUnhurried: boolean): boolean {
    if (!holds) {
      this.#since = undefined;
      return false;
    }
    if (this.#since === undefined || wallNow < this.#since) this.#since = wallNow;
    return isUnhurried || wallNow - this.#since >= DWELL;
  }
}
