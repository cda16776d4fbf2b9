/**
 * A short explanation on hover and focus. Plain CSS, on the side where there is room: the tooltip of the component library
 * would bring its positioning into the page's first load. Never the only place where something can be read.
 */
import { cloneElement, type ReactElement, type SyntheticEvent, useId } from "react";

interface TipProps {
  readonly text: string;
  /** The element that is explained; it is described by the tip. */
  readonly children: ReactElement<{ "aria-describedby"?: string | undefined }>;
}

/** Chooses the side before the tip is seen. */
function place({ currentTarget }: SyntheticEvent<HTMLElement>): void {
  const { left, top } = currentTarget.getBoundingClientRect();
  currentTarget.dataset.align = left > innerWidth / 2 ? "end" : "start";
  currentTarget.dataset.side = top > innerHeight / 2 ? "above" : "below";
}

/** `children`, explained. */
export function Tip({ text, children }: TipProps) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: nothing can be done here, it only finds room
    <span className="tip-anchor" onPointerEnter={place} onFocus={place}>
      {cloneElement(children, { "aria-describedby": id })}
      <span className="tip" id={id} role="tooltip">
        {text}
      </span>
    </span>
  );
}
