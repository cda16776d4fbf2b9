/** Mode, W and R on a phone, under the bar's button. */
import { Popover } from "@base-ui/react/popover";
import { useView } from "../appContext.ts";
import type { PopupProps } from "../controls/PopupButton.tsx";
import { ModeChoice, QuorumNote, QuorumSteppers } from "./ModeControls.tsx";

/** What the button opens. */
export default function FoldedPopup({ isOpen, anchor, onOpen }: PopupProps) {
  const cluster = useView((state) => state.config?.cluster);
  if (cluster === undefined) return null;
  return (
    <Popover.Root open={isOpen} onOpenChange={onOpen}>
      <Popover.Portal container={anchor.current?.closest("header")}>
        <Popover.Positioner className="popup-positioner" anchor={anchor} sideOffset={6} align="start">
          <Popover.Popup className="popup bar-folded" finalFocus={anchor}>
            <Popover.Title className="field-label">Replication mode</Popover.Title>
            <ModeChoice cluster={cluster} />
            <div className="bar-folded-row">
              <QuorumSteppers cluster={cluster} />
            </div>
            <QuorumNote cluster={cluster} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
