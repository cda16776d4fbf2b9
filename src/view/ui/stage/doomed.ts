/**
 * Struck cells of a log strip: acknowledged writes that the leader of the highest term does not have. They are not lost
 * yet, so what can be asked is why that leader lacks the last of them; once one is lost, why it is.
 */
import type { LogIndex, ReplicaId, Term } from "../../../base/ids.ts";
import type { Question } from "../../../model/protocol/chronicle.ts";
import type { Frame } from "../../../model/protocol/frame.ts";
import type { ViewState } from "../../store/viewStore.ts";
import type { Verb } from "./verb.ts";

interface Struck {
  readonly term: Term;
  readonly logIndex: LogIndex;
}

/** The last struck entry that the strip of `replicaId` shows. */
function lastStruck({ replicas, stripIndices }: Frame, replicaId: ReplicaId): Struck | undefined {
  const strip = replicas.find((replica) => replica.replicaId === replicaId)?.strip ?? [];
  const at = strip.findLastIndex(({ doomed }) => doomed);
  const [cell, logIndex] = [strip[at], stripIndices[at]];
  return cell === undefined || logIndex === undefined ? undefined : { term: cell.term, logIndex };
}

function leaderOf({ replicas }: Frame): ReplicaId | undefined {
  const leaders = replicas.filter(({ alive, status }) => alive && status.role === "leader");
  return leaders.toSorted((a, b) => b.status.currentTerm - a.status.currentTerm)[0]?.replicaId;
}

/** Why struck entries of `replicaId` will be rolled back; undefined where none is struck. */
export function doomedQuestion(replicaId: ReplicaId, { feed }: ViewState, frame: Frame): Question | undefined {
  const struck = lastStruck(frame, replicaId);
  const leader = leaderOf(frame);
  if (struck === undefined || leader === undefined) return undefined;
  const loss = feed.find(
    ({ fact }) =>
      fact.kind === "writeLost" && fact.version.term === struck.term && fact.version.logIndex === struck.logIndex,
  );
  if (loss !== undefined) return { kind: "fact", at: loss.at, sequence: loss.sequence };
  return { kind: "unapplied", at: frame.virtualNow, replicaId: leader, version: struck, id: "" };
}

/** The verb that asks; none where there is nothing to ask about. */
export function whyDoomed(replicaId: ReplicaId, state: ViewState, frame: Frame | undefined): readonly Verb[] {
  const count = state.replicas.find((replica) => replica.replicaId === replicaId)?.doomedCount ?? 0;
  const asked = frame === undefined || count === 0 ? undefined : doomedQuestion(replicaId, state, frame);
  if (asked === undefined) return [];
  const name = `Why will ${count === 1 ? "1 acknowledged write" : `${count} acknowledged writes`} be rolled back?`;
  return [{ id: "why", name, perform: ({ store }) => store.getState().askWhy(asked) }];
}
