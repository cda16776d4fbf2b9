/** Settings: network, one link, elections, clients, reads, and what starts another run. All of it live. */
import type { RunConfig } from "../../../../model/protocol/config.ts";
import { useView } from "../../appContext.ts";
import { Problem } from "../../controls/Field.tsx";
import { NumberSettingField } from "../../controls/NumberSettingField.tsx";
import { IndexSection } from "./IndexSection.tsx";
import { LinkSection } from "./LinkSection.tsx";
import { QualityFields } from "./QualityFields.tsx";
import { NETWORK_SCOPE } from "./quality.ts";
import { ReadSection } from "./ReadSection.tsx";
import { RulesSection } from "./RulesSection.tsx";
import { RunSection } from "./RunSection.tsx";
import { Section } from "./Section.tsx";
import { COST_SETTINGS, type NumberSetting, RATE_SETTINGS, TIMING_SETTINGS, timeoutWarning } from "./settings.ts";
import "./settings.css";

interface NumbersProps {
  readonly settings: readonly NumberSetting<RunConfig>[];
  readonly config: RunConfig;
}

function Numbers({ settings, config }: NumbersProps) {
  return settings.map((setting) => <NumberSettingField key={setting.id} setting={setting} config={config} />);
}

function ElectionSection({ config }: { readonly config: RunConfig }) {
  const warning = timeoutWarning(config);
  return (
    <Section title="Elections">
      <Numbers settings={TIMING_SETTINGS} config={config} />
      {warning === undefined ? null : <Problem>{warning}</Problem>}
    </Section>
  );
}

/** The whole tab. */
export default function SettingsPanel() {
  const config = useView((state) => state.config);
  if (config === undefined) return <p className="panel-empty">The settings come with the run.</p>;
  return (
    <>
      <RunSection config={config} />
      <Section title="Network, one way">
        <QualityFields scope={NETWORK_SCOPE} config={config} />
      </Section>
      <LinkSection config={config} />
      <ElectionSection config={config} />
      <Section title="Clients, all together">
        <Numbers settings={RATE_SETTINGS} config={config} />
      </Section>
      <Section title="Work and disks, every replica">
        <Numbers settings={COST_SETTINGS} config={config} />
        <p className="note">
          One message, and each entry in it, costs so much work; a replica does one thing at a time. A promise waits for
          the disk. What only one replica suffers from is in its menu on the stage.
        </p>
      </Section>
      <ReadSection cluster={config.cluster} config={config} />
      <IndexSection config={config} />
      <RulesSection rules={config.cluster.rules} />
    </>
  );
}
