/** What goes wrong on purpose, and ways in time, where a keyboard is out of reach: the menu under the thumb. */
import { Menu } from "@base-ui/react/menu";
import type { PopupProps } from "../controls/PopupButton.tsx";
import { useAction } from "./commands.ts";

const verbs = ["killLeader", "partition", "heal", "gameDay"];
const ways = ["turnBefore", "turnAfter", "jump", "backToNow", "branches"];

function BreakVerb({ id }: { readonly id: string }) {
  const { action, isAllowed, perform } = useAction(id);
  return (
    <Menu.Item className="menu-item" disabled={!isAllowed} onClick={perform}>
      {action?.name}
    </Menu.Item>
  );
}

/** The verbs. */
export default function BreakMenu({ isOpen, anchor, onOpen }: PopupProps) {
  return (
    <Menu.Root open={isOpen} onOpenChange={onOpen}>
      <Menu.Portal container={anchor.current?.closest("section")}>
        <Menu.Positioner className="popup-positioner" anchor={anchor} sideOffset={8} align="end" side="top">
          <Menu.Popup className="popup menu" finalFocus={anchor}>
            {verbs.map((id) => (
              <BreakVerb key={id} id={id} />
            ))}
            <Menu.Separator className="menu-line" />
            {ways.map((id) => (
              <BreakVerb key={id} id={id} />
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
