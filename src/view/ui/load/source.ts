/** Where a file of vectors comes from: this machine, or an address on this page's own origin. */
import { baseName } from "../../../data/reading.ts";
import { wordsOf } from "../attempt.ts";

/** A file to be read. */
export interface Source {
  readonly file: Blob;
  readonly name: string;
}

/** What is at an address, or why it cannot be had, in a sentence. */
export type Fetched = { readonly ok: true; readonly source: Source } | { readonly ok: false; readonly problem: string };

function failed(problem: string): Fetched {
  return { ok: false, problem };
}

/** Fetches the file at `address`, which must be on this origin. */
export async function fetchSource(address: string, signal: AbortSignal): Promise<Fetched> {
  let whole: URL;
  try {
    whole = new URL(address, location.href);
  } catch {
    return failed(`“${address}” is no address.`);
  }
  if (whole.origin !== location.origin) {
    return failed(`“${address}” is on another site. Download it, and open the file here.`);
  }
  try {
    const answer = await fetch(whole, { signal });
    if (!answer.ok) return failed(`There is no file at “${address}” (${answer.status}).`);
    return { ok: true, source: { file: await answer.blob(), name: baseName(decodeURIComponent(whole.pathname)) } };
  } catch (error) {
    return failed(signal.aborted ? "Reading was cancelled." : `“${address}” cannot be fetched: ${wordsOf(error)}`);
  }
}
