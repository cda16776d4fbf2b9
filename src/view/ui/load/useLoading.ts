/** The way of a file into a run: chosen, read beside the page, looked at; nothing reaches the cluster before a person says so. */
import { useEffect, useRef, useState } from "react";
import type { LoadedTable } from "../../../data/loaded.ts";
import type { ColumnChoices, Reading } from "../../../data/reading.ts";
import { otherFileProblem } from "../../../data/scenarios/wantedData.ts";
import type { LoadRequest } from "../../store/interfaceState.ts";
import { useServices } from "../appContext.ts";
import { fetchSource, type Source } from "./source.ts";

/** A file that was read, with the lengths that its rows had. */
export interface ReadFile {
  readonly table: LoadedTable;
  readonly norms: Float64Array;
  /** The columns that the file has, where they have names. */
  readonly columns?: readonly string[];
}

/** How far it is. */
export type Phase =
  | { readonly kind: "choose"; readonly problem?: string }
  | { readonly kind: "reading"; readonly name: string; readonly share: number | undefined }
  /** A person has to say which columns hold what. */
  | { readonly kind: "columns"; readonly problem: string; readonly columns: readonly string[] }
  | { readonly kind: "preview"; readonly read: ReadFile };

/** What the dialog does. */
export interface Loading {
  readonly phase: Phase;
  readonly choices: ColumnChoices;
  readonly openFile: (file: File) => void;
  readonly openAddress: (address: string) => void;
  /** Reads the same file with other columns. */
  readonly readAgain: (choices: ColumnChoices) => void;
  readonly cancel: () => void;
  /** Back to choosing a file. */
  readonly forget: () => void;
}

const NO_CHOICES: ColumnChoices = {};

/** Reads what `request` names, and what the person chooses then; ends reading when the dialog closes. */
export function useLoading(request: LoadRequest | undefined): Loading {
  const { readElsewhere } = useServices();
  const wanted = request?.wanted?.data;
  const [phase, setPhase] = useState<Phase>({ kind: "choose" });
  const [choices, setChoices] = useState<ColumnChoices>(NO_CHOICES);
  const source = useRef<Source>(undefined);
  const reading = useRef<Reading>(undefined);
  const fetching = useRef<AbortController>(undefined);

  const stop = () => {
    fetching.current?.abort();
    reading.current?.cancel();
    reading.current = undefined;
  };

  const read = async (file: Source, chosen: ColumnChoices) => {
    stop();
    source.current = file;
    setChoices(chosen);
    setPhase({ kind: "reading", name: file.name, share: undefined });
    const begun = readElsewhere(file.file, file.name, chosen, (share) => {
      if (reading.current === begun) setPhase({ kind: "reading", name: file.name, share });
    });
    reading.current = begun;
    const result = await begun.result;
    // Another file, or none, took its place.
    if (reading.current !== begun) return;
    reading.current = undefined;
    if (!result.ok) {
      const { message, columns } = result.problem;
      setPhase(columns === undefined ? choosing(message) : { kind: "columns", problem: message, columns });
      return;
    }
    const other = wanted === undefined ? undefined : otherFileProblem(wanted, result.table.data);
    setPhase(other === undefined ? { kind: "preview", read: result } : choosing(other));
  };

  /** Columns that the run was made with are read again; of any other file nothing is known. */
  const firstChoices = (): ColumnChoices => ({
    ...(wanted?.idColumn === undefined ? {} : { idColumn: wanted.idColumn }),
    ...(wanted?.vectorColumns === undefined ? {} : { vectorColumns: wanted.vectorColumns }),
  });

  const openFile = (file: File) => void read({ file, name: file.name }, firstChoices());

  const openAddress = async (address: string) => {
    stop();
    const controller = new AbortController();
    fetching.current = controller;
    setPhase({ kind: "reading", name: address, share: undefined });
    const fetched = await fetchSource(address, controller.signal);
    if (controller.signal.aborted) return;
    if (fetched.ok) await read(fetched.source, firstChoices());
    else setPhase(choosing(fetched.problem));
  };

  const from = request?.from;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was asked for is read once, when the dialog opens
  useEffect(() => {
    if (from !== undefined) void (typeof from === "string" ? openAddress(from) : openFile(from));
    return stop;
  }, [from]);

  return {
    phase,
    choices,
    openFile,
    openAddress: (address) => void openAddress(address),
    readAgain: (chosen) => {
      if (source.current !== undefined) void read(source.current, chosen);
    },
    cancel: () => {
      stop();
      setPhase({ kind: "choose" });
    },
    forget: () => setPhase({ kind: "choose" }),
  };
}

function choosing(problem: string): Phase {
  return { kind: "choose", problem };
}
