/** How far the run is taken on: to the next of something, to a moment, by a minute or an hour. */
import { Menu } from "@base-ui/react/menu";
import { after, seconds } from "../../../base/units.ts";
import { SOUGHT } from "../../../model/protocol/session.ts";
import { actionById, keyLabel, performAction } from "../actions.ts";
import { useServices } from "../appContext.ts";
import type { PopupProps } from "../controls/PopupButton.tsx";
import { placeNow, runToNext, SOUGHT_WORDS, seekTo } from "../travel.ts";

const LENGTHS = [
  { name: "One second on", length: seconds(1) },
  { name: "One minute on", length: seconds(60) },
  { name: "One hour on", length: seconds(3_600) },
] as const;

/** The menu. What takes long says how far it is, and can be cancelled. */
export default function RunToMenu({ isOpen, anchor, onOpen }: PopupProps) {
  const services = useServices();
  return (
    <Menu.Root open={isOpen} onOpenChange={onOpen}>
      <Menu.Portal container={anchor.current?.closest("section")}>
        <Menu.Positioner className="popup-positioner" anchor={anchor} sideOffset={8} align="start" side="top">
          <Menu.Popup className="popup menu" finalFocus={anchor}>
            {SOUGHT.map((what) => (
              <Menu.Item key={what} className="menu-item" onClick={() => void runToNext(services, what)}>
                {SOUGHT_WORDS[what].name}
              </Menu.Item>
            ))}
            <Menu.Separator className="menu-line" />
            {LENGTHS.map(({ name, length }) => (
              <Menu.Item
                key={name}
                className="menu-item"
                onClick={() => void seekTo(services, after(placeNow(services).now, length))}
              >
                {name}
              </Menu.Item>
            ))}
            <Menu.Item className="menu-item" onClick={() => void performAction(actionById("jump"), services)}>
              A moment…
              <span className="menu-item-key">{keyLabel("j")}</span>
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
