/**
 * Copies of a whole state put away as bytes. Taking one is a plain copy; making bytes of it can be done in portions
 * later, since nothing changes it any more. Long sequences are cut where their own content says so, hence in the same
 * places whoever has them and wherever they begin, and every stretch is kept once.
 */
import { present } from "./assert.ts";
import { copySequences } from "./copyGraph.ts";
import type { PackPool, Place, Stretch } from "./packPool.ts";
import { Sequence, SheetReader, SheetWriter, Uniques } from "./packSheet.ts";

/** Elements that a stretch has at least and at most; a map's key and value count as two. */
const SHORTEST = 64;
const LONGEST = 2_048;
/** A stretch ends behind an element whose digest ends in as many zeros as this has ones. */
const END_MARK = 0xff;

/** A sequence in stretches. */
interface Cut {
  readonly stretches: readonly Stretch[];
  readonly isMap: boolean;
}

interface Bytes {
  readonly root: string;
  readonly sequences: readonly Cut[];
}

/** The stretch of `elements` from `from` on. */
function cutStretch(pool: PackPool, elements: readonly unknown[], from: number, step: number): Stretch {
  const writer = new SheetWriter(pool);
  const end = Math.min(elements.length, from + LONGEST);
  let at = from;
  while (at < end) {
    writer.mark = 0;
    for (let part = 0; part < step; part += 1) writer.writeElement(elements, at + part);
    at += step;
    if (at - from >= SHORTEST && (writer.mark & END_MARK) === 0) break;
  }
  return pool.stretch(writer.finish(), at - from);
}

/** How many elements that only had to be compared take as long as one that is written. */
const COMPARED_AT_ONCE = 32;

/** Makes bytes of a copy. */
class Packing {
  private readonly pool: PackPool;
  private readonly writer: SheetWriter;
  private readonly done: Cut[] = [];
  private stretches: Stretch[] = [];
  private at = 0;
  /** Stretches by an object in their first element: most sequences are the same elements over and over. */
  private readonly places = new Map<unknown, Place>();

  constructor(root: object, pool: PackPool) {
    this.pool = pool;
    this.writer = new SheetWriter(pool);
    this.writer.write(root);
  }

  /** Goes on for about `elements` elements. Returns the bytes once there is nothing left. */
  advance(elements: number): Bytes | undefined {
    let left = elements;
    for (;;) {
      const sequence = this.writer.sequences[this.done.length];
      if (sequence === undefined) {
        this.pool.places = this.places;
        return { root: this.writer.finish(), sequences: this.done };
      }
      if (left <= 0) return undefined;
      const known = this.known(sequence);
      const stretch = known ?? this.cut(sequence);
      left -= known === undefined ? stretch.length : stretch.length / COMPARED_AT_ONCE;
      this.at += stretch.length;
      this.stretches.push(stretch);
      if (this.at < sequence.elements.length) continue;
      this.done.push({ stretches: this.stretches, isMap: sequence.isMap });
      this.stretches = [];
      this.at = 0;
    }
  }

  /** The stretch that begins here, if it has been met. */
  private known({ elements, isMap }: Sequence): Stretch | undefined {
    const first = elements[isMap ? this.at + 1 : this.at];
    for (const place of [this.places.get(first), this.pool.places.get(first)]) {
      if (place === undefined || !isThere(place, elements, this.at)) continue;
      this.note(first, elements, place.stretch);
      return place.stretch;
    }
    return undefined;
  }

  private cut({ elements, isMap }: Sequence): Stretch {
    const stretch = cutStretch(this.pool, elements, this.at, isMap ? 2 : 1);
    this.note(elements[isMap ? this.at + 1 : this.at], elements, stretch);
    return stretch;
  }

  private note(first: unknown, elements: readonly unknown[], stretch: Stretch): void {
    const known = this.places.get(first);
    if (typeof first === "object" && known?.stretch !== stretch)
      this.places.set(first, { elements, from: this.at, stretch });
  }
}

function isThere({ elements, from, stretch }: Place, others: readonly unknown[], at: number): boolean {
  if (at + stretch.length > others.length) return false;
  for (let step = 0; step < stretch.length; step += 1) {
    const element = elements[from + step];
    if (element !== others[at + step]) return false;
    if (element === undefined && from + step in elements !== at + step in others) return false;
  }
  return true;
}

/** A copy of `Root`, put away. */
export class PackedGraph<Root extends object> {
  private readonly pool: PackPool;
  private packing: Packing | undefined;
  private bytes: Bytes | undefined;
  private copied: Root | undefined;

  /** Copies `root` but for what `isShared` says never changes: that must be plain data without cycles. */
  constructor(root: Root, isShared: (value: object) => boolean, pool: PackPool) {
    this.pool = pool;
    this.copied = copySequences(root, isShared);
  }

  /** Makes bytes of about `elements` more of it. Returns whether it is all bytes. */
  pack(elements: number): boolean {
    if (this.copied === undefined) return true;
    this.packing ??= new Packing(this.copied, this.pool);
    this.bytes = this.packing.advance(elements);
    if (this.bytes === undefined) return false;
    this.packing = undefined;
    this.copied = undefined;
    return true;
  }

  /** What the bytes take that nothing else has; 0 until they are there. */
  get ownBytes(): number {
    return this.bytes?.root.length ?? 0;
  }

  /** The stretches that it needs. */
  *stretches(): Iterable<Stretch> {
    for (const { stretches } of this.bytes?.sequences ?? []) yield* stretches;
  }

  /** The copy, as often as one likes: each is another. */
  unpack(): Root {
    this.pack(Number.POSITIVE_INFINITY);
    const holder = Object.create(null);
    holder.root = new Unpacking(this.pool, present(this.bytes, "a packed copy")).root();
    return holder.root;
  }
}

/** Makes a copy of bytes. */
class Unpacking {
  private readonly pool: PackPool;
  private readonly bytes: Bytes;
  private readonly uniques = new Uniques();
  private readonly read = new Map<Stretch, readonly unknown[]>();

  constructor(pool: PackPool, bytes: Bytes) {
    this.pool = pool;
    this.bytes = bytes;
  }

  root(): unknown {
    const { root, sequences } = this.bytes;
    const sequence = (at: number) => this.joined(present(sequences[at], "a sequence"));
    return new SheetReader(this.pool, root, this.uniques, sequence).read();
  }

  private joined({ stretches, isMap }: Cut): object {
    const elements: unknown[] = [];
    for (const stretch of stretches) {
      const part = this.elementsOf(stretch);
      for (let at = 0; at < part.length; at += 1) {
        if (part[at] !== undefined || at in part) elements.push(part[at]);
        else elements.length += 1;
      }
    }
    return new Sequence(elements, isMap).expand();
  }

  private elementsOf(stretch: Stretch): readonly unknown[] {
    const known = this.read.get(stretch);
    if (known !== undefined) return known;
    const reader = new SheetReader(this.pool, stretch.bytes, this.uniques, () => []);
    const elements: unknown[] = [];
    for (let at = 0; at < stretch.length; at += 1) reader.readElement(elements);
    this.read.set(stretch, elements);
    return elements;
  }
}
