/** One short message over the stage, with Undo or Redo where a run was left. It goes by itself, but not while it is read. */
import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { useServices, useView } from "./appContext.ts";
import { redoRun, undoRun } from "./runChanges.ts";

/** Wall time that a message stays. */
const STAY = 8_000;

const offered = { undo: { name: "Undo", act: undoRun }, redo: { name: "Redo", act: redoRun } };

/** The message of the moment. */
export function NoticeCard() {
  const services = useServices();
  const notice = useView((state) => state.notice);
  const dismiss = useView((state) => state.dismissNotice);
  const [isRead, setRead] = useState(false);
  useEffect(() => {
    if (notice === undefined || isRead) return undefined;
    const timer = setTimeout(dismiss, STAY);
    return () => clearTimeout(timer);
  }, [notice, isRead, dismiss]);
  if (notice === undefined) return null;
  const offer = notice.offers === undefined ? undefined : offered[notice.offers];
  return (
    <div
      className="card"
      role="status"
      onPointerEnter={() => setRead(true)}
      onPointerLeave={() => setRead(false)}
      onFocus={() => setRead(true)}
      onBlur={() => setRead(false)}
    >
      <p>{notice.text}</p>
      {offer === undefined ? null : (
        <button type="button" className="button" onClick={() => void offer.act(services)}>
          {offer.name}
        </button>
      )}
      <button type="button" className="button" data-kind="icon" aria-label="Dismiss this message" onClick={dismiss}>
        <X size={16} aria-hidden="true" />
      </button>
    </div>
  );
}
