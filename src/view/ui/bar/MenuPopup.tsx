/** The menu: everything of the registry that is not a matter of every second, and the theme. */
import { Menu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ThemeChoice } from "../../store/interfaceState.ts";
import { actionById, keyLabel, performAction } from "../actions.ts";
import { useServices, useView } from "../appContext.ts";
import type { PopupProps } from "../controls/PopupButton.tsx";

const themes: readonly { readonly value: ThemeChoice; readonly label: string }[] = [
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
  { value: "system", label: "As the system" },
];

function ActionItem({ id }: { readonly id: string }) {
  const services = useServices();
  const action = actionById(id);
  const isAllowed = useView((state) => action?.isAllowed(state) ?? false);
  if (action === undefined) return null;
  return (
    <Menu.Item className="menu-item" disabled={!isAllowed} onClick={() => void performAction(action, services)}>
      {action.name}
      {action.key === undefined ? null : <span className="menu-item-key">{keyLabel(action.key)}</span>}
    </Menu.Item>
  );
}

function ThemeItems() {
  const theme = useView((state) => state.theme);
  const setTheme = useView((state) => state.setTheme);
  return (
    <Menu.RadioGroup value={theme} onValueChange={setTheme}>
      <Menu.GroupLabel className="menu-heading">Theme</Menu.GroupLabel>
      {themes.map(({ value, label }) => (
        <Menu.RadioItem key={value} className="menu-item" value={value} closeOnClick>
          {label}
          <Menu.RadioItemIndicator className="menu-item-key">
            <Check size={16} aria-hidden="true" />
          </Menu.RadioItemIndicator>
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}

/** What the menu button opens. */
export default function MenuPopup({ isOpen, anchor, onOpen }: PopupProps) {
  const openDialog = useView((state) => state.openDialog);
  return (
    <Menu.Root open={isOpen} onOpenChange={onOpen}>
      <Menu.Portal container={anchor.current?.closest("header")}>
        <Menu.Positioner className="popup-positioner" anchor={anchor} sideOffset={6} align="end">
          <Menu.Popup className="popup menu" finalFocus={anchor}>
            <ActionItem id="killLeader" />
            <ActionItem id="partition" />
            <ActionItem id="heal" />
            <ActionItem id="gameDay" />
            <Menu.Separator className="menu-line" />
            <ActionItem id="map" />
            <ActionItem id="lessons" />
            <ActionItem id="compare" />
            <ActionItem id="share" />
            <ActionItem id="runs" />
            <ActionItem id="load" />
            <ActionItem id="restartRun" />
            <ActionItem id="seed" />
            <ActionItem id="undo" />
            <ActionItem id="redo" />
            <Menu.Separator className="menu-line" />
            <ThemeItems />
            <Menu.Separator className="menu-line" />
            <ActionItem id="keys" />
            <Menu.Item className="menu-item" onClick={() => openDialog({ kind: "about" })}>
              About
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
