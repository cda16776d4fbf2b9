/** The sign of a standing as a small picture, the same as on the maps; for the legend and the list. */
import { useEffect, useRef } from "react";
import type { Holding } from "../../../model/protocol/holdings.ts";
import { onThemeChange } from "../draw/palette.ts";
import { paintSign, signColours } from "./signs.ts";

const SIDE = 18;

/** A picture without a name: words stand beside it. */
export function Sign({ holding }: { readonly holding: Holding }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (element === null || context === null || context === undefined) return undefined;
    const paint = () => {
      const ratio = globalThis.devicePixelRatio || 1;
      element.width = Math.round(SIDE * ratio);
      element.height = Math.round(SIDE * ratio);
      context.setTransform(ratio, 0, 0, ratio, (SIDE * ratio) / 2, (SIDE * ratio) / 2);
      paintSign(context, holding, 6, signColours(element));
    };
    paint();
    return onThemeChange(paint);
  }, [holding]);
  return (
    <span className="map-sign" aria-hidden="true">
      <canvas ref={canvas} />
    </span>
  );
}
