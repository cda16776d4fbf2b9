/** The branches of the run: which one is open, and the others to go to, rename or delete. */
import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { formatClock } from "../../layout/timeWords.ts";
import { BRANCH_BOUND, type Branch, type BranchName } from "../../store/branches.ts";
import { plural } from "../../store/format.ts";
import { useServices, useView } from "../appContext.ts";
import { NameForm } from "../controls/NameForm.tsx";
import { switchBranch } from "../runChanges.ts";

interface RowProps {
  readonly branch: BranchName | Branch;
  readonly onGo: (() => void) | undefined;
}

function commandsOf(branch: BranchName | Branch): string {
  return "inputs" in branch
    ? `${plural(branch.inputs.commands.length, "command")}, at ${formatClock(branch.at)}`
    : "open";
}

function BranchRow({ branch, onGo }: RowProps) {
  const renameBranch = useView((state) => state.renameBranch);
  const dropBranch = useView((state) => state.dropBranch);
  const [isRenaming, setRenaming] = useState(false);
  const [isDropping, setDropping] = useState(false);
  const rename = (name: string | undefined) => {
    setRenaming(false);
    if (name !== undefined) renameBranch(branch.id, name);
  };
  if (isRenaming) {
    return (
      <li className="time-branch">
        <NameForm
          name={branch.name}
          label={`Name of the branch ${branch.name}`}
          className="time-branch-form"
          onDone={rename}
        />
      </li>
    );
  }
  return (
    <li className="time-branch" aria-current={onGo === undefined ? "true" : undefined}>
      <button type="button" className="time-branch-name" disabled={onGo === undefined} onClick={onGo}>
        <span>{branch.name}</span>
        <span className="time-branch-what">{commandsOf(branch)}</span>
      </button>
      <button
        type="button"
        className="button"
        data-kind="icon"
        aria-label={`Rename ${branch.name}`}
        onClick={() => setRenaming(true)}
      >
        <Pencil size={16} aria-hidden="true" />
      </button>
      {onGo === undefined ? null : (
        <button
          type="button"
          className="button"
          data-kind={isDropping ? undefined : "icon"}
          aria-label={isDropping ? `Yes, delete ${branch.name} for good` : `Delete ${branch.name}`}
          onClick={() => (isDropping ? dropBranch(branch.id) : setDropping(true))}
          onBlur={() => setDropping(false)}
        >
          {isDropping ? "Delete?" : <Trash2 size={16} aria-hidden="true" />}
        </button>
      )}
    </li>
  );
}

/** The open branch, and the others; `onGo` is told before another is opened. */
export function BranchList({ onGo }: { readonly onGo: () => void }) {
  const services = useServices();
  const branches = useView((state) => state.branches);
  const current = useView((state) => state.currentBranch);
  const go = (branch: Branch) => {
    onGo();
    void switchBranch(services, branch);
  };
  return (
    <>
      <ul className="time-branch-list">
        <BranchRow branch={current} onGo={undefined} />
        {branches.toReversed().map((branch) => (
          <BranchRow key={branch.id} branch={branch} onGo={() => go(branch)} />
        ))}
      </ul>
      <p className="note">
        {branches.length === 0
          ? "Go back and do something: what came after is kept here."
          : branches.length >= BRANCH_BOUND
            ? `${BRANCH_BOUND} are kept; with the next the oldest gives way.`
            : "Each is its seed and its commands, and gives the same history every time."}
      </p>
    </>
  );
}
