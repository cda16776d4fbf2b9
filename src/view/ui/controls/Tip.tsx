/** A short explanation on hover and focus. Never the only place where something can be read. */
import { Tooltip } from "@base-ui/react/tooltip";
import type { ReactElement } from "react";

interface TipProps {
  readonly text: string;
  /** The element that is explained; it takes the tip's handlers. */
  readonly children: ReactElement;
}

/** `children`, explained. */
export function Tip({ text, children }: TipProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner className="popup-positioner" sideOffset={8}>
          <Tooltip.Popup className="popup tip">{text}</Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
