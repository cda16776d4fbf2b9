/**
 * The run's own time, written without React and not announced; a press turns it into a field where an instant is typed.
 * While time runs, twenty texts a second are enough for the eye; shaping one for every frame would cost as much as painting
 * all lanes. Standing still it is exact.
 */
import { useEffect, useRef, useState } from "react";
import { ZERO } from "../../../base/units.ts";
import { INSTANT_HELP, parseInstant } from "../../layout/timeParse.ts";
import { formatClock } from "../../layout/timeWords.ts";
import { keyLabel } from "../actions.ts";
import { useServices, useView } from "../appContext.ts";
import { Tip } from "../controls/Tip.tsx";
import { seekTo } from "../travel.ts";

/** Wall milliseconds between two texts of a running clock; less than three frames. */
const SHOWN_FOR = 45;

function RunningClock() {
  const { frames } = useServices();
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let shown = "";
    let shownAt = Number.NEGATIVE_INFINITY;
    return frames.subscribe(({ virtualNow, playing }) => {
      const wallNow = performance.now();
      if (playing && wallNow - shownAt < SHOWN_FOR) return;
      const text = formatClock(virtualNow);
      if (text === shown || element.current === null) return;
      element.current.textContent = text;
      [shown, shownAt] = [text, wallNow];
    });
  }, [frames]);
  return <div className="time-clock" ref={element} role="timer" aria-live="off" aria-label="Virtual time" />;
}

/** The field in place of the clock: Enter goes there, Escape does not. */
function InstantField({ onClose }: { readonly onClose: () => void }) {
  const services = useServices();
  const now = services.frames.latest?.virtualNow ?? ZERO;
  const [text, setText] = useState(() => formatClock(now).replace(" s", ""));
  const [isWrong, setWrong] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const go = () => {
    const at = parseInstant(text, now);
    if (at === undefined) return setWrong(true);
    onClose();
    return void seekTo(services, at);
  };
  return (
    <form
      className="time-instant"
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <input
        ref={field}
        className="field-input time-instant-field"
        aria-label="Go to the instant"
        aria-invalid={isWrong}
        aria-describedby={isWrong ? "time-instant-problem" : undefined}
        value={text}
        inputMode="decimal"
        autoComplete="off"
        onChange={({ target }) => {
          setText(target.value);
          setWrong(false);
        }}
        onBlur={onClose}
        onKeyDown={({ key }) => {
          if (key === "Escape") onClose();
        }}
      />
      {isWrong ? (
        <p className="time-instant-problem" id="time-instant-problem" role="status">
          {INSTANT_HELP}
        </p>
      ) : null}
    </form>
  );
}

/** Virtual time: "12.742 s". */
export function Clock() {
  const requests = useView((state) => state.clockFocus);
  const [answered, setAnswered] = useState(requests);
  const isTyped = requests !== answered;
  const { store } = useServices();
  const open = () => store.setState({ clockFocus: requests + 1 });
  return (
    <div className="time-clock-box">
      {isTyped ? <InstantField onClose={() => setAnswered(requests)} /> : <RunningClock />}
      {isTyped ? null : (
        <Tip text={`Go to an instant (${keyLabel("j")})`}>
          <button type="button" className="time-clock-open" aria-label="Go to an instant" onClick={open} />
        </Tip>
      )}
    </div>
  );
}
