/** The sheet of keys, made from the registry of actions. */
import { ACTIONS, type Action, type ActionGroup, keyLabel } from "../actions.ts";
import { DialogFrame } from "./DialogFrame.tsx";

const groups: readonly ActionGroup[] = ["Time", "Break and mend", "Look", "Run"];

interface KeyRow {
  readonly key: string;
  readonly name: string;
}

function isSelecting({ id }: Action): boolean {
  return id.startsWith("select-");
}

/** The rows of a group; the nine keys that select are one row. */
function rowsOf(group: ActionGroup): readonly KeyRow[] {
  const rows = ACTIONS.filter((action) => action.group === group && !isSelecting(action)).flatMap(({ key, name }) =>
    key === undefined ? [] : [{ key: keyLabel(key), name }],
  );
  return group === "Look" ? [...rows, { key: "1 – 9", name: "Select a replica" }] : rows;
}

/** All keys. */
export function KeySheet({ onClose }: { readonly onClose: () => void }) {
  return (
    <DialogFrame title="Keys" onClose={onClose} wide>
      <div className="keys">
        {groups.map((group) => (
          <section key={group}>
            <h3 className="panel-heading">{group}</h3>
            <dl className="keys-list">
              {rowsOf(group).map(({ key, name }) => (
                <div key={key} className="keys-row">
                  <dt>
                    <kbd className="key">{key}</kbd>
                  </dt>
                  <dd>{name}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </DialogFrame>
  );
}
