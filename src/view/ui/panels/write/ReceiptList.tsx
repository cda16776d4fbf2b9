/** What became of a person's writes, newest first, filling while the copies come in. */
import { Check, CircleDashed, CircleHelp, CircleX, Undo2, X } from "lucide-react";
import type { ReactElement } from "react";
import type { Receipt } from "../../../../model/protocol/frame.ts";
import { order } from "../../actions.ts";
import { useServices, useView } from "../../appContext.ts";
import { Swatch } from "../Swatch.tsx";
import { askedOf, copiesOf, entryOf, outcomeOf, type ReceiptState, stateOf } from "./receiptWords.ts";

const signs: Record<ReceiptState, ReactElement> = {
  pending: <CircleDashed size={16} aria-hidden="true" />,
  acknowledged: <Check size={16} aria-hidden="true" />,
  unknown: <CircleHelp size={16} aria-hidden="true" />,
  failed: <CircleX size={16} aria-hidden="true" />,
  rolledBack: <Undo2 size={16} aria-hidden="true" />,
  lost: <X size={16} strokeWidth={3} aria-hidden="true" />,
};

function ReceiptRow({ receipt }: { readonly receipt: Receipt }) {
  const services = useServices();
  const replicas = useView((state) => state.replicas);
  const state = stateOf(receipt);
  const details = [entryOf(receipt), copiesOf(receipt, replicas)].filter((part) => part !== "");
  return (
    <li className="receipt" data-state={state}>
      <p className="receipt-asked">
        {receipt.operation.kind === "put" ? <Swatch payload={receipt.operation.payload} /> : null}
        {askedOf(receipt)}
      </p>
      <p className="receipt-outcome">
        {signs[state]}
        <span>{outcomeOf(receipt)}</span>
      </p>
      <ul className="receipt-pips" aria-hidden="true">
        {replicas.map(({ replicaId }) => (
          <li key={replicaId} className="receipt-pip" data-copy={receipt.copies.includes(replicaId)} />
        ))}
      </ul>
      <p className="note">{details.join(" · ")}</p>
      {receipt.outcome === "unknown" ? (
        <button
          type="button"
          className="button receipt-retry"
          onClick={() => void order(services, { kind: "retry", requestId: receipt.requestId })}
        >
          Retry with the same request id
        </button>
      ) : null}
    </li>
  );
}

/** All receipts of the run. */
export function ReceiptList() {
  const receipts = useView((state) => state.receipts);
  return (
    <section className="panel-section" aria-labelledby="receipts-title">
      <h3 className="panel-heading" id="receipts-title">
        Receipts
      </h3>
      {receipts.length === 0 ? (
        <p className="note">None yet. Each of your writes gets one here, and it fills as replicas confirm.</p>
      ) : (
        <ol className="receipts">
          {receipts.toReversed().map((receipt) => (
            <ReceiptRow key={receipt.requestId} receipt={receipt} />
          ))}
        </ol>
      )}
    </section>
  );
}
