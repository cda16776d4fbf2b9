/** Share: the run, at rest at the moment that is shown, as a link, a code for a camera, a file and a picture. */
import { Check, Copy, Download, Image as Picture } from "lucide-react";
import { type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { encode } from "uqr";
import type { RunContent } from "../../../data/link/content.ts";
import { carriesExactly } from "../../../data/link/document.ts";
import { linkFragment } from "../../../data/link/link.ts";
import { isLoaded } from "../../../model/protocol/dataset.ts";
import { instant } from "../../store/format.ts";
import { type AppServices, useServices, useView } from "../appContext.ts";
import { attempt, wordsOf } from "../attempt.ts";
import { Field } from "../controls/Field.tsx";
import { DialogFrame } from "../dialogs/DialogFrame.tsx";
import { download, fileName, fileText } from "./files.ts";
import { stagePng, stageSvg } from "./picture.ts";
import { contentAtRest } from "./runContent.ts";
import "./share.css";

/** A code of more letters is too fine for a camera at the back of a room. */
const LONGEST_CODE = 2_300;

/** The address of this page with the run in its fragment; a query would ask for another. */
function addressOf(fragment: string): string {
  return `${location.origin}${location.pathname}#${fragment}`;
}

/** The dark squares of a code as one path. */
function codePath(rows: readonly (readonly boolean[])[]): string {
  return rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : []))).join("");
}

/** The link for a camera. */
function Code({ address }: { readonly address: string }) {
  const code = useMemo(
    () => (address.length > LONGEST_CODE ? undefined : encode(address, { ecc: "L", border: 3 })),
    [address],
  );
  if (code === undefined) {
    return (
      <p className="note">
        This link has {address.length} letters, too many for a code that a camera can read. The file carries everything.
      </p>
    );
  }
  return (
    <svg className="share-code" viewBox={`0 0 ${code.size} ${code.size}`} role="img" aria-label="The link as a QR code">
      <path d={codePath(code.data)} />
    </svg>
  );
}

/** Of a run of loaded vectors: whoever opens it needs the file. */
function VectorNote({ content }: { readonly content: RunContent }) {
  const { dataset } = content.inputs.config.workload;
  if (!isLoaded(dataset)) return null;
  return (
    <p className="note">
      No vectors are in it: whoever opens it is asked for {dataset.file}, and the command line finds that beside the
      file.
    </p>
  );
}

/** Copies the link; where the browser forbids it, selects it for the keyboard. */
function useCopy(address: string, field: RefObject<HTMLInputElement | null>) {
  const [said, setSaid] = useState<"copied" | "selected">();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      setSaid("copied");
    } catch {
      field.current?.select();
      setSaid("selected");
    }
  };
  return { said, copy };
}

function LinkField({ address }: { readonly address: string }) {
  const field = useRef<HTMLInputElement>(null);
  const { said, copy } = useCopy(address, field);
  return (
    <Field label="Link">
      {(control) => (
        <>
          <div className="share-link">
            <input
              {...control}
              ref={field}
              className="field-input share-address"
              readOnly
              value={address}
              onFocus={({ target }) => target.select()}
            />
            <button type="button" className="button" data-kind="main" onClick={() => void copy()}>
              {said === "copied" ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}
              {said === "copied" ? "Copied" : "Copy"}
            </button>
          </div>
          <p className="note" role="status">
            {said === "selected"
              ? "The browser does not allow copying here: the link is selected, copy it with the keyboard."
              : `${address.length} letters. What follows “#” is sent to nobody but whom you give it to.`}
          </p>
        </>
      )}
    </Field>
  );
}

/** The run as files: a scenario and two pictures. */
function Files({ content }: { readonly content: RunContent }) {
  const services = useServices();
  const title = useView((state) => state.lesson?.title) ?? "";
  const { at } = content.place;
  const caption = captionOf(services, content);
  const offer = (kind: string, make: () => Blob | Promise<Blob>) =>
    void attempt(services, async () => download(fileName(content, at, kind), await make()));
  return (
    <div className="share-files">
      <button
        type="button"
        className="button"
        onClick={() => offer("json", () => new Blob([fileText(content, title)], { type: "application/json" }))}
      >
        <Download size={16} aria-hidden="true" />
        File (JSON)
      </button>
      <button
        type="button"
        className="button"
        onClick={() => offer("svg", () => new Blob([stageSvg(caption)], { type: "image/svg+xml" }))}
      >
        <Picture size={16} aria-hidden="true" />
        Picture (SVG)
      </button>
      <button type="button" className="button" onClick={() => offer("png", () => stagePng(caption))}>
        <Picture size={16} aria-hidden="true" />
        Picture (PNG)
      </button>
    </div>
  );
}

function captionOf({ store }: AppServices, { inputs, place }: RunContent): string {
  const { lesson } = store.getState();
  const what = lesson === undefined ? "Replicascope" : `Replicascope, “${lesson.title}”`;
  return `${what}, seed ${inputs.config.seed}, ${instant(place.at)} s, run ${place.hash ?? ""}`;
}

interface Shared {
  readonly content: RunContent;
  readonly address: string;
}

/** The run at rest while this is on the page; it plays on afterwards if it did before. */
function useShared(): Shared | { readonly problem: string } | undefined {
  const services = useServices();
  const [shared, setShared] = useState<Shared | { readonly problem: string }>();
  useEffect(() => {
    let plays = false;
    let isOver = false;
    const prepare = async () => {
      const { content, wasPlaying } = await contentAtRest(services);
      plays = wasPlaying;
      if (isOver && plays) await services.session.play();
      // As a person left it: whoever opens the link sees it standing at this moment.
      const resting = { ...content, playing: false };
      if (!carriesExactly(resting)) throw new Error("Something in this run cannot be written down exactly.");
      setShared({ content: resting, address: addressOf(linkFragment(resting)) });
    };
    prepare().catch((error: unknown) => setShared({ problem: wordsOf(error) }));
    return () => {
      isOver = true;
      if (plays) void services.session.play();
    };
  }, [services]);
  return shared;
}

/** The dialog. */
export default function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const shared = useShared();
  if (shared === undefined || "problem" in shared) {
    return (
      <DialogFrame title="Share this moment" onClose={onClose}>
        <p role="status">
          {shared === undefined ? "Writing the run down …" : `This run cannot be shared: ${shared.problem}`}
        </p>
      </DialogFrame>
    );
  }
  const { content, address } = shared;
  return (
    <DialogFrame
      title="Share this moment"
      description={`Whoever opens it sees the run as it stands at ${instant(content.place.at)} s, with the same run hash, and can go on from there.`}
      wide
      onClose={onClose}
    >
      <LinkField address={address} />
      <div className="share-more">
        <Code address={address} />
        <div className="share-rest">
          <p className="note">
            Run hash <span className="share-hash">{content.place.hash}</span>
          </p>
          <Files content={content} />
          <p className="note">
            The file is a scenario: drop it on this page, or run it without a browser, up to here and to this very hash,
            with <code className="share-hash">npm run -s sim -- file.json</code>.
          </p>
          <VectorNote content={content} />
        </div>
      </div>
    </DialogFrame>
  );
}
