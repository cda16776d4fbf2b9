/** Over the stage while a moment is shown again: which one it is, and the way back to the run. */
import { Undo2 } from "lucide-react";
import { useEffect, useRef } from "react";
import { instant } from "../store/format.ts";
import { verdictWords } from "../store/verdict.ts";
import { useServices, useView } from "./appContext.ts";
import { returnToLive } from "./lookBack.ts";

/** The banner; nothing while the run is live. */
export function LookBackBanner() {
  const services = useServices();
  const lookBack = useView((state) => state.lookBack);
  const isHere = useView((state) => state.virtualNow === state.lookBack?.at && !state.playing);
  const message = useView(
    ({ verdicts, lookBack: shown }) => verdicts.find(({ name }) => name === shown?.verdict)?.message,
  );
  const button = useRef<HTMLButtonElement>(null);
  // Whoever asked by keyboard finds the way back under the hand.
  useEffect(() => {
    if (lookBack !== undefined) button.current?.focus();
  }, [lookBack]);
  if (lookBack === undefined) return null;
  const { verdict, at, from } = lookBack;
  return (
    <section className="look-back" aria-labelledby="look-back-title">
      <div>
        <h2 className="look-back-title" id="look-back-title">
          {isHere ? "Standing at" : "Shown again from"} {instant(at)} s, right after what broke “
          {verdictWords(verdict).promise.replace(/\.$/, "")}”
        </h2>
        <p className="look-back-message">{message || lookBack.message}</p>
      </div>
      <button
        ref={button}
        type="button"
        className="button"
        data-kind="main"
        onClick={() => void returnToLive(services)}
      >
        <Undo2 size={16} aria-hidden="true" />
        Return to the run, at {instant(from)} s
      </button>
    </section>
  );
}
