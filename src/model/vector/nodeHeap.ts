/** A heap of graph nodes by score, in typed arrays: the best on top, or the worst. Of equal scores the older node is better. */

export class NodeHeap {
  readonly #bestFirst: boolean;
  #nodes = new Int32Array(64);
  #scores = new Float32Array(64);
  #size = 0;

  constructor(bestFirst: boolean) {
    this.#bestFirst = bestFirst;
  }

  get size(): number {
    return this.#size;
  }

  /** The node on top; meaningless when there is none, as is its score. */
  get top(): number {
    return this.#nodes[0] ?? 0;
  }

  get topScore(): number {
    return this.#scores[0] ?? 0;
  }

  clear(): void {
    this.#size = 0;
  }

  push(node: number, score: number): void {
    if (this.#size === this.#nodes.length) this.#grow();
    let place = this.#size;
    this.#size += 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.#isAbove(node, score, parent)) break;
      this.#move(parent, place);
      place = parent;
    }
    this.#nodes[place] = node;
    this.#scores[place] = score;
  }

  /** Takes the node on top away. */
  pop(): void {
    this.#size -= 1;
    const size = this.#size;
    const [node, score] = [this.#nodes[size] ?? 0, this.#scores[size] ?? 0];
    let place = 0;
    for (let child = 1; child < size; child = 2 * place + 1) {
      const right = child + 1;
      if (right < size && this.#isAbove(this.#nodes[right] ?? 0, this.#scores[right] ?? 0, child)) child = right;
      if (this.#isAbove(node, score, child)) break;
      this.#move(child, place);
      place = child;
    }
    this.#nodes[place] = node;
    this.#scores[place] = score;
  }

  /** Whether the node is better than the one on top. */
  isBetterThanTop(node: number, score: number): boolean {
    const top = this.topScore;
    return score > top || (score === top && node < this.top);
  }

  #isAbove(node: number, score: number, place: number): boolean {
    const [otherNode, other] = [this.#nodes[place] ?? 0, this.#scores[place] ?? 0];
    const isBetter = score > other || (score === other && node < otherNode);
    return isBetter === this.#bestFirst;
  }

  #move(from: number, to: number): void {
    this.#nodes[to] = this.#nodes[from] ?? 0;
    this.#scores[to] = this.#scores[from] ?? 0;
  }

  #grow(): void {
    const nodes = new Int32Array(2 * this.#nodes.length);
    nodes.set(this.#nodes);
    const scores = new Float32Array(nodes.length);
    scores.set(this.#scores);
    [this.#nodes, this.#scores] = [nodes, scores];
  }
}
