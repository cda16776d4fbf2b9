/** What is wrong with the machine of one replica, in numbers: speed, pause, clock and disk. Each applies as it is typed. */
import { useState } from "react";
import { nameOf, type ReplicaId } from "../../../base/ids.ts";
import { millis, toMillis } from "../../../base/units.ts";
import type { Command } from "../../../model/protocol/commands.ts";
import type { ReplicaSummary } from "../../store/viewStore.ts";
import { order } from "../actions.ts";
import { useServices, useView } from "../appContext.ts";
import { NumberField } from "../controls/NumberField.tsx";
import { orderFromForm } from "../controls/NumberSettingField.tsx";
import { SwitchField } from "../controls/SwitchField.tsx";
import { DialogFrame } from "./DialogFrame.tsx";

/** A lying disk writes this much after it said that it had, unless it is told otherwise. */
const LATE = 1_000;

interface PartProps {
  readonly replica: ReplicaSummary;
}

function Work({ replica: { replicaId, alive, conditions } }: PartProps) {
  const services = useServices();
  const [pause, setPause] = useState(2_000);
  const { paused, slowFactor, refusesWrites } = conditions;
  const give = (command: Command) => orderFromForm(services, command);
  return (
    <section className="machine-part" aria-label="Work">
      <NumberField
        range={{ label: "Times as slow", unit: "×", min: 1, max: 1_000 }}
        value={slowFactor}
        onValue={(factor) => give({ kind: "slow", replicaId, factor })}
      />
      <NumberField
        range={{ label: "Length of a pause", unit: "ms", min: 1, max: 600_000 }}
        value={pause}
        onValue={async (length) => {
          setPause(length);
          return undefined;
        }}
      />
      <div className="panel-buttons">
        <button
          type="button"
          className="button"
          disabled={!alive || paused}
          onClick={() => void order(services, { kind: "pause", replicaId, lasts: millis(pause) })}
        >
          Pause for that long
        </button>
        <button
          type="button"
          className="button"
          disabled={!alive || !paused}
          onClick={() => void order(services, { kind: "resume", replicaId })}
        >
          Resume
        </button>
      </div>
      <SwitchField
        label="Refuses replicated writes"
        note="It still votes, and nobody notices."
        on={refusesWrites}
        onChange={(on) => void order(services, { kind: on ? "refuseWrites" : "acceptWrites", replicaId })}
      />
    </section>
  );
}

function ClockPart({ replica: { replicaId, conditions } }: PartProps) {
  const services = useServices();
  const { clockOffset: offset, clockDrift: drift } = conditions;
  return (
    <section className="machine-part" aria-label="Clock">
      <NumberField
        range={{ label: "Clock ahead, below 0 behind", unit: "ms", min: -600_000, max: 600_000 }}
        value={toMillis(offset)}
        onValue={(ahead) => orderFromForm(services, { kind: "clock", replicaId, offset: millis(ahead), drift })}
      />
      <NumberField
        range={{ label: "Clock fast, below 0 slow", unit: "%", min: -50, max: 100 }}
        value={Number((drift * 100).toFixed(4))}
        onValue={(fast) => orderFromForm(services, { kind: "clock", replicaId, offset, drift: fast / 100 })}
      />
    </section>
  );
}

function DiskPart({ replica: { replicaId, conditions, disk } }: PartProps) {
  const services = useServices();
  const [late, setLate] = useState(LATE);
  const give = (syncTime: number, lies: boolean) =>
    orderFromForm(services, { kind: "disk", replicaId, syncTime: millis(syncTime), lies });
  return (
    <section className="machine-part" aria-label="Disk">
      {disk.lies ? (
        <NumberField
          range={{ label: "Really synced only after", unit: "ms", min: 1, max: 600_000 }}
          value={late}
          onValue={(time) => {
            setLate(time);
            return give(time, true);
          }}
        />
      ) : (
        <NumberField
          range={{ label: "More time to sync", unit: "ms", min: 0, max: 10_000 }}
          value={toMillis(conditions.extraDiskSync)}
          onValue={(time) => give(time, false)}
        />
      )}
      <SwitchField
        label="Lying disk"
        note="It says “synced” at once; what it has not written yet is lost in a crash."
        on={disk.lies}
        onChange={(on) => void give(on ? late : 0, on)}
      />
    </section>
  );
}

/** The whole dialog. */
export function MachineDialog({ replicaId, onClose }: { readonly replicaId: ReplicaId; readonly onClose: () => void }) {
  const replica = useView((state) => state.replicas.find((summary) => summary.replicaId === replicaId));
  if (replica === undefined) return null;
  return (
    <DialogFrame
      title={`The machine of ${nameOf(replicaId)}`}
      description="What only this replica suffers from. Everything applies at once, and a crash mends none of it but a pause."
      onClose={onClose}
    >
      <Work replica={replica} />
      <ClockPart replica={replica} />
      <DiskPart replica={replica} />
    </DialogFrame>
  );
}
