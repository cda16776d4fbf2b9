/** The way that the question took through a replica's approximate index: a picture of the layers, and the same in words. */
import { useEffect, useMemo, useState } from "react";
import { nameOf, type ReplicaId, replicaIds } from "../../../../base/ids.ts";
import { indexOf } from "../../../../model/protocol/config.ts";
import type { SearchComparison } from "../../../../model/protocol/frame.ts";
import type { SearchPath } from "../../../../model/protocol/searchIndex.ts";
import { type LayerMark, layersPicture } from "../../../layout/indexLayers.ts";
import { useServices, useView } from "../../appContext.ts";
import { SelectField } from "../../controls/SelectField.tsx";
import "./searchWay.css";

/** The picture's own units; it is as wide as the panel. */
const WIDTH = 284;
/** Steps that are told one by one. */
const STEPS_TOLD = 24;

/** The way of the current question, asked for anew with every comparison. */
function usePath(replicaId: ReplicaId | undefined, comparison: SearchComparison): SearchPath | undefined {
  const { session, store } = useServices();
  const vector = useView((state) => state.question.vector);
  const [path, setPath] = useState<SearchPath>();
  useEffect(() => {
    let isOver = false;
    if (replicaId === undefined || vector === undefined) return undefined;
    session.searchPath(replicaId, vector, comparison.k).then(
      (found) => isOver || setPath(found),
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [session, replicaId, vector, comparison]);
  const shown = path?.replicaId === replicaId ? path : undefined;
  useEffect(() => {
    store.setState({ way: shown });
    return () => store.setState({ way: undefined });
  }, [store, shown]);
  return shown;
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
      {picture.marks.map((mark) => (
        <Mark key={`${mark.layer} ${mark.id}`} mark={mark} />
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
  const path = usePath(chosen, comparison);
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
      {path === undefined ? (
        <p className="note">{nameOf(chosen)} is down, or so broad a search looks at every item.</p>
      ) : (
        <>
          <Picture path={path} />
          <p className="note">
            {summary(path)} The further to the right, the nearer to the question. Square: where it began; filled:
            answered; crossed: deleted or replaced. The map shows the same way among the items.
          </p>
          <Steps steps={path.steps} />
        </>
      )}
    </section>
  );
}
