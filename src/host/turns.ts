/** One at a time, in the order of asking: what keeps windows, commands, pictures and searches apart. */
export class Turns {
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;

  /** Whether somebody waits for the turn that is being taken to end. */
  get contended(): boolean {
    return this.#waiting > 0;
  }

  /** Runs `work` once everything asked for before it is done. */
  take<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#waiting += 1;
    const result = this.#last.then(() => {
      this.#waiting -= 1;
      return work();
    });
    this.#last = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }
}
