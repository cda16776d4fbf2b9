/** One direction of one link, chosen by its ends, with numbers of its own. */
import { type RefObject, useEffect, useRef, useState } from "react";
import { type Address, clientIds, nameOf, replicaIds } from "../../../../base/ids.ts";
import type { RunConfig } from "../../../../model/protocol/config.ts";
import { order } from "../../actions.ts";
import { useServices, useView } from "../../appContext.ts";
import { SelectField } from "../../controls/SelectField.tsx";
import { QualityFields } from "./QualityFields.tsx";
import { linkScope, qualityOf } from "./quality.ts";
import { Section } from "./Section.tsx";

function addressesOf({ cluster, workload }: RunConfig): readonly Address[] {
  return [...replicaIds(cluster.replicaCount), ...clientIds(workload.clients)];
}

interface Ends {
  readonly from?: Address;
  readonly to?: Address;
}

/** The two ends: what was chosen here, else the link that is selected on the stage, else the first. */
function useEnds(config: RunConfig) {
  const addresses = addressesOf(config);
  const selection = useView((state) => state.selection);
  const [chosen, setChosen] = useState<Ends>({});
  const selected = selection?.kind === "link" ? selection : undefined;
  const known = (address: Address | undefined) => addresses.find((other) => other === address);
  const from = known(chosen.from) ?? known(selected?.from) ?? addresses[0];
  const to = known(chosen.to) ?? known(selected?.to) ?? addresses.find((address) => address !== from);
  return { addresses, from, to, choose: setChosen };
}

/** A link's menu on the stage leads here: that link is chosen, and its first list has the focus. */
function useCall(place: RefObject<HTMLDivElement | null>, choose: (ends: Ends) => void): void {
  const { store } = useServices();
  const isWanted = useView((state) => state.wantsLink);
  useEffect(() => {
    if (!isWanted) return;
    choose({});
    place.current?.closest("section")?.scrollIntoView({ block: "start" });
    place.current?.querySelector("select")?.focus({ preventScroll: true });
    store.setState({ wantsLink: false });
  }, [isWanted, place, choose, store]);
}

function Verbs({ config, from, to }: { readonly config: RunConfig; readonly from: Address; readonly to: Address }) {
  const services = useServices();
  const isOwn = config.network.overrides.some((own) => own.from === from && own.to === to);
  const quality = qualityOf(config, from, to);
  return (
    <div className="settings-foot">
      <p className="note">{isOwn ? "This direction has its own numbers." : "As the rest of the network."}</p>
      <span className="panel-buttons">
        <button
          type="button"
          className="button"
          disabled={!isOwn}
          onClick={() => void order(services, { kind: "setLink", from: to, to: from, quality })}
        >
          Both ways alike
        </button>
        <button
          type="button"
          className="button"
          disabled={!isOwn}
          onClick={() => void order(services, { kind: "setLink", from, to, quality: undefined })}
        >
          As the rest
        </button>
      </span>
    </div>
  );
}

/** The section of one link. */
export function LinkSection({ config }: { readonly config: RunConfig }) {
  const place = useRef<HTMLDivElement>(null);
  const { addresses, from, to, choose } = useEnds(config);
  useCall(place, choose);
  if (from === undefined || to === undefined) return null;
  const choices = addresses.map((address) => ({ value: nameOf(address), label: nameOf(address) }));
  const named = (name: string) => addresses.find((address) => nameOf(address) === name) ?? from;
  return (
    <Section title="One link">
      <div className="settings-pair" ref={place}>
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
          <QualityFields key={`${from} ${to}`} scope={linkScope(from, to)} config={config} />
          <Verbs config={config} from={from} to={to} />
        </>
      )}
    </Section>
  );
}
