/** The plate on a replica's glyph that says what is wrong with it: a sign and words, in ink, at every size of the stage. */
import type { StageSize, StageSizes } from "../../layout/stageSizes.ts";
import { AILMENT_SIGNS, type Ailment } from "./ailments.ts";
import { append, show, translate, write, writeText } from "./svg.ts";

export interface AilmentFigure {
  /** Hangs it on the glyph's edge that looks to the middle of the stage, where neither card nor legend is. */
  readonly place: (x: number, y: number, sizes: StageSizes, stage: StageSize) => void;
  /** `isOpen`: a person looks closer, so words are shown where a crowded phone has only room for the sign. */
  readonly draw: (ailments: readonly Ailment[], isOpen: boolean) => void;
}

/** Things that are named on the plate; the others are counted. */
const MOST_NAMED = 2;
const PLATE = { large: { height: 26, perCharacter: 8.2 }, small: { height: 21, perCharacter: 7.3 } };
const SIGN = 28;
/** From the glyph's reach to the middle of the plate. */
const GAP = 5;
const PADDING = 8;

/** Adds the plate to `parent`. */
export function ailmentFigure(parent: Element): AilmentFigure {
  const element = append(parent, "g", "stage-ailment");
  const plate = append(element, "rect");
  const sign = append(element, "path");
  const label = append(element, "text");
  let at: { x: number; y: number; size: keyof typeof PLATE; isCrowded: boolean; stageWidth: number } | undefined;

  const place: AilmentFigure["place"] = (x, y, sizes, stage) => {
    const size = sizes.detail === "full" ? "large" : "small";
    const isCrowded = sizes.letterStep === undefined;
    const away = sizes.reach + GAP;
    at = { x, y: y < stage.height / 2 ? y + away : y - away, size, isCrowded, stageWidth: stage.width };
    const { height } = PLATE[size];
    write(plate, "height", height);
    write(plate, "y", -height / 2);
    write(label, "data-step", size === "large" ? 2 : 1);
  };

  const draw = (ailments: readonly Ailment[], isOpen: boolean) => {
    const [first] = ailments;
    show(element, first !== undefined);
    if (first === undefined || at === undefined) return;
    const named = ailments.slice(0, at.size === "large" ? MOST_NAMED : 1).map(({ words }) => words);
    const more = ailments.length - named.length;
    const words = more > 0 ? `${named.join(", ")} +${more}` : named.join(", ");
    const text = at.isCrowded && !isOpen ? "" : words;
    const width = text === "" ? SIGN : SIGN + text.length * PLATE[at.size].perCharacter + PADDING;
    const x = Math.min(Math.max(at.x, width / 2 + 3), at.stageWidth - width / 2 - 3);
    write(element, "transform", translate(x, at.y));
    write(element, "data-ailment", first.kind);
    write(plate, "x", -width / 2);
    write(plate, "width", width);
    write(sign, "d", AILMENT_SIGNS[first.kind]);
    write(sign, "transform", translate(SIGN / 2 + 1 - width / 2, 0));
    write(label, "x", SIGN - width / 2);
    writeText(label, text);
  };

  return { place, draw };
}
