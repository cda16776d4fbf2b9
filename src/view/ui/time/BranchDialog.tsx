/** The branches of the run as a dialog, for the menu and for a phone. */
import { DialogFrame } from "../dialogs/DialogFrame.tsx";
import { BranchList } from "./BranchList.tsx";

/** The dialog. */
export default function BranchDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <DialogFrame title="Branches of this run" onClose={onClose}>
      <BranchList onGo={onClose} />
    </DialogFrame>
  );
}
