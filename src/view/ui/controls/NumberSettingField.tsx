/**
 * A number of the configuration, applied as it is typed: what can be understood goes to the run at once, what cannot
 * leaves the run as it is and says why beside the field.
 */
import { type ChangeEvent, useEffect, useRef, useState } from "react";
import type { RunConfig } from "../../../model/protocol/config.ts";
import { useServices } from "../appContext.ts";
import { attempt } from "../attempt.ts";
import { type NumberSetting, parseNumber } from "../panels/settings/settings.ts";
import { Field } from "./Field.tsx";

interface NumberSettingFieldProps {
  readonly setting: NumberSetting<RunConfig>;
  readonly config: RunConfig;
}

/** The field of one number. */
export function NumberSettingField({ setting, config }: NumberSettingFieldProps) {
  const services = useServices();
  const shown = String(setting.read(config));
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
    const parsed = parseNumber(typed, setting);
    if (!parsed.ok) return setProblem(parsed.message);
    setProblem(undefined);
    if (parsed.value === setting.read(config)) return undefined;
    const command = setting.change(config, parsed.value);
    if (typeof command === "string") return setProblem(command);
    const outcome = await attempt(services, () => services.session.command(command));
    if (outcome?.taken === false && turn === latest.current) setProblem(outcome.problem.message);
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
    <Field label={setting.label} problem={problem} row>
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
          <span className="field-unit">{setting.unit}</span>
        </span>
      )}
    </Field>
  );
}
