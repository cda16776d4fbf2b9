/** Mode, W and R, and in words what a choice of W and R gives up. */
import { Columns3, Minus, Plus, TriangleAlert } from "lucide-react";
import { type ClusterConfig, type ReplicationMode, requiredCopies } from "../../../model/protocol/config.ts";
import { quorumWarnings } from "../../store/clusterShape.ts";
import { order } from "../actions.ts";
import { useServices, useView } from "../appContext.ts";
import { type Choice, Segmented } from "../controls/Segmented.tsx";
import { Tip } from "../controls/Tip.tsx";

const modes: readonly Choice<ReplicationMode>[] = [
  { value: "asynchronous", label: "Async", tail: "hronous" },
  { value: "quorum", label: "Quorum" },
  { value: "synchronous", label: "Sync", tail: "hronous" },
];

interface StepperProps {
  readonly letter: string;
  readonly name: string;
  readonly tip: string;
  readonly value: number;
  readonly max: number;
  readonly disabled: boolean;
  readonly onChange: (value: number) => void;
}

function Stepper({ letter, name, tip, value, max, disabled, onChange }: StepperProps) {
  return (
    <fieldset className="bar-quorum" data-off={disabled ? "" : undefined}>
      <legend className="only-read">{name}</legend>
      <Tip text={tip}>
        <button type="button" className="tip-sign" aria-label={`What ${letter} means`}>
          {letter}
        </button>
      </Tip>
      <span className="bar-stepper">
        <button
          type="button"
          className="bar-step"
          aria-label={`Decrease ${letter}`}
          disabled={disabled || value <= 1}
          onClick={() => onChange(value - 1)}
        >
          <Minus size={14} aria-hidden="true" />
        </button>
        <output className="bar-number" aria-label={`${name} of ${max}`}>
          {value}
        </output>
        <button
          type="button"
          className="bar-step"
          aria-label={`Increase ${letter}`}
          disabled={disabled || value >= max}
          onClick={() => onChange(value + 1)}
        >
          <Plus size={14} aria-hidden="true" />
        </button>
      </span>
    </fieldset>
  );
}

function writeTip({ mode, replicaCount }: ClusterConfig): string {
  switch (mode) {
    case "asynchronous":
      return "W acts in quorum mode. Asynchronous acknowledges a write at the leader's own copy.";
    case "quorum":
      return "W: copies on disk before a write is acknowledged.";
    case "synchronous":
      return `W acts in quorum mode. Synchronous waits for all ${replicaCount} copies.`;
  }
}

/** What R does, and that it does nothing under most policies. */
function readTip({ readPolicy }: ClusterConfig): string {
  const what = "R: answers of replicas that a read waits for, of all that it asks.";
  return readPolicy === "quorum" ? what : `${what} It acts only under the read policy “quorum R” (Settings).`;
}

/** W and R beside each other. */
export function QuorumSteppers({ cluster }: { readonly cluster: ClusterConfig }) {
  const services = useServices();
  const { writeQuorum, readQuorum, replicaCount, mode } = cluster;
  const set = (quorums: { readonly writeQuorum: number; readonly readQuorum: number }) =>
    void order(services, { kind: "setQuorum", ...quorums });
  return (
    <>
      <Stepper
        letter="W"
        name="W, write quorum"
        tip={writeTip(cluster)}
        value={mode === "quorum" ? writeQuorum : requiredCopies(cluster)}
        max={replicaCount}
        disabled={mode !== "quorum"}
        onChange={(value) => set({ writeQuorum: value, readQuorum })}
      />
      <Stepper
        letter="R"
        name="R, read quorum"
        tip={readTip(cluster)}
        value={readQuorum}
        max={replicaCount}
        disabled={false}
        onChange={(value) => set({ writeQuorum, readQuorum: value })}
      />
      <span className="bar-of">of {replicaCount}</span>
    </>
  );
}

/** What each of the modes would make of this run: they are computed and shown beside each other. */
function CompareButton() {
  const openDialog = useView((state) => state.openDialog);
  return (
    <Tip text="Compare the modes from here: the same seed and commands in each, measured.">
      <button
        type="button"
        className="button bar-compare"
        data-kind="icon"
        aria-haspopup="dialog"
        aria-label="Compare the modes from here"
        onClick={() => openDialog({ kind: "compare" })}
      >
        <Columns3 size={18} aria-hidden="true" />
      </button>
    </Tip>
  );
}

/** The choice of the mode, and the comparison of all. */
export function ModeChoice({ cluster }: { readonly cluster: ClusterConfig }) {
  const services = useServices();
  return (
    <div className="bar-modes">
      <Segmented
        label="Replication mode"
        value={cluster.mode}
        choices={modes}
        onChoose={(mode) => void order(services, { kind: "setMode", mode })}
      />
      <CompareButton />
    </div>
  );
}

/** Both warnings, one under the other; nothing while W and R are safe. */
export function QuorumNote({ cluster }: { readonly cluster: ClusterConfig }) {
  const { majority, overlap } = quorumWarnings(cluster);
  const warnings = [majority, overlap].filter((warning) => warning !== undefined);
  if (warnings.length === 0) return null;
  return (
    <div className="bar-warnings" role="status">
      {warnings.map((warning) => (
        <p key={warning} className="bar-warning">
          <TriangleAlert size={14} aria-hidden="true" />
          <span>{warning}</span>
        </p>
      ))}
    </div>
  );
}
