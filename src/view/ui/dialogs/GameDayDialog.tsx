/** Game day: which fault comes again and again, how often, for how long; started, shown while it goes on, and stopped. */
import { useState } from "react";
import { millis, seconds, toSeconds } from "../../../base/units.ts";
import type { GameDay, GameDayFault } from "../../../model/protocol/commands.ts";
import { gameDayFaultWords } from "../../store/commandWords.ts";
import { duration, plural } from "../../store/format.ts";
import { useServices, useView } from "../appContext.ts";
import { Problem } from "../controls/Field.tsx";
import { NumberField } from "../controls/NumberField.tsx";
import { orderFromForm } from "../controls/NumberSettingField.tsx";
import { SelectField } from "../controls/SelectField.tsx";
import { DialogFrame } from "./DialogFrame.tsx";

type FaultKind = GameDayFault["kind"];

const SLOW_FACTOR = 10;

const kinds: readonly FaultKind[] = ["crash", "pause", "slow", "isolate", "refuseWrites"];

function faultOf(kind: FaultKind): GameDayFault {
  return kind === "slow" ? { kind, factor: SLOW_FACTOR } : { kind };
}

function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

const choices = kinds.map((value) => ({ value, label: capital(gameDayFaultWords(faultOf(value))) }));

/** One fault in ten seconds, mended after four: a cluster of three has time to elect in between. */
const USUAL: GameDay = { fault: { kind: "crash" }, every: seconds(10), lasts: seconds(4) };

/** What goes on, and the button that ends it. */
function GoingOn({ onEnd }: { readonly onEnd: () => void }) {
  const gameDay = useView((state) => state.gameDay);
  if (gameDay === undefined) return <p className="note">No game day goes on.</p>;
  const { plan, struck } = gameDay;
  return (
    <div className="game-day" role="status">
      <p>
        {capital(gameDayFaultWords(plan.fault))} every {duration(plan.every)}, for {duration(plan.lasts)}:{" "}
        {plural(struck, "fault")} so far.
      </p>
      <button type="button" className="button" onClick={onEnd}>
        End the game day
      </button>
    </div>
  );
}

/** The whole dialog. */
export function GameDayDialog({ onClose }: { readonly onClose: () => void }) {
  const services = useServices();
  const inForce = useView((state) => state.gameDay?.plan);
  const [plan, setPlan] = useState<GameDay>(inForce ?? USUAL);
  const [problem, setProblem] = useState<string>();
  const give = async (next: GameDay | undefined) => {
    const wrong = await orderFromForm(services, { kind: "setGameDay", plan: next });
    setProblem(wrong);
    if (wrong === undefined) onClose();
  };
  const change = (part: Partial<GameDay>) => {
    setPlan((before) => ({ ...before, ...part }));
    return Promise.resolve(undefined);
  };
  return (
    <DialogFrame
      title="Game day"
      description="The same fault again and again, each time for a running replica that the run's own dice choose: the same seed strikes the same ones. Times are virtual; the first fault comes at once."
      onClose={onClose}
    >
      <GoingOn onEnd={() => void give(undefined)} />
      <SelectField
        label="What happens"
        value={plan.fault.kind}
        choices={choices}
        onChoose={(kind) => void change({ fault: faultOf(kind) })}
      />
      <NumberField
        range={{ label: "Every", unit: "s", min: 0.1, max: 86_400 }}
        value={toSeconds(plan.every)}
        onValue={(every) => change({ every: millis(every * 1_000) })}
      />
      <NumberField
        range={{ label: "Mended after", unit: "s", min: 0.001, max: 86_400 }}
        value={toSeconds(plan.lasts)}
        onValue={(lasts) => change({ lasts: millis(lasts * 1_000) })}
      />
      {problem === undefined ? null : <Problem>{problem}</Problem>}
      <div className="dialog-verbs">
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
        <button type="button" className="button" data-kind="main" onClick={() => void give(plan)}>
          {inForce === undefined ? "Start" : "Start anew"}
        </button>
      </div>
    </DialogFrame>
  );
}
