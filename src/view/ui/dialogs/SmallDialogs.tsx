/** About, another seed, and the confirmation of another run. */
import type { RunChange } from "../../store/interfaceState.ts";
import { OPENING_INSTANT, patchedRun } from "../../store/runChange.ts";
import { useServices, useView } from "../appContext.ts";
import { SeedForm } from "../panels/settings/RunSection.tsx";
import { confirmRun, startRun } from "../runChanges.ts";
import { DialogFrame } from "./DialogFrame.tsx";

interface ClosableProps {
  readonly onClose: () => void;
}

/** What this page is. */
export function AboutDialog({ onClose }: ClosableProps) {
  return (
    <DialogFrame title="Replicascope" onClose={onClose}>
      <p>
        A replicated vector store that lives in this browser tab, so that you can break it and watch what its search
        loses. Every replica is a program in its own worker; killing one ends that worker, and its memory is gone.
      </p>
      <p>
        A run follows from its seed, its settings and what you do, and from nothing else: the same inputs give the same
        history, and the run hash on the time axis proves it. Nothing leaves your computer.
      </p>
      <p className="note">
        Elections and replication are Raft (Ongaro and Ousterhout 2014). MIT licence. Products and prices are made up.
      </p>
    </DialogFrame>
  );
}

/** Another seed: the dialog is the confirmation. */
export function SeedDialog({ onClose }: ClosableProps) {
  const services = useServices();
  const config = useView((state) => state.config);
  if (config === undefined) return null;
  const start = async (seed: number) => {
    onClose();
    await startRun(
      services,
      patchedRun(config, { seed }),
      OPENING_INSTANT,
      `A new run with seed ${seed}. The one before is kept.`,
    );
  };
  return (
    <DialogFrame
      title="Another seed"
      description="A new run starts at virtual 5 s with this seed and the settings of now; this one is kept, and Undo brings it back."
      onClose={onClose}
    >
      <SeedForm seed={config.seed} onSeed={(seed) => void start(seed)} />
    </DialogFrame>
  );
}

/** One sentence, then another run. */
export function NewRunDialog({ change, onClose }: ClosableProps & { readonly change: RunChange }) {
  const services = useServices();
  return (
    <DialogFrame title="Start another run?" description={change.sentence} onClose={onClose}>
      <div className="dialog-verbs">
        <button type="button" className="button" onClick={onClose}>
          Keep this one
        </button>
        <button type="button" className="button" data-kind="main" onClick={() => void confirmRun(services, change)}>
          Start it
        </button>
      </div>
    </DialogFrame>
  );
}
