/**
 * Keys to actions. They do nothing while one types, or while a menu, a list or a dialog has the keyboard; Space belongs
 * to a control that was reached with the keyboard.
 */
import { useEffect } from "react";
import { ACTIONS, actionById, performAction } from "./actions.ts";
import type { AppServices } from "./appContext.ts";

/** The pressed key as the registry spells it. */
export function keyOf(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">): string {
  if (event.altKey) return "";
  const hasModifier = event.ctrlKey || event.metaKey;
  const base = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (!hasModifier) return base;
  return event.shiftKey ? `Mod+Shift+${base}` : `Mod+${base}`;
}

const typing =
  "input:not([type=radio]):not([type=checkbox]):not([type=range]), textarea, select, [contenteditable=true]";
const ownKeyboard = "[role=menu], [role=listbox], [role=dialog], [role=alertdialog]";
const pressable = "button, a[href], input, [role=button], [role=tab], [role=switch], [role=slider], [role=radio]";

function isTaken(target: EventTarget | null, key: string, reachedByPointer: boolean): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest(ownKeyboard) !== null) return true;
  if (target.closest(typing) !== null) return true;
  return key === "Space" && !reachedByPointer && target.closest(pressable) !== null;
}

/**
 * Space after a click: the clicked button still has the focus, but the person means play. Taken on the way down, before
 * the button hears of it; the release is swallowed too, since some engines press the button then.
 */
function listenToSpace(services: AppServices, target: Window, isByPointer: () => boolean): () => void {
  let isHeld = false;
  const onDown = (event: KeyboardEvent) => {
    const { target: focused } = event;
    isHeld = keyOf(event) === "Space" && isByPointer() && focused instanceof Element && focused.matches(pressable);
    if (!isHeld || isTaken(focused, "Space", true) || services.store.getState().dialog !== undefined) {
      isHeld = false;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) void performAction(actionById("playPause"), services);
  };
  const onUp = (event: KeyboardEvent) => {
    if (isHeld && event.key === " ") event.preventDefault();
    isHeld = false;
  };
  target.addEventListener("keydown", onDown, true);
  target.addEventListener("keyup", onUp, true);
  return () => {
    target.removeEventListener("keydown", onDown, true);
    target.removeEventListener("keyup", onUp, true);
  };
}

/** Listens on the window until the returned function is called. */
export function listenToKeys(services: AppServices, target: Window = window): () => void {
  let reachedByPointer = false;
  const onPointer = () => {
    reachedByPointer = true;
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Tab" || event.key.startsWith("Arrow")) reachedByPointer = false;
    const key = keyOf(event);
    if (event.defaultPrevented || event.repeat || services.store.getState().dialog !== undefined) return;
    if (isTaken(event.target, key, reachedByPointer)) return;
    const action = ACTIONS.find((known) => known.key === key);
    if (action === undefined) return;
    if (key !== "Escape") event.preventDefault();
    void performAction(action, services);
  };
  const stopSpace = listenToSpace(services, target, () => reachedByPointer);
  target.addEventListener("pointerdown", onPointer, true);
  target.addEventListener("keydown", onKey);
  return () => {
    stopSpace();
    target.removeEventListener("pointerdown", onPointer, true);
    target.removeEventListener("keydown", onKey);
  };
}

/** Keys work while the component that calls this is on the page. */
export function useKeyboard(services: AppServices): void {
  useEffect(() => listenToKeys(services), [services]);
}
