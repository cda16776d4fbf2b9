/** Replicas, data set and seed: each starts another run, after one sentence, and undo brings this one back. */
import { FileUp } from "lucide-react";
import { type FormEvent, useEffect, useState } from "react";
import { MAX_INTERFACE_REPLICAS, type RunConfig } from "../../../../model/protocol/config.ts";
import { type BuiltInDataset, type DatasetName, isLoaded } from "../../../../model/protocol/dataset.ts";
import { useServices, useView } from "../../appContext.ts";
import { Field } from "../../controls/Field.tsx";
import { SelectField } from "../../controls/SelectField.tsx";
import { proposeRun, redoRun, undoRun } from "../../runChanges.ts";
import { Section } from "./Section.tsx";
import { parseSeed } from "./seed.ts";

const counts = Array.from({ length: MAX_INTERFACE_REPLICAS }, (_, at) => at + 1);

/** Why an odd number: one more replica than an odd number needs one more vote and survives no more deaths. */
function oddNote(count: number): string {
  if (count === 1) return "One replica: no copies, no elections to lose.";
  const survives = Math.floor((count - 1) / 2);
  if (count % 2 === 1) return `${count} replicas survive ${survives === 1 ? "one death" : `${survives} deaths`}.`;
  return `${count} replicas survive no more deaths than ${count - 1}, and need one vote more: odd numbers are better.`;
}

/** Chosen where a file's vectors are to be the data set: which one is asked then. */
const OWN = "own";

const builtIn: readonly { readonly value: BuiltInDataset | typeof OWN; readonly label: string }[] = [
  { value: "products", label: "Products" },
  { value: "colours", label: "Colours" },
];

function DatasetField({ dataset }: { readonly dataset: DatasetName }) {
  const services = useServices();
  const openDialog = useView((state) => state.openDialog);
  const own = isLoaded(dataset) ? [{ value: OWN, label: dataset.file } as const] : [];
  return (
    <>
      <SelectField
        label="Data set"
        row
        value={isLoaded(dataset) ? OWN : dataset}
        choices={[...builtIn, ...own]}
        onChoose={(chosen) => chosen === OWN || void proposeRun(services, { dataset: chosen })}
      />
      <button type="button" className="button" onClick={() => openDialog({ kind: "load" })}>
        <FileUp size={16} aria-hidden="true" />
        Load your own vectors …
      </button>
    </>
  );
}

/** A seed, typed and then confirmed with Enter or the button. */
export function SeedForm({ seed, onSeed }: { readonly seed: number; readonly onSeed: (seed: number) => void }) {
  const [text, setText] = useState(String(seed));
  const [problem, setProblem] = useState<string>();
  useEffect(() => setText(String(seed)), [seed]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = parseSeed(text);
    setProblem(parsed.ok ? undefined : parsed.message);
    if (parsed.ok) onSeed(parsed.value);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Field label="Seed" problem={problem} row>
        {(control) => (
          <span className="settings-seed">
            <input
              {...control}
              className="field-input"
              inputMode="numeric"
              autoComplete="off"
              value={text}
              onChange={({ target }) => setText(target.value)}
            />
            <button type="submit" className="button">
              Start
            </button>
          </span>
        )}
      </Field>
    </form>
  );
}

/** The section of the run. */
export function RunSection({ config }: { readonly config: RunConfig }) {
  const services = useServices();
  const canUndo = useView((state) => state.undoRuns.length > 0);
  const canRedo = useView((state) => state.redoRuns.length > 0);
  const { replicaCount } = config.cluster;
  return (
    <Section title="Run">
      <SelectField
        label="Replicas"
        row
        value={String(replicaCount)}
        choices={counts.map((count) => ({ value: String(count), label: String(count) }))}
        onChoose={(count) => void proposeRun(services, { replicaCount: Number(count) })}
      />
      <p className="note">{oddNote(replicaCount)}</p>
      <DatasetField dataset={config.workload.dataset} />
      <SeedForm seed={config.seed} onSeed={(seed) => void proposeRun(services, { seed })} />
      <p className="note">Each of the three starts another run; undo brings this one back.</p>
      {canUndo || canRedo ? (
        <div className="panel-buttons">
          <button type="button" className="button" disabled={!canUndo} onClick={() => void undoRun(services)}>
            Undo
          </button>
          <button type="button" className="button" disabled={!canRedo} onClick={() => void redoRun(services)}>
            Redo
          </button>
        </div>
      ) : null}
    </Section>
  );
}
