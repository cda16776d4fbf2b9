/**
 * The links of a graph with layers, in one typed array: of each node a list per layer, the lowest twice as wide as the
 * others (the paper's Mmax0). What one insertion changes can be taken back and done again, so that one graph serves every
 * moment of a run.
 */

const NO_NODE = -1;

/** What an insertion changed, and what stood there: {@link Links.exchange} swaps the two. */
export interface Change {
  /** By turns: where a list begins, how long its part is, and the part. */
  readonly parts: Int32Array;
}

export class Links {
  readonly #m: number;
  /** A list is its length and then so many nodes. */
  #numbers = new Int32Array(1_024);
  /** Where the lists of each node begin; one more than there are nodes. */
  #starts = new Int32Array(65);
  #size = 0;
  /** Where the lists are that the change under way has touched, and what stood there. */
  #touched: number[] = [];
  #before: Int32Array[] = [];

  constructor(m: number) {
    this.#m = m;
  }

  /** Nodes. */
  get size(): number {
    return this.#size;
  }

  /** What it weighs. */
  get bytes(): number {
    return this.#numbers.byteLength + this.#starts.byteLength;
  }

  /** The typed array behind all lists; another one after it has grown. */
  get numbers(): Int32Array {
    return this.#numbers;
  }

  /** Links that a node may have in `layer`. */
  width(layer: number): number {
    return layer === 0 ? 2 * this.#m : this.#m;
  }

  /** The layers above the lowest that `node` is in. */
  levelOf(node: number): number {
    const length = (this.#starts[node + 1] ?? 0) - (this.#starts[node] ?? 0);
    return (length - 2 * this.#m - 1) / (this.#m + 1);
  }

  /** Where the list of `node` in `layer` stands: its length, then the nodes. */
  at(node: number, layer: number): number {
    const start = this.#starts[node] ?? 0;
    return layer === 0 ? start : start + 2 * this.#m + 1 + (layer - 1) * (this.#m + 1);
  }

  /** Adds a node that is in the layers up to `level`, with no links yet. */
  add(level: number): number {
    const node = this.#size;
    const start = this.#starts[node] ?? 0;
    const end = start + 2 * this.#m + 1 + level * (this.#m + 1);
    this.#reserve(node, end);
    this.#numbers.fill(0, start, end);
    this.#starts[node + 1] = end;
    this.#size += 1;
    return node;
  }

  /** Takes the last node away. Its own lists stay where they are until another is added. */
  removeLast(): void {
    this.#size -= 1;
  }

  /** Brings back the node that was taken away last. */
  restoreNext(): void {
    this.#size += 1;
  }

  /** Makes `nodes` the list of `node` in `layer`. */
  write(node: number, layer: number, nodes: Int32Array, count: number): void {
    const at = this.at(node, layer);
    if (node !== this.#size - 1) {
      this.#touched.push(at);
      this.#before.push(this.#numbers.slice(at, at + 1 + Math.max(count, this.#numbers[at] ?? 0)));
    }
    this.#numbers[at] = count;
    for (let place = 0; place < count; place += 1) this.#numbers[at + 1 + place] = nodes[place] ?? NO_NODE;
  }

  /** What was written since it was asked last, but for the newest node's own lists. */
  takeChange(): Change {
    const length = this.#before.reduce((sum, part) => sum + part.length + 2, 0);
    const parts = new Int32Array(length);
    let at = 0;
    for (const [position, part] of this.#before.entries()) {
      parts[at] = this.#touched[position] ?? 0;
      parts[at + 1] = part.length;
      parts.set(part, at + 2);
      at += part.length + 2;
    }
    this.#touched = [];
    this.#before = [];
    return { parts };
  }

  /** Takes a change back, or does it again. */
  exchange({ parts }: Change): void {
    const numbers = this.#numbers;
    for (let at = 0; at < parts.length; ) {
      const [from = 0, length = 0] = [parts[at], parts[at + 1]];
      at += 2;
      for (let place = 0; place < length; place += 1) {
        const now = numbers[from + place] ?? 0;
        numbers[from + place] = parts[at + place] ?? 0;
        parts[at + place] = now;
      }
      at += length;
    }
  }

  #reserve(node: number, end: number): void {
    if (end > this.#numbers.length) this.#numbers = grown(this.#numbers, end);
    if (node + 2 > this.#starts.length) this.#starts = grown(this.#starts, node + 2);
  }
}

/** `numbers` with room for `length`, and as much again. */
function grown(numbers: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * length);
  larger.set(numbers);
  return larger;
}
