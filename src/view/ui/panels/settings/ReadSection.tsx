/** Who may answer a read or a search, and what each policy costs; and the rule of synchronous mode. */
import type { ClusterConfig, ReadPolicy, RunConfig } from "../../../../model/protocol/config.ts";
import { POLICY_NAMES } from "../../../store/commandWords.ts";
import { order } from "../../actions.ts";
import { useServices } from "../../appContext.ts";
import { NumberSettingField } from "../../controls/NumberSettingField.tsx";
import { SelectField } from "../../controls/SelectField.tsx";
import { SwitchField } from "../../controls/SwitchField.tsx";
import { Section } from "./Section.tsx";
import { STALENESS_SETTING } from "./settings.ts";

const policies: readonly ReadPolicy[] = ["any", "session", "bounded", "leader", "linearizable", "quorum"];

/** What a policy gives and what it costs, in one sentence. */
const costs: Record<ReadPolicy, string> = {
  any: "The nearest replica answers at once; the answer may be old.",
  session: "You always see your own writes; a replica that lacks them lets you wait.",
  bounded: "No answer is older than the bound; a replica further behind lets you wait.",
  leader:
    "The leader answers: usually fresh, but a leader that was replaced may not know it, and it carries all the load.",
  linearizable: "Never stale: the leader confirms itself with a round to a majority before each answer.",
  quorum:
    "All replicas are asked and the first R answers count: the furthest of them answers, once the slowest of them has.",
};

/** Read policy, its bound or rule, and degrading. */
export function ReadSection({ cluster, config }: { readonly cluster: ClusterConfig; readonly config: RunConfig }) {
  const services = useServices();
  const { readPolicy, stalenessBound, rules, synchronousDegrades } = cluster;
  return (
    <Section title="Reads and searches">
      <SelectField
        label="Who may answer"
        value={readPolicy}
        choices={policies.map((value) => ({ value, label: POLICY_NAMES[value] }))}
        onChoose={(chosen) => void order(services, { kind: "setPolicy", readPolicy: chosen, stalenessBound })}
      />
      <p className="note">{costs[readPolicy]}</p>
      {readPolicy === "bounded" ? <NumberSettingField setting={STALENESS_SETTING} config={config} /> : null}
      <SwitchField
        label="Quorum reads wait"
        note="Until one of the R has applied the newest entry among them. Off, even W + R above N may miss a write."
        on={rules.quorumReadWaits}
        onChange={(on) => void order(services, { kind: "setRule", rule: "quorumReadWaits", on })}
      />
      <SwitchField
        label="Synchronous degrades"
        note="While a replica is silent, fewer copies are enough: writes go on, and the promise goes with them."
        on={synchronousDegrades}
        onChange={(on) => void order(services, { kind: "setDegrade", synchronousDegrades: on })}
      />
    </Section>
  );
}
