/** The fields of a product, a colour or a row. Each shows its own message. */

import type { ItemPayload } from "../../../../model/protocol/item.ts";
import { Field } from "../../controls/Field.tsx";
import { SelectField } from "../../controls/SelectField.tsx";
import type { FieldProblems, WriteFields } from "./writeForm.ts";

interface ItemFieldsProps {
  readonly kind: ItemPayload["kind"];
  readonly fields: WriteFields;
  readonly problems: FieldProblems;
  readonly categories: readonly string[];
  /** Of a row: whether it has a vector that it keeps when none is given. */
  readonly keepsVector?: boolean;
  readonly onChange: (change: Partial<WriteFields>) => void;
}

function ColourFields({ fields, problems, onChange }: ItemFieldsProps) {
  return (
    <Field label="Colour" problem={problems.hex}>
      {(control) => (
        <span className="write-colour">
          <input
            className="write-picker"
            type="color"
            aria-label="Pick a colour"
            value={/^#[0-9a-f]{6}$/i.test(fields.hex) ? fields.hex : "#000000"}
            onChange={({ target }) => onChange({ hex: target.value })}
          />
          <input
            {...control}
            className="field-input"
            autoComplete="off"
            spellCheck={false}
            placeholder="#ff6347 or tomato"
            value={fields.hex}
            onChange={({ target }) => onChange({ hex: target.value })}
          />
        </span>
      )}
    </Field>
  );
}

function ProductFields({ fields, problems, categories, onChange }: ItemFieldsProps) {
  return (
    <>
      <Field label="Description" problem={problems.description}>
        {(control) => (
          <textarea
            {...control}
            className="field-input"
            rows={2}
            placeholder="What a customer would search for"
            value={fields.description}
            onChange={({ target }) => onChange({ description: target.value })}
          />
        )}
      </Field>
      <div className="write-pair">
        <SelectField
          label="Category"
          value={fields.category}
          problem={problems.category}
          choices={[{ value: "", label: "Choose …" }, ...categories.map((name) => ({ value: name, label: name }))]}
          onChoose={(category) => onChange({ category })}
        />
        <Field label="Price, €" problem={problems.price}>
          {(control) => (
            <input
              {...control}
              className="field-input"
              inputMode="decimal"
              autoComplete="off"
              value={fields.price}
              onChange={({ target }) => onChange({ price: target.value })}
            />
          )}
        </Field>
      </div>
    </>
  );
}

function RowFields({ fields, problems, keepsVector, onChange }: ItemFieldsProps) {
  return (
    <>
      <Field label="Text" problem={problems.description}>
        {(control) => (
          <textarea
            {...control}
            className="field-input"
            rows={3}
            value={fields.description}
            onChange={({ target }) => onChange({ description: target.value })}
          />
        )}
      </Field>
      <Field label={keepsVector ? "Vector (empty: as it is)" : "Vector"} problem={problems.vector ?? problems.name}>
        {(control) => (
          <textarea
            {...control}
            className="field-input"
            rows={2}
            spellCheck={false}
            placeholder="0.12, -0.03, 0.5 …"
            value={fields.vector}
            onChange={({ target }) => onChange({ vector: target.value })}
          />
        )}
      </Field>
      <p className="note">The model that made these vectors is not here, so a new text does not move its vector.</p>
    </>
  );
}

/** Name and what belongs to the kind of item. */
export function ItemFields(props: ItemFieldsProps) {
  const { kind, fields, problems, onChange } = props;
  if (kind === "row") return <RowFields {...props} />;
  return (
    <>
      <Field label="Name" problem={problems.name}>
        {(control) => (
          <input
            {...control}
            className="field-input"
            autoComplete="off"
            value={fields.name}
            onChange={({ target }) => onChange({ name: target.value })}
          />
        )}
      </Field>
      {kind === "colour" ? <ColourFields {...props} /> : <ProductFields {...props} />}
    </>
  );
}
