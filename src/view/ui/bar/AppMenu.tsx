/** The menu button. What it opens is loaded at the first press: the page's first load does without it. */
import { Menu } from "lucide-react";
import { lazy, Suspense, useRef, useState } from "react";

const MenuPopup = lazy(() => import("./MenuPopup.tsx"));

/** The button at the end of the bar. */
export function AppMenu() {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [wasOpened, setOpened] = useState(false);
  const toggle = () => {
    setOpened(true);
    setOpen(!isOpen);
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className="button"
        data-kind="icon"
        aria-label="Menu"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={toggle}
      >
        <Menu size={20} aria-hidden="true" />
      </button>
      {wasOpened ? (
        <Suspense fallback={null}>
          <MenuPopup isOpen={isOpen} anchor={button} onOpen={setOpen} />
        </Suspense>
      ) : null}
    </>
  );
}
