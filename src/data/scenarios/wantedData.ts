/** The vectors that a scenario is about, when they are a file: whether they are here, and the scenario once they are. */
import type { DatasetName, LoadedData, WantedData } from "../../model/protocol/dataset.ts";
import { isHeld, missingWords } from "../loaded.ts";
import type { DataFile, ScenarioFile } from "./schema.ts";

/** What a run says of its vectors, if the scenario says all of it. */
function describedData({ file, bytes, digest, rows, dimension, idColumn, vectorColumns }: DataFile) {
  if (bytes === undefined || digest === undefined || rows === undefined || dimension === undefined) return undefined;
  return {
    file,
    bytes,
    digest,
    rows,
    dimension,
    ...(idColumn === undefined ? {} : { idColumn }),
    ...(vectorColumns === undefined ? {} : { vectorColumns }),
  } satisfies LoadedData;
}

/** The data set of a scenario as its run calls it; undefined when its file has never been read. */
export function datasetOf({ workload }: ScenarioFile): DatasetName | undefined {
  const named = workload?.dataset;
  return typeof named === "object" ? describedData(named) : (named ?? "products");
}

/** The file of vectors that `file` names, if it names one. */
export function dataFileOf({ workload }: ScenarioFile): WantedData | undefined {
  return typeof workload?.dataset === "object" ? workload.dataset : undefined;
}

/** The file that must be opened before the scenario can be run; undefined when everything is here. */
export function wantedData(file: ScenarioFile): WantedData | undefined {
  const dataset = datasetOf(file);
  return dataset === undefined || !isHeld(dataset) ? dataFileOf(file) : undefined;
}

/** What to do about a file that is not here. */
export function wantedWords(wanted: WantedData): string {
  const { file, bytes } = wanted;
  return bytes === undefined ? `This run uses ${file}. Open the file to go on.` : missingWords({ file, bytes });
}

function sizeOf({ rows, dimension }: WantedData): string | undefined {
  return rows === undefined || dimension === undefined ? undefined : `${rows} x ${dimension}`;
}

/** Why a file is not the one that was wanted, in a sentence; undefined when it is. */
export function otherFileProblem(wanted: WantedData, data: LoadedData): string | undefined {
  if (wanted.digest === undefined || wanted.digest === data.digest) return undefined;
  const [before, now] = [sizeOf(wanted), sizeOf(data)];
  const differs = before === undefined || before === now ? "its content is another" : `it is ${now} and not ${before}`;
  return `${data.file} is not the file that this run was made with: ${differs}.`;
}

/** The scenario with the file that was opened as its data set. */
export function withData(file: ScenarioFile, data: LoadedData): ScenarioFile {
  return { ...file, workload: { ...file.workload, dataset: data } };
}
