/** One client at the edge: a pill with its open operations, and the outcome of its last in words and by a sign. */
import { nameOf } from "../../../base/ids.ts";
import { type Micros, micros } from "../../../base/units.ts";
import type { ClientFrame, OperationFrame } from "../../../model/protocol/frame.ts";
import type { ClientPlace } from "../../layout/clientPlaces.ts";
import type { StageSizes } from "../../layout/stageSizes.ts";
import { duration } from "../../store/format.ts";
import { append, show, translate, write, writeText } from "./svg.ts";

/** How the last operation stands: its sign beside the words. */
export type OutcomeSign = "open" | "good" | "empty" | "unknown" | "redirected" | "failed" | "none";

/** What the stage says of a client. */
export interface ClientStory {
  readonly first: string;
  readonly second: string;
  readonly sign: OutcomeSign;
  readonly accessibleName: string;
}

/** The story of a client; `redirectedBy` is set while a replica's "not me" is on its way to it. */
export function clientStory(client: ClientFrame, redirectedBy: string | undefined, clientTimeout: Micros): ClientStory {
  const name = nameOf(client.clientId);
  const { last } = client;
  const open = `${client.open} open`;
  if (last === undefined) return { first: "", second: "", sign: "none", accessibleName: `client ${name}, ${open}` };
  const what = last.id === "" || last.what === "search" ? last.what : `${last.what} ${last.id}`;
  const { words, sign } = outcome(last, redirectedBy, clientTimeout);
  return { first: what, second: words, sign, accessibleName: `client ${name}, ${open}, ${what}: ${words}` };
}

function outcome(
  last: OperationFrame,
  redirectedBy: string | undefined,
  timeout: Micros,
): { words: string; sign: OutcomeSign } {
  const by = nameOf(last.target);
  const took = last.endedAt === undefined ? "" : ` in ${duration(spanOf(last.askedAt, last.endedAt))}`;
  switch (last.outcome) {
    case "open":
      if (redirectedBy !== undefined) return { words: `redirected by ${redirectedBy}`, sign: "redirected" };
      return { words: `waits for ${by}`, sign: "open" };
    case "acknowledged":
      return { words: `acknowledged${took}`, sign: "good" };
    case "answered":
      return { words: `${by} answered${took}`, sign: "good" };
    case "empty":
      return { words: `${by} found nothing`, sign: "empty" };
    case "unknown":
      return { words: `no answer in ${duration(timeout)}: unknown`, sign: "unknown" };
    case "failed":
      return { words: "refused, nothing written", sign: "failed" };
  }
}

function spanOf(from: Micros, to: Micros): Micros {
  return micros(Math.max(0, to - from));
}

export interface ClientFigure {
  readonly element: SVGGElement;
  readonly place: (place: ClientPlace, sizes: StageSizes) => void;
  readonly draw: (view: ClientView) => void;
  readonly remove: () => void;
}

export interface ClientView {
  readonly client: ClientFrame;
  readonly story: ClientStory;
  readonly isSelected: boolean;
  readonly isFocusStop: boolean;
  readonly wallNow: number;
  readonly isUnhurried: boolean;
}

/** The box of words that are shown only when asked for. */
const WORDS = { width: 204, height: 36 };

/** Words change at most this often, in milliseconds of wall time: nobody reads faster. */
const WORDS_INTERVAL = 700;

const SIGNS: Readonly<Record<OutcomeSign, string>> = {
  none: "",
  open: "M-3.5 0h.1M0 0h.1M3.5 0h.1",
  good: "M-3.6 .2L-1.1 2.8L3.6-2.6",
  empty: "M-3 3L3-3",
  unknown: "M-2.2-1.6A2.3 2.3 0 1 1 .8 .6Q0 1 0 1.9M0 4.2v.1",
  redirected: "M-4 3V-1.5H4M1.4-4L4-1.5L1.4 1",
  failed: "M-3.5 0H3.5",
};

/** Adds a client to `parent`. */
export function clientFigure(parent: Element, clientId: ClientFrame["clientId"]): ClientFigure {
  const element = append(parent, "g", "stage-client");
  write(element, "role", "button");
  write(element, "aria-haspopup", "menu");
  write(element, "data-client", clientId);
  const hit = append(element, "rect", "stage-hit");
  const focus = append(element, "rect", "stage-focus");
  const pill = append(element, "rect", "stage-pill");
  const name = append(element, "text", "stage-client-name");
  const open = append(element, "text", "stage-client-open");
  const words = append(element, "g", "stage-client-words");
  const backdrop = append(words, "rect");
  const first = append(words, "text");
  const second = append(words, "text", "stage-client-outcome");
  const sign = append(element, "g", "stage-sign");
  append(sign, "circle").setAttribute("r", "8");
  const signPath = append(sign, "path");
  let at: { place: ClientPlace; sizes: StageSizes } | undefined;
  let wordedAt = Number.NEGATIVE_INFINITY;

  const place = (next: ClientPlace, sizes: StageSizes) => {
    at = { place: next, sizes };
    const { pill: box, align } = next;
    write(element, "data-align", align);
    write(element, "data-phone", sizes.isPhone ? "" : undefined);
    // Placed by a CSS property, so that a client walks to its new side when a wall parts it from its home.
    element.style.setProperty("transform", `translate(${Math.round(box.x)}px, ${Math.round(box.y)}px)`);
    const target = sizes.isPhone ? 8 : 0;
    boxed(hit, -target, -target, box.width + 2 * target, box.height + 2 * target);
    boxed(focus, -4, -4, box.width + 8, box.height + 8);
    boxed(pill, 0, 0, box.width, box.height);
    write(name, "transform", translate(box.width / 2, sizes.isPhone ? box.height / 2 : 15));
    write(open, "transform", translate(box.width / 2, 32));
    show(open, !sizes.isPhone);
    placeWords(next, sizes);
    writeText(name, nameOf(clientId));
  };

  /** Beside the pill where there is room for good; else in a box of their own while they are asked for. */
  const placeWords = ({ pill: box, label, align }: ClientPlace, sizes: StageSizes) => {
    const isAsked = label === box;
    const side = align === "start" ? 1 : -1;
    const edge = align === "start" ? 0 : box.width;
    const own = { x: edge + side * (box.width + 14), y: (box.height - WORDS.height) / 2 };
    const x = isAsked ? own.x : (align === "start" ? label.x : label.x + label.width) - box.x;
    const y = isAsked ? own.y : label.y - box.y;
    write(element, "data-words", isAsked ? "asked" : "always");
    show(backdrop, isAsked);
    boxed(backdrop, side > 0 ? x - 10 : x - WORDS.width + 10, y - 6, WORDS.width, WORDS.height + 12);
    write(first, "transform", translate(x, y + 12));
    write(second, "transform", translate(x + (isAsked ? 0 : side * 22), y + 29));
    const corner = align === "start" ? box.width : 0;
    write(sign, "transform", isAsked ? translate(corner, sizes.isPhone ? 0 : 2) : translate(x + side * 8, y + 25));
  };

  const draw = (view: ClientView) => {
    if (at === undefined) return;
    write(element, "data-selected", view.isSelected ? "" : undefined);
    write(element, "tabindex", view.isFocusStop ? 0 : -1);
    const { story } = view;
    const due = view.isUnhurried || view.wallNow - wordedAt >= WORDS_INTERVAL || view.wallNow < wordedAt;
    if (!due) return;
    wordedAt = view.wallNow;
    writeText(open, `${view.client.open} open`);
    write(element, "aria-label", story.accessibleName);
    writeText(first, story.first);
    writeText(second, story.second);
    show(sign, story.sign !== "none");
    write(sign, "data-sign", story.sign);
    write(signPath, "d", SIGNS[story.sign]);
  };

  return { element, place, draw, remove: () => element.remove() };
}

function boxed(rect: SVGRectElement, x: number, y: number, width: number, height: number): void {
  for (const [name, value] of Object.entries({ x, y, width, height })) write(rect, name, value);
}
