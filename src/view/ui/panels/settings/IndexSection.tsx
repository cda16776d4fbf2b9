/**
 * Exact search or an approximate index (HNSW): where, with which numbers, and what it costs in answers, measured against
 * exact search over the very same items.
 */
import { useEffect, useState } from "react";
import { nameOf, replicaIds } from "../../../../base/ids.ts";
import {
  type ClusterConfig,
  DEFAULT_INDEX,
  type RunConfig,
  type SearchIndexConfig,
} from "../../../../model/protocol/config.ts";
import { isLoaded } from "../../../../model/protocol/dataset.ts";
import type { DifferingQuestion, IndexReport, ReplicaIndexReport } from "../../../../model/protocol/searchIndex.ts";
import { order } from "../../actions.ts";
import { useServices, useView } from "../../appContext.ts";
import { NumberSettingField } from "../../controls/NumberSettingField.tsx";
import { Segmented } from "../../controls/Segmented.tsx";
import { questionLike } from "../search/questions.ts";
import { INDEX_SETTINGS, indexedReplicas, setIndex, toggled } from "./indexSettings.ts";
import { Section } from "./Section.tsx";
import { useIndexReport } from "./useIndexReport.ts";

const KINDS = [
  { value: "exact", label: "Exact" },
  { value: "hnsw", label: "HNSW" },
] as const;

interface IndexProps {
  readonly cluster: ClusterConfig;
  readonly index: SearchIndexConfig;
}

function ReplicaChoice({ cluster, index }: IndexProps) {
  const services = useServices();
  const { replicaCount } = cluster;
  const chosen = indexedReplicas(index, replicaCount);
  return (
    <fieldset className="index-replicas">
      <legend className="field-label">Replicas with the index</legend>
      {replicaIds(replicaCount).map((id) => {
        const isOn = chosen.includes(id);
        const next = toggled(index, id, replicaCount);
        return (
          <button
            key={id}
            type="button"
            className="button"
            aria-pressed={isOn}
            disabled={next === undefined}
            onClick={() => void order(services, setIndex(next))}
          >
            {nameOf(id)}
          </button>
        );
      })}
    </fieldset>
  );
}

function recallWords({ alive, recall }: ReplicaIndexReport): string {
  if (!alive) return "down";
  return recall === undefined ? "empty" : recall.toFixed(3);
}

function graphWords({ alive, index }: ReplicaIndexReport): string {
  if (!alive) return "";
  if (index === undefined) return "exact";
  const { layers, dead } = index;
  return `${layers.toReversed().join(" / ")}${dead === 0 ? "" : `, ${dead} dead`}`;
}

/** What the report says of replicas that hold the same items. */
function agreement({ converged, queries }: IndexReport): string {
  if (converged === undefined) return "No two replicas hold the same items now.";
  const names = converged.replicas.map(nameOf).join(", ");
  const many = converged.differing.length;
  if (many === 0) return `${names} hold the same items, and answer alike.`;
  return `${names} hold the same items, and still answer differently to ${many} of ${queries} questions.`;
}

/** The same in so few words that they seldom change. */
function agreementNews({ converged }: IndexReport): string {
  if (converged === undefined) return "";
  return converged.differing.length === 0 ? "Equal replicas answer alike" : "Equal replicas answer differently";
}

/** The sentence, and behind it the questions themselves: each can be asked everywhere. */
function Agreement({ report }: { readonly report: IndexReport }) {
  const { store } = useServices();
  const { converged, k } = report;
  const sentence = agreement(report);
  if (converged === undefined || converged.differing.length === 0) return <p className="note">{sentence}</p>;
  const ask = ({ id, payload, vector }: DifferingQuestion, byKey: boolean) => {
    const { ask: put, focusSearch, setPanel } = store.getState();
    store.setState({ searchK: k });
    put(questionLike({ id, payload, values: vector }));
    // A phone would show its keyboard; by key the focus needs a place.
    if (byKey) focusSearch();
    else setPanel("search");
  };
  return (
    <details className="index-differing">
      <summary className="note">{sentence}</summary>
      <ul aria-label="Questions that are answered differently">
        {converged.differing.map((question) => (
          <li key={question.id}>
            <button
              type="button"
              className="link-button"
              title="Ask this everywhere"
              onClick={({ detail }) => ask(question, detail === 0)}
            >
              {question.payload.name}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Report() {
  const report = useIndexReport();
  if (report === undefined) return <p className="note">Asking every replica …</p>;
  return (
    <>
      <table className="index-report">
        <caption className="note">
          {report.queries} questions spread over the data, against exact search over the same items
        </caption>
        <thead>
          <tr>
            <th scope="col">Replica</th>
            <th scope="col">recall@{report.k}</th>
            <th scope="col">Nodes, top layer first</th>
          </tr>
        </thead>
        <tbody>
          {report.replicas.map((replica) => (
            <tr key={replica.replicaId}>
              <th scope="row">{nameOf(replica.replicaId)}</th>
              <td>{recallWords(replica)}</td>
              <td>{graphWords(replica)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Agreement report={report} />
      {/* Whether they agree is announced, and not how often they do not. */}
      <p className="only-read" role="status">
        {agreementNews(report)}
      </p>
    </>
  );
}

/** Neighbours that the report asks for. */
const ASKED = 10;

function IndexSettings({ cluster, index, config }: IndexProps & { readonly config: RunConfig }) {
  const searchK = useView((state) => state.searchK);
  const k = Math.max(ASKED, searchK ?? config.workload.k);
  return (
    <>
      <ReplicaChoice cluster={cluster} index={index} />
      {INDEX_SETTINGS.map((setting) => (
        <NumberSettingField key={setting.id} setting={setting} config={config} />
      ))}
      {index.ef < k ? (
        <p className="note" role="status">
          ef is below {k}: a search that is asked for {k} keeps {k} all the same, and where the graph is torn it may
          find fewer neighbours than that.
        </p>
      ) : null}
      <p className="note">
        A search keeps the ef best that it has seen, never fewer than it is asked for; one as broad as there are items
        is exact. Each replica draws its own levels, so that equal data makes unequal graphs. Data in clusters is found
        nearly whole; of uniform random vectors in many dimensions M 16 and ef 64 find about 0.6.
      </p>
      <Report />
    </>
  );
}

/** What the indexes take, or would, of vectors that a person loaded: nothing where that is no matter. */
function Memory({ config: { cluster, workload } }: { readonly config: RunConfig }) {
  const { replicaCount, searchIndex = DEFAULT_INDEX } = cluster;
  const [sentence, setSentence] = useState("");
  const { dataset } = workload;
  useEffect(() => {
    let isOver = false;
    setSentence("");
    if (!isLoaded(dataset)) return undefined;
    void import("../../../../data/memoryNeed.ts").then(
      ({ indexSentence }) => isOver || setSentence(indexSentence(dataset, replicaCount, searchIndex)),
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [dataset, replicaCount, searchIndex]);
  return sentence === "" ? null : <p className="note">{sentence}</p>;
}

/** The section. */
export function IndexSection({ config }: { readonly config: RunConfig }) {
  const services = useServices();
  const { cluster } = config;
  const index = cluster.searchIndex;
  const choose = (kind: (typeof KINDS)[number]["value"]) =>
    void order(services, setIndex(kind === "exact" ? undefined : DEFAULT_INDEX));
  return (
    <Section title="Search index">
      <Segmented label="Search" value={index === undefined ? "exact" : "hnsw"} choices={KINDS} onChoose={choose} />
      <Memory config={config} />
      {index === undefined ? (
        <p className="note">
          Every search looks at every item. HNSW, an approximate index, looks at few, and may miss some.
        </p>
      ) : (
        <IndexSettings cluster={cluster} index={index} config={config} />
      )}
    </Section>
  );
}
