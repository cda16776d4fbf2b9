/**
 * A button whose menu or panel is loaded at the first press: the page's first load does without it and without the
 * library that places it.
 */
import { type ComponentType, type ReactNode, type RefObject, Suspense, useRef, useState } from "react";

/** What the popup gets: whether it is open, what it hangs on, and where to say that it closed. */
export interface PopupProps {
  readonly isOpen: boolean;
  readonly anchor: RefObject<HTMLButtonElement | null>;
  readonly onOpen: (open: boolean) => void;
}

interface PopupButtonProps {
  readonly className: string;
  readonly kind?: "icon" | "quiet";
  /** What a screen reader says where the button shows only a sign. */
  readonly name?: string;
  readonly opens: "menu" | "dialog";
  /** A component made with `lazy`. */
  readonly popup: ComponentType<PopupProps>;
  readonly children: ReactNode;
}

/** The button, and what it opens. */
export function PopupButton({ className, kind, name, opens, popup: Popup, children }: PopupButtonProps) {
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
        className={className}
        data-kind={kind}
        aria-label={name}
        aria-haspopup={opens}
        aria-expanded={isOpen}
        onClick={toggle}
      >
        {children}
      </button>
      {wasOpened ? (
        <Suspense fallback={null}>
          <Popup isOpen={isOpen} anchor={button} onOpen={setOpen} />
        </Suspense>
      ) : null}
    </>
  );
}
