/** The plate on a replica's glyph that says what is wrong with it: a sign and words, in ink, at every size of the stage. */
import type { StageSizes } from "../../layout/stageSizes.ts";
import { AILMENT_SIGNS, type Ailment } from "./ailments.ts";
import { append, show, translate, write, writeText } from "./svg.ts";

export interface AilmentFigure {
  /** `down` is whether it hangs on the glyph's lower edge, else on its upper. */
  readonly place: (x: number, y: number, sizes: StageSizes, down: boolean, stageWidth: number) => void;
  readonly draw: (ailments: readonly Ailment[]) => void;
}

/** Things that are named on the plate; the others are counted. */
const MOST_NAMED = 2;
const PLATE = { large: { height: 26, perCharacter: 8.2 }, small: { height: 21, perCharacter: 7.3 } };
const SIGN = 24;
const PADDING = 8;

/** Adds the plate to `parent`. */
export function ailmentFigure(parent: Element): AilmentFigure {
  const element = append(parent, "g", "stage-ailment");
  const plate = append(element, "rect");
  const sign = append(element, "path");
  const label = append(element, "text");
  let at: { x: number; y: number; size: keyof typeof PLATE; stageWidth: number } | undefined;

  const place: AilmentFigure["place"] = (x, y, sizes, down, stageWidth) => {
    const size = sizes.detail === "full" ? "large" : "small";
    at = { x, y: y + (down ? sizes.reach : -sizes.reach), size, stageWidth };
    const { height } = PLATE[size];
    write(plate, "height", height);
    write(plate, "y", -height / 2);
    write(label, "data-step", size === "large" ? 2 : 1);
  };

  const draw = (ailments: readonly Ailment[]) => {
    const [first] = ailments;
    show(element, first !== undefined);
    if (first === undefined || at === undefined) return;
    const named = ailments.slice(0, at.size === "large" ? MOST_NAMED : 1).map(({ words }) => words);
    const more = ailments.length - named.length;
    const text = more > 0 ? `${named.join(", ")} +${more}` : named.join(", ");
    const width = SIGN + text.length * PLATE[at.size].perCharacter + PADDING;
    const x = Math.min(Math.max(at.x, width / 2 + 3), at.stageWidth - width / 2 - 3);
    write(element, "transform", translate(x, at.y));
    write(element, "data-ailment", first.kind);
    write(plate, "x", -width / 2);
    write(plate, "width", width);
    write(sign, "d", AILMENT_SIGNS[first.kind]);
    write(sign, "transform", translate(SIGN / 2 + 2 - width / 2, 0));
    write(label, "x", SIGN - width / 2);
    writeText(label, text);
  };

  return { place, draw };
}
