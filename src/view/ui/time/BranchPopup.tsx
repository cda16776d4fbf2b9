/** The branches of the run, under their button. */
import { Popover } from "@base-ui/react/popover";
import { GitBranch } from "lucide-react";
import type { PopupProps } from "../controls/PopupButton.tsx";
import { BranchList } from "./BranchList.tsx";

/** What the button of the branches opens. */
export default function BranchPopup({ isOpen, anchor, onOpen }: PopupProps) {
  return (
    <Popover.Root open={isOpen} onOpenChange={onOpen}>
      <Popover.Portal container={anchor.current?.closest("section")}>
        <Popover.Positioner className="popup-positioner" anchor={anchor} sideOffset={8} align="start" side="top">
          <Popover.Popup className="popup time-branches" finalFocus={anchor}>
            <Popover.Title className="time-branches-title">
              <GitBranch size={16} aria-hidden="true" /> Branches of this run
            </Popover.Title>
            <BranchList onGo={() => onOpen(false)} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
