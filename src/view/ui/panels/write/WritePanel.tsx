/** Write: one form for a new item or an existing one, and the receipts of what was asked. */
import { useMemo, useState } from "react";
import { type ClientId, nameOf } from "../../../../base/ids.ts";
import type { WriteDraft } from "../../../../model/protocol/commands.ts";
import { type DatasetName, isLoaded } from "../../../../model/protocol/dataset.ts";
import type { Item, ItemPayload } from "../../../../model/protocol/item.ts";
import { useServices, useView } from "../../appContext.ts";
import { attempt } from "../../attempt.ts";
import { SelectField } from "../../controls/SelectField.tsx";
import { giveCommand } from "../../deeds.ts";
import { RowFinder } from "../../load/RowFinder.tsx";
import { ItemFields } from "./ItemFields.tsx";
import { handmadeIds, ownItem } from "./ownItems.ts";
import { ReceiptList } from "./ReceiptList.tsx";
import { useItems } from "./useItems.ts";
import "./write.css";
import {
  draftFrom,
  EMPTY_FIELDS,
  type FieldProblems,
  fieldOfProblem,
  fieldsOf,
  freshId,
  type WriteFields,
} from "./writeForm.ts";

const NEW_ITEM = "";

/** What the items of a data set are. */
function kindOf(dataset: DatasetName): ItemPayload["kind"] {
  if (isLoaded(dataset)) return "row";
  return dataset === "products" ? "product" : "colour";
}

function categoriesOf(items: readonly Item[]): readonly string[] {
  const found = items.flatMap(({ payload }) => (payload.kind === "product" ? [payload.category] : []));
  return [...new Set(found)].sort();
}

/** The item that is to be written again, and the ids that a new one cannot have. */
function useChosen(items: readonly Item[], dataset: DatasetName) {
  const target = useView((state) => state.writeTarget);
  const receipts = useView((state) => state.receipts);
  const own = isLoaded(dataset) ? dataset : undefined;
  const handmade = useMemo(() => (own === undefined ? [] : handmadeIds(own)), [own]);
  const taken = [...items.map(({ id }) => id), ...handmade, ...receipts.map(({ operation }) => operation.id)];
  const listed = items.find(({ id }) => id === target);
  const chosen = own === undefined || target === undefined ? listed : ownItem(own, target, receipts);
  return { chosen, taken: new Set(taken) };
}

/** The fields of the form, filled anew whenever another item is chosen. */
function useWriteForm(items: readonly Item[], dataset: DatasetName) {
  const { chosen, taken } = useChosen(items, dataset);
  const key = chosen === undefined ? NEW_ITEM : `${chosen.id} ${chosen.version.term} ${chosen.version.logIndex}`;
  const [shownKey, setShownKey] = useState(NEW_ITEM);
  const [fields, setFields] = useState<WriteFields>(EMPTY_FIELDS);
  const [problems, setProblems] = useState<FieldProblems>({});
  if (key !== shownKey) {
    setShownKey(key);
    setFields(chosen === undefined ? EMPTY_FIELDS : fieldsOf(chosen.payload));
    setProblems({});
  }
  return { chosen, fields, setFields, problems, setProblems, id: chosen?.id ?? freshId(taken) };
}

/** Sends a draft through the session; a problem goes beside its field. */
function useWrite(client: ClientId | undefined, setProblems: (problems: FieldProblems) => void) {
  const services = useServices();
  return async (draft: WriteDraft): Promise<boolean> => {
    if (client === undefined) return false;
    const outcome = await attempt(services, () => giveCommand(services, { kind: "write", client, draft }));
    if (outcome === undefined) return false;
    setProblems(outcome.taken ? {} : { [fieldOfProblem(outcome.problem.field)]: outcome.problem.message });
    return outcome.taken;
  };
}

interface ChoosersProps {
  readonly items: readonly Item[];
  /** Why the list could not be brought up to date. */
  readonly problem: string | undefined;
  readonly refresh: () => void;
  readonly client: ClientId | undefined;
  readonly onClient: (client: ClientId) => void;
}

/** A row of the file, found by the person; or a new item. */
function OwnChooser() {
  const dataset = useView((state) => state.config?.workload.dataset);
  const target = useView((state) => state.writeTarget);
  const editItem = useView((state) => state.editItem);
  if (dataset === undefined || !isLoaded(dataset)) return null;
  if (target === undefined) {
    return (
      <RowFinder
        data={dataset}
        label="A new item, or one to write again"
        showsFirst={false}
        onChoose={({ id }) => editItem(id)}
      />
    );
  }
  return (
    <p className="write-own">
      <span>
        Item <strong>{target}</strong>
      </span>
      <button type="button" className="button" onClick={() => editItem(undefined)}>
        Another
      </button>
    </p>
  );
}

/** Which item, and by which client. */
function Choosers({ items, problem, refresh, client, onClient }: ChoosersProps) {
  const target = useView((state) => state.writeTarget) ?? NEW_ITEM;
  const clients = useView((state) => state.clients);
  const editItem = useView((state) => state.editItem);
  const own = useView(({ config }) => config !== undefined && isLoaded(config.workload.dataset));
  return (
    <>
      {own ? (
        <OwnChooser />
      ) : (
        <SelectField
          label="Item"
          value={target}
          problem={problem}
          choices={[
            { value: NEW_ITEM, label: "A new one" },
            ...items.map(({ id, payload }) => ({ value: id, label: `${payload.name} (${id})` })),
          ]}
          onChoose={(id) => editItem(id === NEW_ITEM ? undefined : id)}
          onOpen={refresh}
        />
      )}
      <SelectField
        label="Client"
        value={client === undefined ? "" : nameOf(client)}
        choices={clients.map(({ clientId, home }) => ({
          value: nameOf(clientId),
          label: `${nameOf(clientId)}, beside ${nameOf(home)}`,
        }))}
        onChoose={(name) => {
          const found = clients.find(({ clientId }) => nameOf(clientId) === name);
          if (found !== undefined) onClient(found.clientId);
        }}
      />
    </>
  );
}

function WriteForm() {
  const dataset = useView((state) => state.config?.workload.dataset ?? "products");
  const clients = useView((state) => state.clients);
  const editItem = useView((state) => state.editItem);
  const { items, problem, refresh } = useItems(!isLoaded(dataset));
  const { chosen, fields, setFields, problems, setProblems, id } = useWriteForm(items, dataset);
  const [wanted, setWanted] = useState<ClientId>();
  const client = clients.find(({ clientId }) => clientId === wanted)?.clientId ?? clients[0]?.clientId;
  const write = useWrite(client, setProblems);
  const kind = kindOf(dataset);

  const put = async () => {
    const basis = isLoaded(dataset) ? { dimension: dataset.dimension, values: chosen?.embedding.values } : undefined;
    const made = draftFrom(kind, id, fields, basis);
    if (!made.ok) return setProblems(made.problems);
    const isTaken = await write(made.draft);
    if (isTaken && chosen === undefined) setFields(EMPTY_FIELDS);
    return undefined;
  };
  const remove = async () => {
    if (await write({ kind: "delete", id })) editItem(undefined);
  };

  return (
    <form
      className="panel-section"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void put();
      }}
    >
      <h3 className="only-read">Write an item</h3>
      <Choosers items={items} problem={problem} refresh={refresh} client={client} onClient={setWanted} />
      <ItemFields
        kind={kind}
        fields={fields}
        problems={problems}
        categories={categoriesOf(items)}
        keepsVector={chosen !== undefined}
        onChange={(change) => setFields({ ...fields, ...change })}
      />
      <div className="panel-buttons">
        <button type="submit" className="button" data-kind="main" disabled={client === undefined}>
          {chosen === undefined ? "Write it" : "Update it"}
        </button>
        {chosen === undefined ? null : (
          <button type="button" className="button" onClick={() => void remove()}>
            Delete it
          </button>
        )}
      </div>
    </form>
  );
}

/** The whole tab. */
export default function WritePanel() {
  return (
    <>
      <WriteForm />
      <ReceiptList />
    </>
  );
}
