/** Loading one's own vectors: from a file or an address, read beside the page, looked at, and only then a run. */
import { FileUp } from "lucide-react";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { fileSize } from "../../../data/fileSize.ts";
import type { LoadedTable } from "../../../data/loaded.ts";
import { FILE_ENDINGS } from "../../../data/readers/endings.ts";
import type { LoadRequest, WantedVectors } from "../../store/interfaceState.ts";
import { OPENING_INSTANT, patchedRun } from "../../store/runChange.ts";
import { useServices } from "../appContext.ts";
import { attempt } from "../attempt.ts";
import { Field, Problem } from "../controls/Field.tsx";
import { DialogFrame } from "../dialogs/DialogFrame.tsx";
import { startRun } from "../runChanges.ts";
import { ColumnForm } from "./ColumnForm.tsx";
import { withVectors } from "./heldVectors.ts";
import { keepVectors } from "./keptVectors.ts";
import { Preview } from "./Preview.tsx";
import { type Loading, type Phase, useLoading } from "./useLoading.ts";
import "./load.css";

/** The file stays here, and the page says so wherever it asks for one. */
const STAYS =
  "The file stays on this machine: it is read in this browser, which keeps the last two for a reload, and nothing of it is sent anywhere.";

function wantedWords({ by, data }: WantedVectors): string {
  const size = data.bytes === undefined ? "" : ` (${fileSize(data.bytes)})`;
  return `${by} was made with ${data.file}${size}. Open it here to go on.`;
}

interface FilePickerProps {
  readonly label: string;
  /** Whether the keyboard goes on here: after a file that was none. */
  readonly takesFocus: boolean;
  readonly onFile: (file: File) => void;
}

function FilePicker({ label, takesFocus, onFile }: FilePickerProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takesFocus) input.current?.focus();
  }, [takesFocus]);
  return (
    <div className="load-picker">
      <label className="button" data-kind="main" htmlFor={id}>
        <FileUp size={16} aria-hidden="true" />
        {label}
      </label>
      <input
        id={id}
        ref={input}
        className="only-read"
        type="file"
        accept={FILE_ENDINGS.join(",")}
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file !== undefined) onFile(file);
          // The same file can be chosen again, after it was mended.
          target.value = "";
        }}
      />
    </div>
  );
}

function AddressForm({ onAddress }: { readonly onAddress: (address: string) => void }) {
  const [address, setAddress] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const said = address.trim();
    if (said !== "") onAddress(said);
  };
  return (
    <form className="load-address" onSubmit={submit}>
      <Field label="Or a file on this site">
        {(control) => (
          <input
            {...control}
            className="field-input"
            autoComplete="off"
            spellCheck={false}
            placeholder="files/items.jsonl"
            value={address}
            onChange={({ target }) => setAddress(target.value)}
          />
        )}
      </Field>
      <button type="submit" className="button" disabled={address.trim() === ""}>
        Fetch it
      </button>
    </form>
  );
}

function Choosing({ loading, problem }: { readonly loading: Loading; readonly problem: string | undefined }) {
  return (
    <>
      {problem === undefined ? null : <Problem>{problem}</Problem>}
      <FilePicker
        label={problem === undefined ? "Choose a file …" : "Choose another file …"}
        takesFocus={problem !== undefined}
        onFile={loading.openFile}
      />
      <AddressForm onAddress={loading.openAddress} />
      <p className="note">
        {FILE_ENDINGS.join(" ")}: up to 50,000 rows of 384 numbers. A file can also be dropped anywhere on the page.{" "}
        {STAYS}
      </p>
    </>
  );
}

function ReadingBar({
  phase,
  onCancel,
}: {
  readonly phase: Extract<Phase, { kind: "reading" }>;
  readonly onCancel: () => void;
}) {
  const { name, share } = phase;
  const done = share === undefined ? "" : `${Math.floor(share * 100)} %`;
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => cancel.current?.focus(), []);
  return (
    <div className="load-reading">
      {/* That it reads is announced, and not every percent of it: those are the bar's. */}
      <p role="status">Reading {name} …</p>
      <progress className="load-bar" max={1} value={share} aria-label={`Share of ${name} that is read`} />
      <p aria-hidden="true">{done}</p>
      <button type="button" className="button" ref={cancel} onClick={onCancel}>
        Cancel
      </button>
    </div>
  );
}

/** Opens the run that waits for these vectors. */
function useGoOn(wanted: WantedVectors | undefined, phase: Phase, onClose: () => void): void {
  const services = useServices();
  const isDone = useRef(false);
  const table = phase.kind === "preview" ? phase.read.table : undefined;
  useEffect(() => {
    if (wanted === undefined || table === undefined || isDone.current) return;
    isDone.current = true;
    onClose();
    void attempt(services, () => withVectors(services, table, () => wanted.goOn(table.data)));
    void keepVectors(table);
  }, [services, wanted, table, onClose]);
}

/** Starts another run of these vectors; the open one is kept. */
function useStart(onClose: () => void) {
  const services = useServices();
  return (table: LoadedTable, replicaCount: number) => {
    const { config } = services.store.getState();
    if (config === undefined) return;
    onClose();
    const { data } = table;
    const inputs = patchedRun(config, { dataset: data, replicaCount });
    void attempt(services, () =>
      withVectors(services, table, () =>
        startRun(services, inputs, OPENING_INSTANT, `A run of ${data.file} started. Your run is kept.`),
      ),
    );
    void keepVectors(table);
  };
}

interface LoadDialogProps {
  readonly request: LoadRequest | undefined;
  readonly onClose: () => void;
}

/** The dialog. */
export default function LoadDialog({ request, onClose }: LoadDialogProps) {
  const loading = useLoading(request);
  const { phase, choices } = loading;
  const wanted = request?.wanted;
  const start = useStart(onClose);
  useGoOn(wanted, phase, onClose);
  return (
    <DialogFrame
      title={wanted === undefined ? "Your own vectors" : "One file is missing"}
      description={
        wanted === undefined
          ? "A file of embeddings becomes the data set of a new run; the open one is kept, and Undo brings it back."
          : wantedWords(wanted)
      }
      wide
      onClose={onClose}
    >
      {phase.kind === "choose" ? <Choosing loading={loading} problem={phase.problem} /> : null}
      {phase.kind === "reading" ? <ReadingBar phase={phase} onCancel={loading.cancel} /> : null}
      {phase.kind === "columns" ? (
        <ColumnForm
          problem={phase.problem}
          columns={phase.columns}
          choices={choices}
          backLabel="Another file"
          onRead={loading.readAgain}
          onBack={loading.forget}
        />
      ) : null}
      {phase.kind === "preview" && wanted === undefined ? (
        <Preview read={phase.read} loading={loading} stays={STAYS} onStart={start} />
      ) : null}
    </DialogFrame>
  );
}
