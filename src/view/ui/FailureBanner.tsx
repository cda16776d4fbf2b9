/** An exception stopped the run: which replica, when, with which seed, and what one can do. The page stays usable. */
import { OctagonAlert } from "lucide-react";
import { useState } from "react";
import { nameOf } from "../../base/ids.ts";
import type { Failure } from "../../model/protocol/frame.ts";
import { instant } from "../store/format.ts";
import { useServices, useView } from "./appContext.ts";
import { restartRun } from "./runChanges.ts";

/** Everything that a report of the defect needs. */
export function failureDetails({ replicaId, at, seed, message, trace }: Failure): string {
  const who = replicaId === undefined ? "the event loop" : nameOf(replicaId);
  return [`Replicascope: ${who} failed at virtual ${instant(at)} s, seed ${seed}`, message, ...trace].join("\n");
}

function CopyButton({ failure }: { readonly failure: Failure }) {
  const [label, setLabel] = useState("Copy details");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(failureDetails(failure));
      setLabel("Copied");
    } catch {
      setLabel("Copying was refused");
    }
  };
  return (
    <button type="button" className="button" onClick={() => void copy()}>
      {label}
    </button>
  );
}

/** The banner over the stage; nothing while all is well. */
export function FailureBanner() {
  const services = useServices();
  const failure = useView((state) => state.failure);
  if (failure === undefined) return null;
  const who = failure.replicaId === undefined ? "The event loop" : `Replica ${nameOf(failure.replicaId)}`;
  return (
    <section className="failure" role="alert" aria-labelledby="failure-title">
      <h2 className="failure-title" id="failure-title">
        <OctagonAlert size={18} aria-hidden="true" /> {who} failed at virtual {instant(failure.at)} s. The run stands
        still.
      </h2>
      <p className="failure-message">{failure.message}</p>
      <p className="note">This is a defect of Replicascope. Seed {failure.seed} and what you did bring it back.</p>
      <div className="failure-verbs">
        <button type="button" className="button" data-kind="main" onClick={() => void restartRun(services)}>
          Restart this run
        </button>
        <CopyButton failure={failure} />
      </div>
    </section>
  );
}
