/** The one sentence over the stage, and the line why. */
import { useShallow } from "zustand/react/shallow";
import { headlineOf } from "../store/headline.ts";
import { useView } from "./appContext.ts";

/** What is happening now. */
export function Headline() {
  const { sentence, short, reason } = useView(useShallow(headlineOf));
  return (
    <div className="headline">
      <h2 className="headline-sentence">
        <span className="headline-long">{sentence}</span>
        <span className="headline-short" aria-hidden="true">
          {short}
        </span>
      </h2>
      <p className="headline-reason">{reason}</p>
    </div>
  );
}
