/** Runs beside each other: chosen, computed, watched at one playhead, and measured. */
import { useEffect, useMemo, useState } from "react";
import type { ComparisonOrder } from "../../../model/protocol/comparison.ts";
import { currentLeader } from "../../store/clusterShape.ts";
import { instant } from "../../store/format.ts";
import type { Branch } from "../../store/viewStore.ts";
import { type AppServices, useServices, useView } from "../appContext.ts";
import { attempt } from "../attempt.ts";
import { type Choice, Segmented } from "../controls/Segmented.tsx";
import { SelectField } from "../controls/SelectField.tsx";
import { DialogFrame } from "../dialogs/DialogFrame.tsx";
import { useMedia } from "../useMedia.ts";
import { AimNotes } from "./AimNotes.tsx";
import { CompareCharts } from "./CompareCharts.tsx";
import { CompareStages } from "./CompareStages.tsx";
import { CompareTable, MeasureNotes } from "./CompareTable.tsx";
import {
  type Basis,
  branchesOrder,
  modesOrder,
  type OpenRun,
  SPANS,
  type SpanChoice,
  TROUBLES,
  type Trouble,
  USUAL_SPAN,
  wholeSpan,
} from "./comparisonChoice.ts";
import "./compare.css";
import { PlayheadBar } from "./PlayheadBar.tsx";
import { namedRuns } from "./runNames.ts";
import { type ComparisonState, useComparison } from "./useComparison.ts";

function castOf({ store, frames }: AppServices): Omit<OpenRun, "inputs" | "at"> {
  const { virtualNow, replicas, clients } = store.getState();
  return {
    end: frames.latest?.travelled.end ?? virtualNow,
    leader: currentLeader(replicas)?.replicaId,
    replicas: replicas.map(({ replicaId }) => replicaId),
    clients: clients.map(({ clientId }) => clientId),
  };
}

/** The open run as it stands. It waits while others are compared, and goes on afterwards if it did before. */
function useOpenRun(): OpenRun | undefined {
  const services = useServices();
  const [open, setOpen] = useState<OpenRun>();
  useEffect(() => {
    const { session, store } = services;
    const wasPlaying = store.getState().playing;
    let isOver = false;
    void attempt(services, async () => {
      await session.pause();
      const { inputs, at } = await session.inputs();
      if (!isOver) setOpen({ inputs, at, ...castOf(services) });
    });
    return () => {
      isOver = true;
      if (wasPlaying) void attempt(services, () => session.play());
    };
  }, [services]);
  return open;
}

const bases: readonly Choice<Basis>[] = [
  { value: "here", label: "Modes from here" },
  { value: "beginning", label: "Modes from the beginning" },
  { value: "branches", label: "Branches" },
];

interface Chosen {
  readonly basis: Basis;
  /** Undefined: what suits the basis. */
  readonly span: SpanChoice | undefined;
  readonly branch: number | undefined;
  readonly trouble: Trouble;
}

function spanOf({ basis, span }: Chosen, open: OpenRun): SpanChoice {
  return span ?? (basis === "beginning" ? wholeSpan(open) : USUAL_SPAN);
}

function branchOf({ branch }: Chosen, branches: readonly Branch[]): Branch | undefined {
  return branches.find(({ id }) => id === branch) ?? branches.at(-1);
}

function useOrder(open: OpenRun | undefined, chosen: Chosen): ComparisonOrder | undefined {
  const branches = useView((state) => state.branches);
  const current = useView((state) => state.currentBranch);
  return useMemo(() => {
    if (open === undefined) return undefined;
    const span = spanOf(chosen, open);
    if (chosen.basis !== "branches") return modesOrder(open, chosen.basis, span, chosen.trouble);
    const branch = branchOf(chosen, branches);
    return branch === undefined ? undefined : branchesOrder(open, current, branch, span);
  }, [open, chosen, branches, current]);
}

interface ChoicesProps {
  readonly open: OpenRun;
  readonly chosen: Chosen;
  readonly onChoose: (chosen: Chosen) => void;
}

function Choices({ open, chosen, onChoose }: ChoicesProps) {
  const branches = useView((state) => state.branches);
  const branch = branchOf(chosen, branches);
  const offered = bases.filter(({ value }) => value !== "branches" || branches.length > 0);
  return (
    <div className="compare-choices">
      <Segmented
        label="What to compare"
        value={chosen.basis}
        choices={offered}
        onChoose={(basis) => onChoose({ ...chosen, basis, span: undefined })}
      />
      {chosen.basis === "branches" && branch !== undefined ? (
        <SelectField
          row
          label="With"
          value={String(branch.id)}
          choices={branches.map(({ id, name }) => ({ value: String(id), label: name }))}
          onChoose={(id) => onChoose({ ...chosen, branch: Number(id) })}
        />
      ) : null}
      <SelectField
        row
        label="For"
        value={spanOf(chosen, open)}
        choices={SPANS}
        onChoose={(span) => onChoose({ ...chosen, span })}
      />
      {chosen.basis === "here" && open.leader !== undefined ? (
        <SelectField
          row
          label="And then"
          value={chosen.trouble}
          choices={TROUBLES}
          onChoose={(trouble) => onChoose({ ...chosen, trouble })}
        />
      ) : null}
    </div>
  );
}

interface ProgressProps {
  readonly state: ComparisonState;
  readonly onCancel: () => void;
  readonly onAgain: () => void;
}

function Progress({ state, onCancel, onAgain }: ProgressProps) {
  switch (state.kind) {
    case "computing":
      return (
        <div className="compare-wait" role="status" aria-label="Computing the runs">
          <p>Computing the runs in one thread</p>
          <progress max={1} value={state.share} aria-label="Share that is computed" />
          <button type="button" className="button" onClick={onCancel}>
            Cancel
          </button>
        </div>
      );
    case "cancelled":
      return (
        <div className="compare-wait" role="status">
          <p>Cancelled. Your run is as it was.</p>
          <button type="button" className="button" onClick={onAgain}>
            Compute them
          </button>
        </div>
      );
    case "failed":
      return (
        <p className="compare-wait" role="alert">
          The runs could not be compared: {state.message}
        </p>
      );
    case "done":
      return null;
  }
}

/** The table is what one came for: it is in sight at once, and on a phone, where the stages stand one below the other, first. */
function Outcome({ state }: { readonly state: Extract<ComparisonState, { kind: "done" }> }) {
  const { order, runs: measured, playhead } = state;
  const isPhone = useMedia("(max-width: 600px)");
  const runs = useMemo(() => namedRuns(order, measured), [order, measured]);
  const found = (
    <>
      <CompareTable runs={runs} span={order} />
      <AimNotes runs={runs} />
    </>
  );
  return (
    <>
      {isPhone ? found : null}
      <CompareStages runs={runs} playhead={playhead} />
      <PlayheadBar playhead={playhead} />
      {isPhone ? null : found}
      <CompareCharts runs={runs} playhead={playhead} />
      <MeasureNotes />
    </>
  );
}

function description(order: ComparisonOrder | undefined): string {
  const how = "Computed in one thread; your run waits with its workers.";
  if (order === undefined) return how;
  if (order.kind === "runs") return `Two branches, from shortly before they part at ${instant(order.from)} s. ${how}`;
  const since = order.since === "here" ? `from ${instant(order.from)} s on` : "from the beginning";
  return `Seed ${order.inputs.config.seed}, the same commands, every mode ${since}. ${how}`;
}

/** The whole view. */
export default function CompareDialog({ onClose }: { readonly onClose: () => void }) {
  const open = useOpenRun();
  const [chosen, setChosen] = useState<Chosen>({ basis: "here", span: undefined, branch: undefined, trouble: "none" });
  const order = useOrder(open, chosen);
  const { state, cancel, again } = useComparison(order);
  const choose = (next: Chosen) => {
    again();
    setChosen(next);
  };
  return (
    <DialogFrame title="Compare" description={description(order)} wide="page" onClose={onClose}>
      {open === undefined ? null : <Choices open={open} chosen={chosen} onChoose={choose} />}
      <Progress state={state} onCancel={cancel} onAgain={again} />
      {state.kind === "done" ? <Outcome state={state} /> : null}
    </DialogFrame>
  );
}
