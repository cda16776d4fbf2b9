/**
 * The keyboard and pointer of the stage's figures. Each kind (replicas, links, clients) is one stop of the Tab key; arrow
 * keys walk around the ring or along the list; Enter, Space, a click or the context menu asks for the verbs.
 */

import { present } from "../../../base/assert.ts";
import { type Address, clientIds, isClient, type ReplicaId, replicaId } from "../../../base/ids.ts";
import type { Selection } from "../../store/viewStore.ts";
import type { Behaviour } from "./partitionDrag.ts";

/** A figure that was asked for its verbs. */
export interface FigureTarget {
  readonly selection: Selection;
  readonly element: SVGElement;
  /** Where the pointer was, in page coordinates; undefined from the keyboard. */
  readonly at: { readonly x: number; readonly y: number } | undefined;
}

export interface FigureKeysOptions {
  readonly surface: SVGSVGElement;
  readonly onOpen: (target: FigureTarget) => void;
  /** The focus moved to a figure, or with undefined left them all. */
  readonly onFocus: (selection: Selection | undefined) => void;
  readonly onHover: (replica: ReplicaId | undefined) => void;
  /** The message at a place in page coordinates. */
  readonly messageAt: (x: number, y: number) => Selection | undefined;
}

const FIGURES = ".stage-replica, .stage-link, .stage-client";
const WHOLE_FIGURES = ".stage-replica, .stage-client";

/** Starts the behaviour. */
export function figureKeys({ surface, onOpen, onFocus, onHover, messageAt }: FigureKeysOptions): Behaviour {
  /** Messages lie over links and over the empty stage; a replica or a client under them is meant itself. */
  const messageOf = (event: MouseEvent) =>
    figureOf(event)?.matches(WHOLE_FIGURES) === true ? undefined : messageAt(event.clientX, event.clientY);
  const open = (event: MouseEvent) => {
    const element = figureOf(event);
    const message = messageOf(event);
    if (element === undefined && message === undefined) return;
    event.preventDefault();
    element?.focus({ preventScroll: true });
    const at = { x: event.clientX, y: event.clientY };
    if (message !== undefined) onOpen({ selection: message, element: element ?? surface, at });
    else if (element !== undefined) onOpen({ selection: selectionOf(element), element, at });
  };
  const press = (event: KeyboardEvent) => {
    const element = figureOf(event);
    if (element === undefined) return;
    if (event.key === "Enter" || event.key === " ") onOpen({ selection: selectionOf(element), element, at: undefined });
    else if (!walk(element, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const focusIn = (event: FocusEvent) => {
    const element = figureOf(event);
    if (element !== undefined) onFocus(selectionOf(element));
  };
  const focusOut = () => onFocus(undefined);
  const over = (event: PointerEvent) => onHover(replicaOf(figureOf(event)));
  const leave = () => onHover(undefined);
  const move = (event: PointerEvent) => surface.toggleAttribute("data-on-message", messageOf(event) !== undefined);

  surface.addEventListener("click", open);
  surface.addEventListener("contextmenu", open);
  surface.addEventListener("keydown", press);
  surface.addEventListener("focusin", focusIn);
  surface.addEventListener("focusout", focusOut);
  surface.addEventListener("pointerover", over);
  surface.addEventListener("pointerleave", leave);
  surface.addEventListener("pointermove", move);
  return {
    destroy: () => {
      surface.removeEventListener("click", open);
      surface.removeEventListener("contextmenu", open);
      surface.removeEventListener("keydown", press);
      surface.removeEventListener("focusin", focusIn);
      surface.removeEventListener("focusout", focusOut);
      surface.removeEventListener("pointerover", over);
      surface.removeEventListener("pointerleave", leave);
      surface.removeEventListener("pointermove", move);
    },
  };
}

function figureOf(event: Event): SVGElement | undefined {
  const found = event.target instanceof Element ? event.target.closest<SVGElement>(FIGURES) : null;
  return found ?? undefined;
}

function replicaOf(element: SVGElement | undefined): ReplicaId | undefined {
  const id = element?.getAttribute("data-replica");
  return id === null || id === undefined ? undefined : replicaId(Number(id));
}

/** Which replica, link or client an element stands for. */
export function selectionOf(element: SVGElement): Selection {
  const replica = replicaOf(element);
  if (replica !== undefined) return { kind: "replica", replicaId: replica };
  const client = element.getAttribute("data-client");
  if (client !== null) {
    const address = addressOf(client);
    if (isClient(address)) return { kind: "client", clientId: address };
  }
  const from = addressOf(present(element.getAttribute("data-from"), "a link's first end"));
  const to = addressOf(present(element.getAttribute("data-to"), "a link's second end"));
  return { kind: "link", from, to };
}

/** Address as it stands in an attribute. */
function addressOf(text: string): Address {
  const value = Number(text);
  const first = present(clientIds(1)[0], "the first client");
  return value < first ? replicaId(value) : present(clientIds(value - first + 1).at(-1), "the client");
}

/** Moves the focus among the figures of the same kind; false when the key is none of ours. */
function walk(element: SVGElement, key: string): boolean {
  const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const parent = element.parentElement;
  const siblings = parent === null ? [] : [...parent.querySelectorAll<SVGElement>(":scope > [role=button]")];
  const at = siblings.indexOf(element);
  const step = steps[key];
  const next =
    step !== undefined
      ? siblings[(at + step + siblings.length) % siblings.length]
      : key === "Home"
        ? siblings[0]
        : key === "End"
          ? siblings.at(-1)
          : undefined;
  next?.focus({ preventScroll: true });
  return next !== undefined;
}
