/** One direction of one link, chosen by its ends, with numbers of its own. */
import { useState } from "react";
import { type Address, clientIds, nameOf, replicaIds } from "../../../../base/ids.ts";
import type { RunConfig } from "../../../../model/protocol/config.ts";
import { order } from "../../actions.ts";
import { useServices, useView } from "../../appContext.ts";
import { NumberSettingField } from "../../controls/NumberSettingField.tsx";
import { SelectField } from "../../controls/SelectField.tsx";
import { Section } from "./Section.tsx";
import { linkSettings } from "./settings.ts";

function addressesOf({ cluster, workload }: RunConfig): readonly Address[] {
  return [...replicaIds(cluster.replicaCount), ...clientIds(workload.clients)];
}

/** The two ends: what was chosen here, else the link that is selected on the stage, else the first. */
function useEnds(config: RunConfig) {
  const addresses = addressesOf(config);
  const selection = useView((state) => state.selection);
  const [chosen, setChosen] = useState<{ readonly from?: Address; readonly to?: Address }>({});
  const selected = selection?.kind === "link" ? selection : undefined;
  const known = (address: Address | undefined) => addresses.find((other) => other === address);
  const from = known(chosen.from) ?? known(selected?.from) ?? addresses[0];
  const to = known(chosen.to) ?? known(selected?.to) ?? addresses.find((address) => address !== from);
  return { addresses, from, to, choose: setChosen };
}

/** The section of one link. */
export function LinkSection({ config }: { readonly config: RunConfig }) {
  const services = useServices();
  const { addresses, from, to, choose } = useEnds(config);
  if (from === undefined || to === undefined) return null;
  const choices = addresses.map((address) => ({ value: nameOf(address), label: nameOf(address) }));
  const named = (name: string) => addresses.find((address) => nameOf(address) === name) ?? from;
  const isOwn = config.network.overrides.some((own) => own.from === from && own.to === to);
  return (
    <Section title="One link">
      <div className="settings-pair">
        <SelectField
          label="From"
          value={nameOf(from)}
          choices={choices}
          onChoose={(name) => choose({ from: named(name), to })}
        />
        <SelectField
          label="To"
          value={nameOf(to)}
          choices={choices}
          onChoose={(name) => choose({ from, to: named(name) })}
        />
      </div>
      {from === to ? (
        <p className="note">Choose two different ends.</p>
      ) : (
        <>
          {linkSettings(from, to).map((setting) => (
            <NumberSettingField key={`${setting.id} ${from} ${to}`} setting={setting} config={config} />
          ))}
          <div className="settings-foot">
            <p className="note">{isOwn ? "This direction has its own numbers." : "As the rest of the network."}</p>
            <button
              type="button"
              className="button"
              disabled={!isOwn}
              onClick={() => void order(services, { kind: "setLink", from, to, quality: undefined })}
            >
              As the rest
            </button>
          </div>
        </>
      )}
    </Section>
  );
}
