/** Mode, W and R on a phone, under the bar's button. */
import { Popover } from "@base-ui/react/popover";
import type { RefObject } from "react";
import type { ClusterConfig } from "../../../model/protocol/config.ts";
import { ModeChoice, QuorumNote, QuorumSteppers } from "./ModeControls.tsx";

interface FoldedPopupProps {
  readonly cluster: ClusterConfig;
  readonly isOpen: boolean;
  readonly anchor: RefObject<HTMLButtonElement | null>;
  readonly onOpen: (open: boolean) => void;
}

/** What the button opens. */
export default function FoldedPopup({ cluster, isOpen, anchor, onOpen }: FoldedPopupProps) {
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
