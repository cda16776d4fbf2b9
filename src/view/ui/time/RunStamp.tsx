/** Which run this is: seed and hash, as text that can be compared with the neighbour's, and copied. */
import { useServices, useView } from "../appContext.ts";
import { Tip } from "../controls/Tip.tsx";
import { copyText } from "./commands.ts";

/** The first eight digits in two groups. */
function shortHash(hash: string): string {
  return `${hash.slice(0, 4)} ${hash.slice(4, 8)}`.trim();
}

/** Under the thumb: the hash alone, as text. */
export function PhoneStamp() {
  const hash = useView((state) => state.runHash);
  return (
    <p className="time-stamp">
      <span className="only-read">Run hash {hash}</span>
      <span aria-hidden="true">
        run <span className="time-mono">{shortHash(hash)}</span>
      </span>
    </p>
  );
}

/** Hash and seed; a click copies the whole hash. */
export function RunStamp() {
  const services = useServices();
  const hash = useView((state) => state.runHash);
  const seed = useView((state) => state.config?.seed);
  if (seed === undefined) return null;
  return (
    <div className="time-stamp">
      <Tip
        text={`Every event so far is in this number: ${hash}. The same seed and the same deeds give the same one. Click to copy it.`}
      >
        <button
          type="button"
          className="time-hash"
          aria-label={`Run hash ${hash}, in short run ${shortHash(hash)}: copy`}
          onClick={() => void copyText(services, hash, "Run hash")}
        >
          run <span className="time-mono">{shortHash(hash)}</span>
        </button>
      </Tip>
      <div className="time-seed">
        seed <span className="time-mono">{seed}</span>
      </div>
    </div>
  );
}
