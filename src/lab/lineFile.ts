/** A file that is written line by line, in large pieces. */
import { closeSync, openSync, writeSync } from "node:fs";

/** Characters that are gathered before they are written. */
const PIECE = 1 << 16;

export class LineFile {
  readonly #file: number;
  #waiting: string[] = [];
  #size = 0;

  /** Creates or replaces the file at `path`. */
  constructor(path: string) {
    this.#file = openSync(path, "w");
  }

  readonly write = (line: string): void => {
    this.#waiting.push(line);
    this.#size += line.length;
    if (this.#size >= PIECE) this.#flush();
  };

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #flush(): void {
    if (this.#waiting.length > 0) writeSync(this.#file, `${this.#waiting.join("\n")}\n`);
    this.#waiting = [];
    this.#size = 0;
  }
}
