/** The tag of a game day at the head of the stage: how often it has struck, and the button that stops it. */

import { gameDayFaultWords } from "../../store/commandWords.ts";
import { duration } from "../../store/format.ts";
import { order } from "../actions.ts";
import { useServices, useView } from "../appContext.ts";

/** Shown while a game day goes on. */
export function GameDayTag() {
  const services = useServices();
  const gameDay = useView((state) => state.gameDay);
  if (gameDay === undefined) return null;
  const { plan, struck } = gameDay;
  const what = `${gameDayFaultWords(plan.fault)} every ${duration(plan.every)}`;
  return (
    <button
      type="button"
      className="stage-game-day"
      aria-label={`Stop the game day: ${what}, ${struck} so far`}
      title={what}
      onClick={() => void order(services, { kind: "setGameDay", plan: undefined })}
    >
      <span>
        <strong>Game day</strong>
        <span className="stage-game-day-count"> · {struck} so far</span>
      </span>
      <span className="stage-tag-verb">stop</span>
    </button>
  );
}
