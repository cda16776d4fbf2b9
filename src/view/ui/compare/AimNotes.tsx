/** Gestures on the leader: whom they hit in the open run, and whom in the compared ones where that is somebody else. */
import { nameOf } from "../../../base/ids.ts";
import type { AimFound } from "../../../model/protocol/comparison.ts";
import { instant, list } from "../../store/format.ts";
import type { NamedRun } from "./runNames.ts";

/** One gesture as the runs took it: "crash at 6.000 s: r1 in the open run; r2 under Quorum". */
export function aimSentences(runs: readonly NamedRun[]): readonly string[] {
  const gestures = runs[0]?.run.aims ?? [];
  return gestures.flatMap(({ at, verb, was }, position) => {
    const others = runs.flatMap(({ title, run }) => {
      const aim = run.aims[position];
      return aim === undefined || aim.found === was ? [] : [`${foundWords(aim)} in ${title}`];
    });
    if (others.length === 0) return [];
    return [`${verb} at ${instant(at)} s: ${nameOf(was)} in the open run, ${list(others)}`];
  });
}

function foundWords({ found }: AimFound): string {
  return found === undefined ? "nobody" : nameOf(found);
}

/** Nothing where no gesture was on the leader. */
export function AimNotes({ runs }: { readonly runs: readonly NamedRun[] }) {
  if (runs.every(({ run }) => run.aims.length === 0)) return null;
  const sentences = aimSentences(runs);
  if (sentences.length === 0) {
    return <p className="note">What you did to the leader met the same replica in every run.</p>;
  }
  return (
    <div className="note">
      <p>What you did to the leader is done to whoever leads. It met others here:</p>
      <ul className="compare-notes">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}
