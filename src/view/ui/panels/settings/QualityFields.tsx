/** The fields of a link's quality: which distribution its latency has, for all messages or by class, and what it loses. */
import { useEffect, useState } from "react";
import type { LinkQuality, RunConfig } from "../../../../model/protocol/config.ts";
import type { LatencyModel } from "../../../../model/protocol/latency.ts";
import { useServices } from "../../appContext.ts";
import { Field } from "../../controls/Field.tsx";
import { NumberSettingField } from "../../controls/NumberSettingField.tsx";
import { SelectField } from "../../controls/SelectField.tsx";
import { SwitchField } from "../../controls/SwitchField.tsx";
import { changeNewest } from "../../newestConfig.ts";
import { convertedLatency, LATENCY_KINDS, latencySummary, parseSamples, samplesText } from "./latency.ts";
import {
  classLatency,
  type LatencyLens,
  latencySettings,
  partLatency,
  type QualityScope,
  shareSettings,
  USUAL_LATENCY,
  weightSetting,
} from "./quality.ts";

interface QualityProps {
  readonly scope: QualityScope;
  readonly config: RunConfig;
}

interface LatencyProps extends QualityProps {
  readonly lens: LatencyLens;
  /** Parts of a mixture are no mixtures themselves. */
  readonly isPart?: boolean;
}

function useQualityOrder({ scope }: Pick<QualityProps, "scope">) {
  const services = useServices();
  const say = (problem: string | undefined) => {
    if (problem !== undefined) services.store.getState().notify(problem);
  };
  return (change: (quality: LinkQuality) => LinkQuality) =>
    void changeNewest(services, (newest) => scope.command(change(scope.read(newest)))).then(say);
}

/** A distribution: its kind, its numbers, and what they come to. */
function LatencyFields({ scope, config, lens, isPart = false }: LatencyProps) {
  const change = useQualityOrder({ scope });
  const model = lens.get(scope.read(config));
  const kinds = isPart ? LATENCY_KINDS.filter(({ value }) => value !== "mixture") : LATENCY_KINDS;
  return (
    <>
      <SelectField
        label="Distribution"
        row
        value={model.kind}
        choices={kinds}
        onChoose={(kind) => change((quality) => lens.put(quality, convertedLatency(lens.get(quality), kind)))}
      />
      {latencySettings(scope, lens, config).map((setting) => (
        <NumberSettingField key={`${setting.id} ${model.kind}`} setting={setting} config={config} />
      ))}
      {model.kind === "samples" ? (
        <SamplesField model={model} onValues={(latency) => change((quality) => lens.put(quality, latency))} />
      ) : null}
      {model.kind === "mixture" ? <MixtureFields scope={scope} config={config} lens={lens} model={model} /> : null}
      {isPart ? null : <p className="note">{latencySummary(model, config.network.minimumLatency)}</p>}
    </>
  );
}

interface SamplesProps {
  readonly model: Extract<LatencyModel, { kind: "samples" }>;
  readonly onValues: (latency: LatencyModel) => void;
}

/** Measured values, applied when the field is left: half of a number is a number too. */
function SamplesField({ model, onValues }: SamplesProps) {
  const shown = samplesText(model.values);
  const [text, setText] = useState(shown);
  const [problem, setProblem] = useState<string>();
  useEffect(() => setText(shown), [shown]);
  const apply = () => {
    const parsed = parseSamples(text);
    setProblem(parsed.ok ? undefined : parsed.message);
    if (parsed.ok && samplesText(parsed.values) !== shown) onValues({ kind: "samples", values: parsed.values });
  };
  return (
    <Field label="Values in ms, all equally likely" problem={problem}>
      {(control) => (
        <textarea
          {...control}
          className="field-input settings-samples"
          rows={3}
          value={text}
          onChange={({ target }) => setText(target.value)}
          onBlur={apply}
        />
      )}
    </Field>
  );
}

interface MixtureProps extends LatencyProps {
  readonly model: Extract<LatencyModel, { kind: "mixture" }>;
}

function MixtureFields({ scope, config, lens, model }: MixtureProps) {
  const change = useQualityOrder({ scope });
  const { parts } = model;
  const setParts = (next: typeof parts) => change((quality) => lens.put(quality, { kind: "mixture", parts: next }));
  return (
    <>
      {parts.map((part, at) => (
        <fieldset key={`${at} ${part.model.kind}`} className="settings-group">
          <legend className="settings-legend">
            Part {at + 1} of {parts.length}
          </legend>
          <NumberSettingField setting={weightSetting(scope, lens, at)} config={config} />
          <LatencyFields scope={scope} config={config} lens={partLatency(lens, at)} isPart />
          {parts.length > 1 ? (
            <button type="button" className="button" onClick={() => setParts(parts.filter((_, place) => place !== at))}>
              Remove part {at + 1}
            </button>
          ) : null}
        </fieldset>
      ))}
      <button
        type="button"
        className="button"
        onClick={() => {
          const last = parts.at(-1);
          if (last !== undefined) setParts([...parts, last]);
        }}
      >
        Add a part
      </button>
    </>
  );
}

const classes = [
  { of: "request", name: "Requests: entries, votes, reads" },
  { of: "reply", name: "Replies: acknowledgements, answers" },
] as const;

/** Latency, for all messages or by class. */
function LatencyByClass({ scope, config }: QualityProps) {
  const change = useQualityOrder({ scope });
  const quality = scope.read(config);
  const differs = quality.latencyByClass !== undefined;
  const set = (on: boolean) =>
    change(({ latencyByClass: _, ...rest }) =>
      on ? { ...rest, latencyByClass: { request: rest.latency, reply: rest.latency } } : rest,
    );
  return (
    <>
      {differs ? (
        classes.map(({ of, name }) => (
          <fieldset key={of} className="settings-group">
            <legend className="settings-legend">{name}</legend>
            <LatencyFields scope={scope} config={config} lens={classLatency(of)} />
          </fieldset>
        ))
      ) : (
        <LatencyFields scope={scope} config={config} lens={USUAL_LATENCY} />
      )}
      <SwitchField label="Requests and replies differ" on={differs} onChange={set} />
    </>
  );
}

/** All fields of one quality. */
export function QualityFields({ scope, config }: QualityProps) {
  return (
    <>
      <LatencyByClass scope={scope} config={config} />
      {shareSettings(scope).map((setting) => (
        <NumberSettingField key={setting.id} setting={setting} config={config} />
      ))}
    </>
  );
}
