/** Mode, W and R, and in words what a choice of W and R gives up. */
import { Minus, Plus, TriangleAlert } from "lucide-react";
import { type ClusterConfig, type ReplicationMode, requiredCopies } from "../../../model/protocol/config.ts";
import { quorumWarnings } from "../../store/clusterShape.ts";
import { order } from "../actions.ts";
import { useServices } from "../appContext.ts";
import { type Choice, Segmented } from "../controls/Segmented.tsx";
import { Tip } from "../controls/Tip.tsx";

const modes: readonly Choice<ReplicationMode>[] = [
  { value: "asynchronous", label: "Async" },
  { value: "quorum", label: "Quorum" },
  { value: "synchronous", label: "Sync" },
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
  const what = "R: replicas that a read asks before it answers.";
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

/** The choice of the mode. */
export function ModeChoice({ cluster }: { readonly cluster: ClusterConfig }) {
  const services = useServices();
  return (
    <Segmented
      label="Replication mode"
      value={cluster.mode}
      choices={modes}
      onChoose={(mode) => void order(services, { kind: "setMode", mode })}
    />
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
