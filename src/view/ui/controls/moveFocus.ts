/** A row of buttons that is one stop of the Tab key: arrow keys, Home and End go from one to the next. */
import type { KeyboardEvent } from "react";

/** Handles the keys of a row whose buttons are the descendants of the element that listens. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.findIndex((button) => button.matches(":focus"));
  const goals: Readonly<Record<string, number>> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    Home: 0,
    End: buttons.length - 1,
  };
  const goal = goals[event.key];
  if (goal === undefined || at < 0) return;
  event.preventDefault();
  event.stopPropagation();
  buttons[(goal + buttons.length) % buttons.length]?.focus();
}
