/** A binary heap: the event queue's order. `before(a, b)` must be a strict total order, or the run is not one. */
export class Heap<T> {
  private readonly items: T[];
  private readonly before: (a: T, b: T) => boolean;

  constructor(before: (a: T, b: T) => boolean, items: readonly T[] = []) {
    this.before = before;
    this.items = [];
    for (const item of items) this.push(item);
  }

  /** How many items it holds. */
  get size(): number {
    return this.items.length;
  }

  /** The first item, or undefined when it is empty. */
  peek(): T | undefined {
    return this.items[0];
  }

  /** Every item, in no particular order; for displays only, since that order depends on the past. */
  unordered(): readonly T[] {
    return this.items;
  }

  /** A copy of every item in order. */
  inOrder(): readonly T[] {
    return this.items.slice().sort((a, b) => (this.before(a, b) ? -1 : 1));
  }

  push(item: T): void {
    const items = this.items;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = items[parent];
      if (above === undefined || !this.before(item, above)) break;
      items[at] = above;
      at = parent;
    }
    items[at] = item;
  }

  /** Takes the first item out; undefined when it is empty. */
  pop(): T | undefined {
    const items = this.items;
    const first = items[0];
    const last = items.pop();
    if (last !== undefined && items.length > 0) this.sink(last);
    return first;
  }

  /** Replaces the contents by the items that `keep` accepts. */
  retain(keep: (item: T) => boolean): void {
    const kept = this.items.filter(keep);
    this.items.length = 0;
    for (const item of kept) this.push(item);
  }

  private sink(item: T): void {
    const items = this.items;
    const size = items.length;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= size) break;
      const right = left + 1;
      const leftItem = items[left];
      const rightItem = items[right];
      if (leftItem === undefined) break;
      const useRight = rightItem !== undefined && this.before(rightItem, leftItem);
      const child = useRight ? rightItem : leftItem;
      if (child === undefined || !this.before(child, item)) break;
      items[at] = child;
      at = useRight ? right : left;
    }
    items[at] = item;
  }
}
