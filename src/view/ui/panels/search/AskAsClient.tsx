/**
 * What a customer gets: the question asked for real by a client, under the read policy in force. It takes its time and is
 * part of the run, unlike the table above, which an observer asks of everybody at once.
 */
import { useState } from "react";
import { type ClientId, clientIds, nameOf } from "../../../../base/ids.ts";
import type { AskedSearch } from "../../../../model/protocol/frame.ts";
import { askedOutcome, askedReason, askedWorth } from "../../../store/askedWords.ts";
import { instant } from "../../../store/format.ts";
import { POLICY_WORDS } from "../../../store/policyAnswer.ts";
import { order } from "../../actions.ts";
import { useServices, useView } from "../../appContext.ts";
import { usePolicyAnswer } from "../usePolicyAnswer.ts";
import { MARK_NAMES } from "./SearchLegend.tsx";

function Answer({ search }: { readonly search: AskedSearch }) {
  const { neighbours, missing } = search;
  const worth = askedWorth(search);
  return (
    <li className="search-asked" data-outcome={search.outcome}>
      <p>
        <b>{nameOf(search.clientId)}</b> at {instant(search.askedAt)} s: {askedOutcome(search)}
      </p>
      <p className="note">{askedReason(search)}</p>
      {worth === "" ? null : <p>{worth}</p>}
      {neighbours.length === 0 ? null : (
        <ol className="search-asked-list">
          {neighbours.map(({ id, name, fault }) => (
            <li key={id} data-fault={fault}>
              {name}
              {fault === undefined ? null : <span>{MARK_NAMES[fault]}</span>}
            </li>
          ))}
        </ol>
      )}
      {missing.length === 0 ? null : <p className="note">Missing: {missing.map(({ name }) => name).join(", ")}</p>}
    </li>
  );
}

/** Who is let to ask, and what came of it. */
export default function AskAsClient({ vector }: { readonly vector: Float32Array }) {
  const services = useServices();
  const config = useView((state) => state.config);
  const searchK = useView((state) => state.searchK);
  const searches = useView((state) => state.searches);
  const [chosen, setChosen] = useState<ClientId>();
  const clients = clientIds(config?.workload.clients ?? 0);
  const client = clients.find((known) => known === chosen) ?? clients[0];
  const answer = usePolicyAnswer(client);
  if (config === undefined || client === undefined) return null;
  const k = searchK ?? config.workload.k;
  return (
    <section className="search-customer" aria-labelledby="search-customer">
      <h3 className="panel-heading" id="search-customer">
        What a customer gets
      </h3>
      <p className="note">By the read policy: {POLICY_WORDS[config.cluster.readPolicy]}.</p>
      <p>Now: {answer?.reason}</p>
      <div className="search-customer-ask">
        <select
          className="field-input"
          aria-label="Client that asks"
          value={String(client)}
          onChange={({ target }) => setChosen(clients.find((known) => String(known) === target.value))}
        >
          {clients.map((known) => (
            <option key={known} value={String(known)}>
              {nameOf(known)}
            </option>
          ))}
        </select>
        <button
          type="button"
          className="button"
          onClick={() => void order(services, { kind: "search", client, values: vector, k })}
        >
          Let {nameOf(client)} ask for real
        </button>
      </div>
      {searches.length === 0 ? null : (
        <ol className="search-asked-all" aria-label="Answers to clients, newest first">
          {searches.map((search) => (
            <Answer key={search.requestId} search={search} />
          ))}
        </ol>
      )}
    </section>
  );
}
