/** The keyboard's way to cut the network: a side for every replica and client, and what each side can do then. */
import { useState } from "react";
import { type Address, nameOf } from "../../../base/ids.ts";
import { order } from "../actions.ts";
import { useServices, useView } from "../appContext.ts";
import { Problem } from "../controls/Field.tsx";
import { DialogFrame } from "./DialogFrame.tsx";
import {
  addressesOf,
  groupsOf,
  type Members,
  offeredSides,
  outlook,
  presetsFor,
  regionPresets,
  type Side,
  type Sides,
  sidesOf,
} from "./partition.ts";

function useMembers(): Members {
  const replicas = useView((state) => state.replicas);
  const clients = useView((state) => state.clients);
  return { replicas, clients };
}

/** The sides to begin with: a gesture's draft, the partition in force, else the leader and its clients alone. */
function useSides(members: Members) {
  const draft = useView((state) => state.partitionDraft);
  const inForce = useView((state) => state.groups);
  const groups = draft?.groups ?? inForce;
  return useState<Sides>(() =>
    groups.length > 0 ? sidesOf(groups, members) : (presetsFor(members)[1]?.sides ?? sidesOf([], members)),
  );
}

interface RowProps {
  readonly address: Address;
  readonly detail: string;
  readonly side: Side;
  readonly sides: readonly Side[];
  readonly onChoose: (side: Side) => void;
}

function Row({ address, detail, side, sides, onChoose }: RowProps) {
  const name = nameOf(address);
  return (
    <tr>
      <th scope="row" className="sides-name">
        {name} <span className="sides-detail">{detail}</span>
      </th>
      {sides.map((choice) => (
        <td key={choice} className="sides-choice">
          <label className="sides-label">
            <input
              type="radio"
              name={`side-${name}`}
              checked={side === choice}
              onChange={() => onChoose(choice)}
              aria-label={`${name} on side ${choice}`}
            />
          </label>
        </td>
      ))}
    </tr>
  );
}

function detailOf(address: Address, { replicas, clients }: Members): string {
  const client = clients.find(({ clientId }) => clientId === address);
  if (client !== undefined) return `beside ${nameOf(client.home)}`;
  const replica = replicas.find(({ replicaId }) => replicaId === address);
  if (replica === undefined || !replica.alive) return "down";
  return replica.role === "preCandidate" ? "candidate" : replica.role;
}

interface SideTableProps {
  readonly members: Members;
  readonly sides: Sides;
  readonly onChange: (sides: Sides) => void;
}

function SideTable({ members, sides, onChange }: SideTableProps) {
  const offered = offeredSides(sides, members.replicas.length);
  return (
    <table className="sides">
      <caption className="only-read">The side of every replica and client</caption>
      <thead>
        <tr>
          <th scope="col" className="sides-who">
            Who
          </th>
          {offered.map((side) => (
            <th key={side} scope="col">
              {side}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {addressesOf(members).map((address) => (
          <Row
            key={address}
            address={address}
            detail={detailOf(address, members)}
            side={sides.get(address) ?? "A"}
            sides={offered}
            onChoose={(side) => onChange(new Map([...sides, [address, side]]))}
          />
        ))}
      </tbody>
    </table>
  );
}

/** The whole dialog. */
export function PartitionDialog({ onClose }: { readonly onClose: () => void }) {
  const services = useServices();
  const members = useMembers();
  const cluster = useView((state) => state.config?.cluster);
  const [sides, setSides] = useSides(members);
  const groups = groupsOf(sides);
  const isWhole = groups.length < 2;
  const cut = async () => {
    if (await order(services, { kind: "partition", groups })) onClose();
  };
  return (
    <DialogFrame
      title="Cut the network"
      description="Choose a side for everyone. Links between different sides carry nothing until you heal the network."
      onClose={onClose}
      wide
    >
      <fieldset className="panel-buttons">
        <legend className="only-read">Ready-made sides</legend>
        {[...regionPresets(members, cluster?.regions ?? []), ...presetsFor(members)].map((preset) => (
          <button key={preset.name} type="button" className="button" onClick={() => setSides(preset.sides)}>
            {preset.name}
          </button>
        ))}
      </fieldset>
      <SideTable members={members} sides={sides} onChange={setSides} />
      <div className="sides-outlook" role="status">
        {isWhole || cluster === undefined ? (
          <Problem>Everyone is on one side: nothing would be cut.</Problem>
        ) : (
          groups.map((group) => <p key={group.map(nameOf).join()}>{outlook(group, cluster, members.replicas)}</p>)
        )}
      </div>
      <div className="dialog-verbs">
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
        <button type="button" className="button" data-kind="main" disabled={isWhole} onClick={() => void cut()}>
          Cut the network
        </button>
      </div>
    </DialogFrame>
  );
}
