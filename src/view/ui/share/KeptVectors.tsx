/** Vectors that this browser keeps for runs of them: what they are, and how to be rid of them. */
import { Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import type { KeptVectors } from "../../storage/vectorShelf.ts";
import { count, plural } from "../../store/format.ts";
import { dropVectors, listVectors } from "../load/keptVectors.ts";

interface VectorsItemProps {
  readonly vectors: KeptVectors;
  readonly onDelete: () => void;
}

function VectorsItem({ vectors, onDelete }: VectorsItemProps) {
  const [isSure, setSure] = useState(false);
  const { file, rows, dimension, savedAt } = vectors;
  const when = new Date(savedAt).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  return (
    <li className="runs-item">
      <div className="runs-words">
        <p className="runs-name">{file}</p>
        <p className="note">
          {plural(rows, "row")} of {count(dimension)} numbers, kept {when}
        </p>
      </div>
      <div className="runs-verbs">
        <button
          type="button"
          className="button"
          data-kind={isSure ? undefined : "icon"}
          aria-label={isSure ? `Really delete the vectors of ${file}` : `Delete the vectors of ${file}`}
          onClick={() => (isSure ? onDelete() : setSure(true))}
          onBlur={() => setSure(false)}
        >
          <Trash2 size={16} aria-hidden="true" />
          {isSure ? "Really?" : null}
        </button>
      </div>
    </li>
  );
}

/** The list; nothing where nothing is kept. */
export function KeptVectorsList() {
  const [kept, setKept] = useState<readonly KeptVectors[]>([]);
  const refresh = () => void listVectors().then(setKept);
  useEffect(refresh, []);
  if (kept.length === 0) return null;
  return (
    <section aria-labelledby="kept-vectors">
      <h3 className="runs-heading" id="kept-vectors">
        Your own vectors
      </h3>
      <p className="note">Kept in this browser for a reload. Without them a run of them asks for its file.</p>
      <ul className="runs" aria-labelledby="kept-vectors">
        {kept.map((vectors) => (
          <VectorsItem
            key={vectors.digest}
            vectors={vectors}
            onDelete={() => void dropVectors(vectors.digest).then(refresh)}
          />
        ))}
      </ul>
    </section>
  );
}
