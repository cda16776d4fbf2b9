/** The door of this folder: a whole run as the fragment of an address, and back. Format: `docs/link-format.md`. */
import { feedUint32, newHash } from "../../base/hash.ts";
import { base64Url, bytesOf } from "./bytes.ts";
import { packed, unpacked } from "./compress.ts";
import type { LinkFault, LinkResult, RunContent } from "./content.ts";
import { documentText, readDocument } from "./document.ts";

/** What a fragment with a run begins with. */
export const LINK_KEY = "run=";
/** The version of links that is written, and the newest that is read. */
export const LINK_VERSION = 1;
/** Characters of a fragment that are looked at. */
export const LONGEST_LINK = 200_000;
/** Bytes that a link may unpack to. */
const LARGEST_DOCUMENT = 2_000_000;

/** Length and checksum. */
const HEADER = 12;

/** What still works, whatever is wrong with a link. */
const MEANWHILE = "The usual run is open instead; nothing that was kept has changed.";

function failed(fault: LinkFault, what: string): LinkResult {
  return { ok: false, fault, problem: `${what} ${MEANWHILE}` };
}

/** Length and checksum of the packed bytes. It guards against mistakes, not against attackers. */
function headerOf(body: Uint8Array): Uint8Array {
  const hash = newHash();
  feedUint32(hash, LINK_VERSION);
  feedUint32(hash, body.length);
  for (const byte of body) feedUint32(hash, byte);
  const view = new DataView(new ArrayBuffer(HEADER));
  view.setUint32(0, body.length);
  view.setInt32(4, hash.low);
  view.setInt32(8, hash.high);
  return new Uint8Array(view.buffer);
}

/** The fragment, without "#", around the text of a document. */
export function fragmentOf(text: string): string {
  const body = packed(text);
  const whole = new Uint8Array(HEADER + body.length);
  whole.set(headerOf(body));
  whole.set(body, HEADER);
  return `${LINK_KEY}${LINK_VERSION}.${base64Url(whole)}`;
}

/** The fragment, without "#", of a link to `content`. */
export function linkFragment(content: RunContent): string {
  return fragmentOf(documentText(content));
}

/** The packed bytes of a link whose letters are right, or what is wrong with them. */
function checkedBody(whole: Uint8Array): Uint8Array | LinkResult {
  if (whole.length < HEADER) return failed("truncated", "The link is cut short: it was not copied whole.");
  const length = new DataView(whole.buffer).getUint32(0);
  const body = whole.subarray(HEADER);
  if (body.length < length && length < LONGEST_LINK) {
    return failed("truncated", `The link is cut short: of ${length} bytes ${body.length} arrived.`);
  }
  const isWhole = headerOf(body).every((byte, at) => byte === whole[at]);
  return isWhole ? body : failed("damaged", "The link is damaged: its checksum does not fit.");
}

/** The run that `fragment` (without "#") carries. Whatever it holds, this answers and never throws. */
export function readLink(fragment: string): LinkResult {
  if (!fragment.startsWith(LINK_KEY)) return failed("none", "The address holds no run that this Replicascope knows.");
  if (fragment.length > LONGEST_LINK) return failed("oversized", "The link is too long for one run.");
  const [, version, letters = ""] = /^run=(\d{1,6})\.(.*)$/s.exec(fragment) ?? [];
  if (version === undefined) return failed("damaged", "The link is damaged: its beginning is not that of a run.");
  if (Number(version) > LINK_VERSION) {
    return failed("newer", `The link was made by a newer Replicascope (links of format ${version}).`);
  }
  const whole = bytesOf(letters);
  if (whole === undefined || Number(version) !== LINK_VERSION) {
    return failed("damaged", "The link is damaged: it has letters that no link has.");
  }
  const body = checkedBody(whole);
  return body instanceof Uint8Array ? readBody(body) : body;
}

function readBody(body: Uint8Array): LinkResult {
  const text = unpacked(body, LARGEST_DOCUMENT);
  if (text === undefined) return failed("damaged", "The link is damaged: it cannot be unpacked.");
  if (text === "oversized") return failed("oversized", "The link holds more than one run can be.");
  const read = readDocument(text);
  return read.ok || read.fault === "data" ? read : failed(read.fault, `The link cannot be opened. ${read.problem}`);
}
