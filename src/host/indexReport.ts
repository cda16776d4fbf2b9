/**
 * How good approximate indexes are: the questions of the continuous probe put to every replica, and to exact search over
 * the same items.
 */
import type { ReplicaId } from "../base/ids.ts";
import type { CatalogueItem } from "../model/client/workload.ts";
import { questionsOver } from "../model/cluster/probe.ts";
import type { ClusterState, Member } from "../model/cluster/state.ts";
import type { Embedding } from "../model/protocol/item.ts";
import type { DifferingQuestion, IndexReport } from "../model/protocol/searchIndex.ts";
import type { HostedRun } from "./hostedRun.ts";
import type { Examined, IndexQuestion } from "./indexes.ts";

/** Neighbours that each question asks for. */
const NEIGHBOURS = 10;

/** What a replica answered, and the standing in which it did. */
interface Known {
  readonly standing: string;
  readonly examined: Examined;
}

const known = new WeakMap<HostedRun, Map<ReplicaId, Known>>();

/** Equal standings are equal stores, searched in the same way. */
function standingOf({ config }: ClusterState, { incarnation, status }: Member): string {
  const { lastApplied, digest } = status;
  const { searchIndex } = config.cluster;
  return [incarnation, lastApplied, digest.high, digest.low, JSON.stringify(searchIndex)].join(" ");
}

/** What `member` answers; asked only where that can have changed. */
async function examinedOf(run: HostedRun, member: Member, question: IndexQuestion): Promise<Examined> {
  const ofRun = known.get(run) ?? new Map<ReplicaId, Known>();
  known.set(run, ofRun);
  const standing = standingOf(run.state, member);
  const before = ofRun.get(member.id);
  if (before?.standing === standing) return before.examined;
  const examined = await run.examine(member.id, question);
  ofRun.set(member.id, { standing, examined });
  return examined;
}

/** The largest group of running replicas whose stores have one digest; of equal groups the first. */
function converged(members: readonly Member[]): readonly Member[] {
  const groups = new Map<string, Member[]>();
  for (const member of members) {
    const { low, high } = member.status.digest;
    const key = `${high}:${low}`;
    groups.set(key, [...(groups.get(key) ?? []), member]);
  }
  return [...groups.values()].reduce((largest, group) => (group.length > largest.length ? group : largest), []);
}

/** The questions to which not all answer the same. */
function differing(
  answers: readonly Examined["answers"][],
  questions: readonly Embedding[],
  catalogue: readonly CatalogueItem[],
): readonly DifferingQuestion[] {
  return questions.flatMap((question, at) => {
    if (new Set(answers.map((of) => of[at]?.join("\n"))).size < 2) return [];
    const item = catalogue.find(({ drafts }) => drafts[0]?.embedding === question);
    const draft = item?.drafts[0];
    return item === undefined || draft === undefined
      ? []
      : [{ id: item.id, payload: draft.payload, vector: question.values }];
  });
}

/** Examines every running replica of `run`. */
export async function indexReportOf(run: HostedRun): Promise<IndexReport> {
  const { state } = run;
  const { catalogue } = state.workload;
  const questions = questionsOver(catalogue);
  const queries = questions.map(({ values }) => values);
  const alive = state.members.filter((member) => member.alive);
  const examined = new Map<ReplicaId, Examined>();
  const question = { queries, k: NEIGHBOURS };
  const ask = async (member: Member) => examined.set(member.id, await examinedOf(run, member, question));
  await Promise.all(alive.map(ask));
  const alike = converged(alive);
  const answers = alike.map(({ id }) => examined.get(id)?.answers ?? []);
  return {
    at: state.now,
    k: NEIGHBOURS,
    queries: queries.length,
    replicas: state.members.map(({ id, alive: isAlive }) => ({
      replicaId: id,
      alive: isAlive,
      index: examined.get(id)?.standing,
      recall: examined.get(id)?.recall,
    })),
    converged:
      alike.length < 2
        ? undefined
        : { replicas: alike.map(({ id }) => id), differing: differing(answers, questions, catalogue) },
  };
}
