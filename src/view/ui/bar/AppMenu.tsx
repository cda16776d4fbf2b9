/** The menu button at the end of the bar. */
import { Menu } from "lucide-react";
import { lazy } from "react";
import { PopupButton } from "../controls/PopupButton.tsx";

const MenuPopup = lazy(() => import("./MenuPopup.tsx"));

/** Three lines, and everything that is not a matter of every second. */
export function AppMenu() {
  return (
    <PopupButton className="button" kind="icon" name="Menu" opens="menu" popup={MenuPopup}>
      <Menu size={20} aria-hidden="true" />
    </PopupButton>
  );
}
