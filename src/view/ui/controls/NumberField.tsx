/**
 * A number, applied as it is typed: what can be understood is applied at once, what cannot leaves everything as it is
 * and says why beside the field.
 */
import { type ChangeEvent, useEffect, useRef, useState } from "react";
import { type NumberRange, parseNumber } from "../panels/settings/parseNumber.ts";
import { Field } from "./Field.tsx";

interface NumberFieldProps {
  readonly range: NumberRange;
  readonly value: number;
  /** Applies a new value; resolves to what is wrong with it. */
  readonly onValue: (value: number) => Promise<string | undefined>;
}

/** Label, field and unit. */
export function NumberField({ range, value, onValue }: NumberFieldProps) {
  const shown = String(value);
  const [text, setText] = useState(shown);
  const [problem, setProblem] = useState<string>();
  const isTyping = useRef(false);
  const latest = useRef(0);

  useEffect(() => {
    if (!isTyping.current) setText(shown);
  }, [shown]);

  const apply = async (typed: string) => {
    latest.current += 1;
    const turn = latest.current;
    const parsed = parseNumber(typed, range);
    if (!parsed.ok) return setProblem(parsed.message);
    setProblem(undefined);
    if (parsed.value === value) return undefined;
    const wrong = await onValue(parsed.value);
    if (wrong !== undefined && turn === latest.current) setProblem(wrong);
    return undefined;
  };

  const onChange = ({ target }: ChangeEvent<HTMLInputElement>) => {
    isTyping.current = true;
    setText(target.value);
    void apply(target.value);
  };
  const onBlur = () => {
    isTyping.current = false;
    if (problem === undefined) setText(shown);
  };

  return (
    <Field label={range.label} problem={problem} row>
      {(control) => (
        <span className="field-with-unit">
          <input
            {...control}
            className="field-input"
            inputMode="decimal"
            autoComplete="off"
            value={text}
            onChange={onChange}
            onBlur={onBlur}
          />
          <span className="field-unit">{range.unit}</span>
        </span>
      )}
    </Field>
  );
}
