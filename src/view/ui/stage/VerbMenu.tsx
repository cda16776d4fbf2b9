/** The menu of verbs of a replica, a link or a client. Its state is the figure that was asked; it closes by itself. */
import { Menu } from "@base-ui/react/menu";
import { ChevronRight } from "lucide-react";
import { useMemo } from "react";
import { useShallow } from "zustand/react/shallow";
import type { ReplicaSummary } from "../../store/viewStore.ts";
import { useServices, useView } from "../appContext.ts";
import type { FigureTarget } from "../behaviours/figureKeys.ts";
import type { Verb } from "./verb.ts";
import { selectionName, verbsFor } from "./verbs.ts";

export interface VerbMenuProps {
  readonly target: FigureTarget;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** The menu for `target`, at the pointer or beside the figure; inside the landmark of the stage, but not clipped by it. */
export function VerbMenu({ target, isOpen, onClose }: VerbMenuProps) {
  const { store, frames } = useServices();
  // What can be done depends on who is alive and what is cut, not on the rest of the state.
  useView(
    useShallow(({ replicas, cuts, config, clients, playing }) => ({
      alive: replicas.map(isUp).join(),
      ...{ cuts, config, clients, playing },
    })),
  );
  const verbs = verbsFor(target.selection, store.getState(), frames.latest);
  const anchor = useMemo(() => anchorOf(target), [target]);
  return (
    <Menu.Root open={isOpen} onOpenChange={(open) => !open && onClose()} modal={false}>
      <Menu.Portal container={target.element.closest("main")}>
        <Menu.Positioner
          anchor={anchor}
          positionMethod="fixed"
          side="bottom"
          align="start"
          sideOffset={6}
          className="stage-menu-place"
        >
          <Menu.Popup
            className="stage-menu"
            aria-label={`Verbs for ${selectionName(target.selection)}`}
            finalFocus={() => {
              target.element.focus({ preventScroll: true });
              return false;
            }}
          >
            <div className="stage-menu-title" aria-hidden="true">
              {selectionName(target.selection)}
            </div>
            {verbs.map((group, at) => (
              <div key={group[0]?.id ?? at} className="stage-menu-group">
                {group.map((verb) => (
                  <VerbItem key={verb.id} verb={verb} />
                ))}
              </div>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function isUp({ replicaId, alive, role, conditions }: ReplicaSummary): string {
  return `${replicaId}${alive ? role : "down"}${conditions.paused}${conditions.refusesWrites}`;
}

function VerbItem({ verb }: { readonly verb: Verb }) {
  const services = useServices();
  if (verb.choices?.length === 0) {
    return (
      <Menu.Item className="stage-menu-item" disabled>
        {verb.name}
      </Menu.Item>
    );
  }
  if (verb.choices !== undefined) {
    return (
      <Menu.SubmenuRoot>
        <Menu.SubmenuTrigger className="stage-menu-item">
          {verb.name}
          <ChevronRight size={16} aria-hidden="true" />
        </Menu.SubmenuTrigger>
        <Menu.Portal>
          <Menu.Positioner className="stage-menu-place" sideOffset={2}>
            <Menu.Popup className="stage-menu">
              {verb.choices.map((choice) => (
                <VerbItem key={choice.id} verb={choice} />
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.SubmenuRoot>
    );
  }
  return (
    <Menu.Item className="stage-menu-item" onClick={() => void verb.perform?.(services)}>
      {verb.name}
      {verb.key === undefined ? null : (
        <span className="stage-menu-key" aria-hidden="true">
          {verb.key}
        </span>
      )}
    </Menu.Item>
  );
}

/** A replica's or client's figure; for a link, which is long, or a message the place that was clicked, or its middle. */
function anchorOf({ selection, element, at }: FigureTarget) {
  if (selection.kind === "replica" || selection.kind === "client")
    return element.querySelector(".stage-glyph, .stage-pill") ?? element;
  return {
    getBoundingClientRect: () => {
      const box = element.getBoundingClientRect();
      const { x, y } = at ?? { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      return new DOMRect(x, y, 0, 0);
    },
  };
}
