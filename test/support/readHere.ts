// Files are read by the readers themselves, in this thread, which does something else before it begins.
import { readDataFile } from "../../src/data/dataFile.ts";
import { type DataFileResult, type ReadElsewhere, unreadable } from "../../src/data/reading.ts";

export const readHere: ReadElsewhere = (file, name, choices, onProgress) => {
  let cancel: () => void = () => undefined;
  const cancelled = new Promise<DataFileResult>((resolve) => {
    cancel = () => resolve({ ok: false, problem: { message: "Reading was cancelled." } });
  });
  const read = async (): Promise<DataFileResult> => {
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      return await readDataFile(name, bytes, { ...choices, onProgress });
    } catch (error) {
      return unreadable(name, error);
    }
  };
  return { result: Promise.race([read(), cancelled]), cancel };
};
