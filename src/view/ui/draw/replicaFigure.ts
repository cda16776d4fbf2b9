/** One replica on the stage: a focusable button made of its glyph and its card. */
import type { ReplicaFrame } from "../../../model/protocol/frame.ts";
import type { ReplicaPlace } from "../../layout/stageLayout.ts";
import type { StageSize, StageSizes } from "../../layout/stageSizes.ts";
import { ailmentFigure } from "./ailmentFigure.ts";
import { type CardRow, cardFigure } from "./cardFigure.ts";
import { Dwell } from "./dwell.ts";
import { glyphFigure } from "./glyphFigure.ts";
import type { ReplicaStory } from "./replicaStory.ts";
import type { StripView } from "./stripFigure.ts";
import { append, translate, write } from "./svg.ts";

/** What a replica's figure needs beside its story. */
export interface ReplicaView {
  readonly replica: ReplicaFrame;
  readonly story: ReplicaStory;
  readonly strip: StripView;
  readonly isSelected: boolean;
  readonly isOpen: boolean;
  readonly isFocusStop: boolean;
  readonly glides: boolean;
  /** Wall time of this picture in milliseconds, and whether short-lived things may be shown at once. */
  readonly wallNow: number;
  readonly isUnhurried: boolean;
  /** Virtual time stands: everything is shown exactly as it is. */
  readonly isStill: boolean;
}

export interface ReplicaFigure {
  readonly element: SVGGElement;
  readonly place: (place: ReplicaPlace, sizes: StageSizes, stage: StageSize) => void;
  readonly draw: (view: ReplicaView) => void;
  readonly remove: () => void;
}

/** Names are read out, not watched: they change at most this often. */
const NAME_INTERVAL = 250;
/** The words of a card that change with every frame could not be read, and cost more than everything else on it. */
const WORDS_INTERVAL = 90;

/** Adds a replica to `parent`. */
export function replicaFigure(parent: Element, replicaId: number): ReplicaFigure {
  const element = append(parent, "g", "stage-replica");
  write(element, "role", "button");
  write(element, "aria-haspopup", "menu");
  write(element, "data-replica", replicaId);
  const glyphAt = append(element, "g");
  const hit = append(glyphAt, "circle", "stage-hit");
  const glyph = glyphFigure(glyphAt);
  const ailment = ailmentFigure(element);
  const card = cardFigure(element);
  const lagDwell = new Dwell();
  const queueDwell = new Dwell();
  let namedAt = Number.NEGATIVE_INFINITY;
  let worded: { at: number; key: string } | undefined;

  const place = (at: ReplicaPlace, sizes: StageSizes, stage: StageSize) => {
    write(glyphAt, "transform", translate(at.x, at.y));
    write(hit, "r", Math.max(22, sizes.reach));
    glyph.resize(sizes);
    card.place(at.card, sizes, stage.width);
    ailment.place(at.x, at.y, sizes, stage);
    worded = undefined;
  };

  /** Whether words wait: not for a new role, and not when a person looks closer. */
  const wordsWait = ({ story, isOpen, wallNow, isStill }: ReplicaView): boolean => {
    const key = `${story.shape} ${story.roleWords} ${story.votes?.held} ${story.note.kind} ${isOpen}`;
    const age = wallNow - (worded?.at ?? Number.NEGATIVE_INFINITY);
    if (!isStill && worded?.key === key && age >= 0 && age < WORDS_INTERVAL) return true;
    worded = { at: wallNow, key };
    return false;
  };

  const draw = (view: ReplicaView) => {
    const { story, wallNow, isUnhurried } = view;
    glyph.draw(story);
    ailment.draw(story.ailments, view.isOpen);
    const row: CardRow = {
      lag: lagDwell.isSettled(story.lag !== "", wallNow, isUnhurried) ? story.lag : "",
      queueDepth: queueDwell.isSettled(story.queueDepth > 0, wallNow, isUnhurried) ? story.queueDepth : 0,
    };
    card.draw(story, row, view.strip, { glides: view.glides, isOpen: view.isOpen, wordsWait: wordsWait(view) });
    write(element, "data-selected", view.isSelected ? "" : undefined);
    write(element, "tabindex", view.isFocusStop ? 0 : -1);
    if (view.isStill || wallNow - namedAt >= NAME_INTERVAL || wallNow < namedAt) {
      namedAt = wallNow;
      write(element, "aria-label", story.accessibleName);
    }
  };

  return { element, place, draw, remove: () => element.remove() };
}
