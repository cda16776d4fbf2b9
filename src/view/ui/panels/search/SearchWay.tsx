/** The way that the question took through a replica's approximate index: a picture of the layers, and the same in words. */
import { useEffect, useMemo, useState } from "react";
import { nameOf, type ReplicaId, replicaIds } from "../../../../base/ids.ts";
import { indexOf } from "../../../../model/protocol/config.ts";
import type { SearchComparison } from "../../../../model/protocol/frame.ts";
import type { SearchPath } from "../../../../model/protocol/searchIndex.ts";
import { type LayerMark, layersPicture } from "../../../layout/indexLayers.ts";
import { useServices, useView } from "../../appContext.ts";
import { wordsOf } from "../../attempt.ts";
import { SelectField } from "../../controls/SelectField.tsx";
import "./searchWay.css";

/** The picture's own units; it is as wide as the panel. */
const WIDTH = 284;
/** Steps that are told one by one. */
const STEPS_TOLD = 24;

/** What became of asking for the way of one replica. */
type Asked =
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly problem: string }
  | { readonly kind: "exact" }
  | { readonly kind: "path"; readonly path: SearchPath };

const LOADING: Asked = { kind: "loading" };

/** The way of the current question, asked for anew with every comparison; until it is there, the one before stands. */
function usePath(replicaId: ReplicaId | undefined, comparison: SearchComparison): Asked {
  const { session, store } = useServices();
  const vector = useView((state) => state.question.vector);
  const [asked, setAsked] = useState<{ readonly of: ReplicaId; readonly answer: Asked }>();
  useEffect(() => {
    let isOver = false;
    if (replicaId === undefined || vector === undefined) return undefined;
    const tell = (answer: Asked) => isOver || setAsked({ of: replicaId, answer });
    session.searchPath(replicaId, vector, comparison.k).then(
      (path) => tell(path === undefined ? { kind: "exact" } : { kind: "path", path }),
      (error: unknown) => tell({ kind: "failed", problem: wordsOf(error) }),
    );
    return () => {
      isOver = true;
    };
  }, [session, replicaId, vector, comparison]);
  const answer = asked?.of === replicaId ? asked?.answer : undefined;
  const way = answer?.kind === "path" ? answer.path : undefined;
  useEffect(() => {
    store.setState({ way });
    return () => store.setState({ way: undefined });
  }, [store, way]);
  return answer ?? LOADING;
}

function Mark({ mark }: { readonly mark: LayerMark }) {
  const { x, y, kind, id, score } = mark;
  return (
    <g className="way-mark" data-kind={kind} transform={`translate(${x} ${y})`}>
      {kind === "entry" ? <rect x={-4.5} y={-4.5} width={9} height={9} /> : <circle r={kind === "answer" ? 4 : 3} />}
      {kind === "dead" ? <path d="M-3 -3L3 3M-3 3L3 -3" /> : null}
      <title>{`${id}, ${score.toFixed(3)}`}</title>
    </g>
  );
}

function Picture({ path }: { readonly path: SearchPath }) {
  const picture = useMemo(() => layersPicture(path, WIDTH), [path]);
  return (
    <svg
      className="way-picture"
      viewBox={`0 0 ${picture.width} ${picture.height}`}
      role="img"
      aria-label={summary(path)}
    >
      {picture.bands.map(({ layer, top, height }) => (
        <rect
          key={layer}
          className="way-band"
          x={0.5}
          y={top + 1.5}
          width={picture.width - 1}
          height={height - 3}
          rx={3}
        />
      ))}
      {picture.descent === "" ? null : <path className="way-descent" d={picture.descent} />}
      {picture.bands.map(({ layer, nodes, top }) => (
        <text key={layer} className="way-label" x={8} y={top + 15}>
          {`Layer ${layer}, ${nodes.toLocaleString("en-US")} ${nodes === 1 ? "node" : "nodes"}`}
        </text>
      ))}
      {picture.marks.map((mark, at) => (
        <Mark key={at} mark={mark} />
      ))}
    </svg>
  );
}

/** What happened, in a sentence. */
function summary({ layers, steps, looked, ef, found }: SearchPath): string {
  const [entry] = steps;
  const nodes = (layers[0] ?? 0).toLocaleString("en-US");
  const from = entry === undefined ? "" : `, from ${entry.id} in layer ${entry.layer}`;
  return `Looked at ${looked.toLocaleString("en-US")} of ${nodes} nodes${from}, keeping the ${ef} best, and answered ${found.length}.`;
}

function Steps({ steps }: { readonly steps: SearchPath["steps"] }) {
  const hidden = steps.length - STEPS_TOLD;
  return (
    <details className="way-steps">
      <summary>Step by step</summary>
      <ol>
        {steps.slice(0, STEPS_TOLD).map(({ layer, id, score, isDead }, at) => (
          <li key={at}>
            Layer {layer}: <code>{id}</code> {score.toFixed(3)}
            {isDead ? ", deleted or replaced: a stepping stone" : ""}
          </li>
        ))}
      </ol>
      {hidden > 0 ? <p className="note">And {hidden} more.</p> : null}
    </details>
  );
}

/** Why there is no picture. */
function noPathWords(name: string, asked: Exclude<Asked, { kind: "path" }>, isAlive: boolean): string {
  if (!isAlive) return `${name} is down.`;
  if (asked.kind === "loading") return `Asking ${name} which way it took …`;
  if (asked.kind === "failed") return `${name} did not tell which way it took: ${asked.problem}`;
  return `So broad a search looks at every item of ${name}: it is exact.`;
}

/** The way, of a replica that one chooses. */
export default function SearchWay({ comparison }: { readonly comparison: SearchComparison }) {
  const cluster = useView((state) => state.config?.cluster);
  const indexed = useMemo(
    () =>
      cluster === undefined ? [] : replicaIds(cluster.replicaCount).filter((id) => indexOf(cluster, id) !== undefined),
    [cluster],
  );
  const [wanted, setWanted] = useState<ReplicaId>();
  const chosen = indexed.find((id) => id === wanted) ?? indexed[0];
  const asked = usePath(chosen, comparison);
  const isAlive = comparison.answers.find((answer) => answer.replicaId === chosen)?.alive !== false;
  if (chosen === undefined) return null;
  return (
    <section className="way" aria-label="The way of this search">
      <SelectField
        label="The way through the index of"
        row
        value={nameOf(chosen)}
        choices={indexed.map((id) => ({ value: nameOf(id), label: nameOf(id) }))}
        onChoose={(name) => setWanted(indexed.find((id) => nameOf(id) === name))}
      />
      {asked.kind !== "path" ? (
        <p className="note">{noPathWords(nameOf(chosen), asked, isAlive)}</p>
      ) : (
        <>
          <Picture path={asked.path} />
          <p className="note">
            {summary(asked.path)} The further to the right, the nearer to the question. Square: where it began; filled:
            answered; crossed: deleted or replaced. The map shows the same way among the items.
          </p>
          <Steps steps={asked.path.steps} />
        </>
      )}
    </section>
  );
}
