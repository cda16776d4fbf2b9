/**
 * Pictures on their way from the loop's thread to the page, sixty a second: the parts that seldom change cross only when
 * they did. Either side works with whole frames and knows nothing of this. The page says which picture it has; whatever
 * it says, what it gets is enough to make the next one whole.
 */
import { present } from "../base/assert.ts";
import { isSame } from "../base/equality.ts";
import type { Frame } from "../model/protocol/frame.ts";

/** The parts of a frame that change with a person's orders, an election or a fault. */
export type SlowPart = "config" | "groups" | "cuts" | "receipts" | "searches" | "verdicts" | "leaderships";

type SlowParts = { readonly [Part in SlowPart]: Frame[Part] };

/** A frame as it crosses: a slow part is undefined where it is as the page has it. */
export type FrameNews = Omit<Frame, SlowPart> & {
  readonly [Part in SlowPart]: Frame[Part] | undefined;
} & {
  /** Counts pictures from 1. */
  readonly number: number;
};

/** The loop's end. */
export class FrameSender {
  #number = 0;
  #sent: SlowParts | undefined;

  /** `frame` without what a page has that got picture `known` last. */
  news(frame: Frame, known: number): FrameNews {
    const before = known === this.#number ? this.#sent : undefined;
    this.#number += 1;
    this.#sent = frame;
    return {
      ...frame,
      number: this.#number,
      config: unlessSame(before?.config, frame.config),
      groups: unlessSame(before?.groups, frame.groups),
      cuts: unlessSame(before?.cuts, frame.cuts),
      receipts: unlessSame(before?.receipts, frame.receipts),
      searches: unlessSame(before?.searches, frame.searches),
      verdicts: unlessSame(before?.verdicts, frame.verdicts),
      leaderships: unlessSame(before?.leaderships, frame.leaderships),
    };
  }
}

function unlessSame<Part>(before: Part | undefined, now: Part): Part | undefined {
  return before !== undefined && isSame(before, now) ? undefined : now;
}

/** The page's end. A part that did not come is the very one of the frame before. */
export class FrameKeeper {
  #known = 0;
  #kept: SlowParts | undefined;

  /** The number of the last picture; 0 before the first. */
  get known(): number {
    return this.#known;
  }

  /** The frame that `news` tells. */
  whole({ number, ...news }: FrameNews): Frame {
    const kept = this.#kept;
    const frame: Frame = {
      ...news,
      config: present(news.config ?? kept?.config, "the configuration"),
      groups: present(news.groups ?? kept?.groups, "the groups"),
      cuts: present(news.cuts ?? kept?.cuts, "the cuts"),
      receipts: present(news.receipts ?? kept?.receipts, "the receipts"),
      searches: present(news.searches ?? kept?.searches, "the searches"),
      verdicts: present(news.verdicts ?? kept?.verdicts, "the verdicts"),
      leaderships: present(news.leaderships ?? kept?.leaderships, "the leaderships"),
    };
    this.#known = number;
    this.#kept = frame;
    return frame;
  }
}
