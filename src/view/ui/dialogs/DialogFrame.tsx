/** Title, text and close button of every dialog. */
import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import "./dialogs.css";

interface DialogFrameProps {
  readonly title: string;
  readonly description?: string | undefined;
  /** Wider than a question: for lists, for a gallery of several columns, or as large as the page. */
  readonly wide?: boolean | "gallery" | "page";
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A modal dialog that is open while it is on the page. */
export function DialogFrame({ title, description, wide = false, onClose, children }: DialogFrameProps) {
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog" data-wide={typeof wide === "string" ? wide : wide ? "" : undefined}>
          <Dialog.Title className="dialog-title">{title}</Dialog.Title>
          {description === undefined ? null : (
            <Dialog.Description className="dialog-description">{description}</Dialog.Description>
          )}
          {children}
          <Dialog.Close className="button dialog-close" data-kind="icon" aria-label="Close">
            <X size={20} aria-hidden="true" />
          </Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
