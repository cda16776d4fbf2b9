/** Runs that this browser keeps: continue the last one, save the open one, open, rename, delete; and files. */
import { FolderOpen, Pencil, Play, Save, Trash2 } from "lucide-react";
import { type FormEvent, useCallback, useEffect, useId, useState } from "react";
import { FILE_ENDINGS } from "../../../data/readers/endings.ts";
import type { KeptRunSummary } from "../../storage/keptRun.ts";
import { clockWords, plural } from "../../store/format.ts";
import { useServices, useView } from "../appContext.ts";
import { attempt, wordsOf } from "../attempt.ts";
import { Field, Problem } from "../controls/Field.tsx";
import { NameForm } from "../controls/NameForm.tsx";
import { DialogFrame } from "../dialogs/DialogFrame.tsx";
import { openFile } from "./files.ts";
import { KeptVectorsList } from "./KeptVectors.tsx";
import { keeperOf } from "./keeper.ts";
import { openKept } from "./kept.ts";
import "./share.css";

const NAME_LENGTH = 60;

/** The list, brought up to date by `refresh`; undefined until it is there. */
function useRuns() {
  const services = useServices();
  const [runs, setRuns] = useState<readonly KeptRunSummary[]>();
  const [problem, setProblem] = useState<string>();
  const refresh = useCallback(async () => {
    try {
      const keeper = await keeperOf(services);
      setRuns(await keeper.others());
      setProblem(undefined);
    } catch (error) {
      setProblem(`This browser keeps no runs: ${wordsOf(error)}`);
    }
  }, [services]);
  useEffect(() => void refresh(), [refresh]);
  /** Does something with what is kept, and shows how it is then. */
  const change = async (work: (keeper: Awaited<ReturnType<typeof keeperOf>>) => Promise<void>) => {
    try {
      await work(await keeperOf(services));
      await refresh();
    } catch (error) {
      setProblem(wordsOf(error));
    }
  };
  return { runs, problem, change };
}

type Change = ReturnType<typeof useRuns>["change"];

function SaveForm({ change }: { readonly change: Change }) {
  const usual = useView(({ lesson, config }) => lesson?.title ?? `Seed ${config?.seed ?? 0}`);
  const [name, setName] = useState(usual);
  const save = (event: FormEvent) => {
    event.preventDefault();
    const said = name.trim();
    if (said !== "") void change((keeper) => keeper.saveAs(said));
  };
  return (
    <form className="runs-save" onSubmit={save}>
      <Field label="Save the open run as">
        {(control) => (
          <input
            {...control}
            className="field-input"
            maxLength={NAME_LENGTH}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </Field>
      <button type="submit" className="button" disabled={name.trim() === ""}>
        <Save size={16} aria-hidden="true" />
        Save
      </button>
    </form>
  );
}

function factsOf({ kind, name, seed, actions, at, savedAt }: KeptRunSummary): string {
  const when = new Date(savedAt).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  const seeded = name === `Seed ${seed}` ? "" : `seed ${seed}, `;
  const kept = kind === "auto" ? "kept by itself" : "saved";
  return `${seeded}${plural(actions, "action")}, at ${clockWords(at)}, ${kept} ${when}`;
}

interface RunItemProps {
  readonly run: KeptRunSummary;
  readonly onOpen: () => void;
  readonly change: Change;
}

function RunItem({ run, onOpen, change }: RunItemProps) {
  const [isNaming, setNaming] = useState(false);
  const [isSure, setSure] = useState(false);
  const nameId = useId();
  const rename = (name: string | undefined) => {
    setNaming(false);
    if (name !== undefined) void change((keeper) => keeper.shelf.rename(run.id, name));
  };
  const remove = () => (isSure ? void change((keeper) => keeper.shelf.delete(run.id)) : setSure(true));
  return (
    <li className="runs-item">
      <div className="runs-words">
        {isNaming ? (
          <NameForm name={run.name} label={`New name of ${run.name}`} className="runs-rename" onDone={rename} />
        ) : (
          <p className="runs-name" id={nameId}>
            {run.name}
          </p>
        )}
        <p className="note">{factsOf(run)}</p>
      </div>
      <div className="runs-verbs">
        <button type="button" className="button" aria-label={`Open ${run.name}`} onClick={onOpen}>
          <Play size={16} aria-hidden="true" />
          Open
        </button>
        <button
          type="button"
          className="button"
          data-kind="icon"
          aria-label={`Rename ${run.name}`}
          onClick={() => setNaming(!isNaming)}
        >
          <Pencil size={16} aria-hidden="true" />
        </button>
        <button
          type="button"
          className="button"
          data-kind={isSure ? undefined : "icon"}
          aria-label={isSure ? `Really delete ${run.name}` : `Delete ${run.name}`}
          onClick={remove}
          onBlur={() => setSure(false)}
        >
          <Trash2 size={16} aria-hidden="true" />
          {isSure ? "Really?" : null}
        </button>
      </div>
    </li>
  );
}

function FileButton({ onClose }: { readonly onClose: () => void }) {
  const services = useServices();
  const id = useId();
  return (
    <div className="runs-file">
      <label className="button" htmlFor={id}>
        <FolderOpen size={16} aria-hidden="true" />
        Open a file …
      </label>
      <input
        id={id}
        className="only-read"
        type="file"
        accept={["application/json", ...FILE_ENDINGS].join(",")}
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file === undefined) return;
          onClose();
          void openFile(services, file);
        }}
      />
      <p className="note">A scenario or a file of vectors; it can also be dropped anywhere on the page.</p>
    </div>
  );
}

/** The dialog. */
export default function RunsDialog({ onClose }: { readonly onClose: () => void }) {
  const services = useServices();
  const { runs, problem, change } = useRuns();
  const last = runs?.find(({ kind }) => kind === "auto");
  const open = (run: KeptRunSummary) => {
    onClose();
    void attempt(services, async () => {
      const keeper = await keeperOf(services);
      await openKept(services, keeper, run, true);
    });
  };
  return (
    <DialogFrame
      title="Runs"
      description="The run in progress is kept in this browser by itself, about once a second. Nothing leaves this computer."
      wide
      onClose={onClose}
    >
      {last === undefined ? null : (
        <button type="button" className="button runs-last" data-kind="main" onClick={() => open(last)}>
          <Play size={16} aria-hidden="true" />
          Continue the last run: {last.name}, at {clockWords(last.at)}
        </button>
      )}
      <SaveForm change={change} />
      {problem === undefined ? null : <Problem>{problem}</Problem>}
      {runs?.length === 0 ? <p className="note">No other runs yet.</p> : null}
      {runs === undefined || runs.length === 0 ? null : (
        <ul className="runs" aria-label="Kept runs">
          {runs.map((run) => (
            <RunItem key={run.id} run={run} onOpen={() => open(run)} change={change} />
          ))}
        </ul>
      )}
      <KeptVectorsList />
      <FileButton onClose={onClose} />
    </DialogFrame>
  );
}
