/** The answer to "why?": a paragraph, and every step of it to be read and gone to. */
import type { Micros } from "../../../base/units.ts";
import type { Explanation, Reason } from "../../../model/protocol/chronicle.ts";
import { formatClock } from "../../layout/timeWords.ts";
import { paragraphOf } from "../../store/whyParagraph.ts";
import { claimWords } from "../../store/whyWords.ts";
import type { WordContext } from "../../store/words.ts";
import type { Answer } from "./spacetimeStore.ts";

interface StepProps {
  readonly reason: Reason;
  readonly context: WordContext;
  readonly onGo: (reason: Reason) => void;
}

function Step({ reason, context, onGo }: StepProps) {
  const { claim, at, because, isRepeated } = reason;
  const words = claimWords(claim, context);
  return (
    <li className="why-step">
      {reason.event === undefined ? (
        <span className="why-claim">{words}</span>
      ) : (
        <button type="button" className="why-go" onClick={() => onGo(reason)}>
          {at === undefined ? null : <span className="event-time">{formatClock(at)}</span>}
          <span>
            {words}
            {isRepeated ? " (see above)" : ""}
          </span>
        </button>
      )}
      {because.length === 0 ? null : (
        <>
          <span className="why-because">because</span>
          <Steps reasons={because} context={context} onGo={onGo} />
        </>
      )}
    </li>
  );
}

function Steps({
  reasons,
  context,
  onGo,
}: { readonly reasons: readonly Reason[] } & Pick<StepProps, "context" | "onGo">) {
  return (
    <ul className="why-steps">
      {reasons.map((reason, at) => (
        <Step key={`${reason.event} ${reason.flight} ${at}`} reason={reason} context={context} onGo={onGo} />
      ))}
    </ul>
  );
}

function Told({
  explanation,
  context,
  onGo,
  onFurther,
}: { readonly explanation: Explanation } & Pick<WhyAnswerProps, "context" | "onGo" | "onFurther">) {
  const { lookedBack } = explanation;
  return (
    <>
      <p className="why-paragraph">{paragraphOf(explanation, context)}</p>
      {lookedBack === undefined ? null : (
        <p className="note">
          Looked back to {formatClock(lookedBack.to)}: what began before that is not told.
          {lookedBack.goesOn ? (
            <>
              {" "}
              <button type="button" className="link-button" onClick={() => onFurther(lookedBack.to)}>
                Look further back
              </button>
            </>
          ) : (
            " Further back there is too much to look through."
          )}
        </p>
      )}
      <details className="why-details" open>
        <summary>Step by step</summary>
        <Steps reasons={[explanation.reason]} context={context} onGo={onGo} />
      </details>
    </>
  );
}

interface WhyAnswerProps extends Pick<StepProps, "context" | "onGo"> {
  readonly answer: Answer;
  readonly onClose: () => void;
  /** To look for reasons before the instant at which looking back has ended. */
  readonly onFurther: (before: Micros) => void;
}

/** The answer, or that it is looked for. */
export function WhyAnswer({ answer, context, onGo, onClose, onFurther }: WhyAnswerProps) {
  if (answer.kind === "none") return null;
  return (
    <section className="why" aria-label="Why" aria-live="polite">
      <div className="why-head">
        <h3>Why?</h3>
        <button type="button" className="button" data-kind="quiet" onClick={onClose}>
          Close
        </button>
      </div>
      {answer.kind === "asking" ? <p className="note">Looking back…</p> : null}
      {answer.kind === "unknown" ? <p className="note">Nothing in this run tells why.</p> : null}
      {answer.kind === "told" ? (
        <Told explanation={answer.explanation} context={context} onGo={onGo} onFurther={onFurther} />
      ) : null}
    </section>
  );
}
