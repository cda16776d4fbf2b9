/** What can be done to a link, and to a client with its link. */
import { type Address, type ClientId, nameOf } from "../../../base/ids.ts";
import type { Command } from "../../../model/protocol/commands.ts";
import type { LinkQuality, NetworkConfig } from "../../../model/protocol/config.ts";
import type { Frame } from "../../../model/protocol/frame.ts";
import { slowed } from "../../layout/linkQuality.ts";
import type { ViewState } from "../../store/viewStore.ts";
import { questionOf, suggestionsFor } from "../panels/search/questions.ts";
import { linkMessageVerbs } from "./messageVerbs.ts";
import { both, cutDirections, healing, ordering, type Verb, type VerbGroup } from "./verb.ts";

/** How much slower "slow" is, and how much "lossy" loses. */
const SLOW_FACTOR = 5;
const LOSSY_SHARE = 0.2;

/** The verbs of the link between two members. */
export function linkVerbs(
  from: Address,
  to: Address,
  state: ViewState,
  frame: Frame | undefined,
): readonly VerbGroup[] {
  const network = state.config?.network;
  const quality = network === undefined ? [] : qualityVerbs(from, to, network);
  const groups = [cutVerbs(from, to, state), quality, linkMessageVerbs(from, to, frame), ...healing(state)];
  return groups.filter((group) => group.length > 0);
}

function cutVerbs(from: Address, to: Address, state: ViewState): VerbGroup {
  const cut = cutDirections(from, to, state);
  const cuts: Verb[] = [];
  for (const [a, b] of [
    [from, to],
    [to, from],
  ] as const) {
    if (cut.includes(a)) {
      if (cut.length === 2) continue;
      cuts.push({
        id: `restore-${a}`,
        name: `Restore ${nameOf(a)} → ${nameOf(b)}`,
        perform: ordering([{ kind: "restore", from: a, to: b }]),
      });
      continue;
    }
    cuts.push({
      id: `cut-${a}`,
      name: `Cut ${nameOf(a)} → ${nameOf(b)}`,
      perform: ordering([{ kind: "cut", from: a, to: b }]),
    });
  }
  if (cut.length === 0) cuts.push({ id: "cutBoth", name: "Cut both ways", perform: ordering(both("cut", from, to)) });
  if (cut.length === 2) cuts.push({ id: "restore", name: "Restore", perform: ordering(both("restore", from, to)) });
  return cuts;
}

function qualityVerbs(from: Address, to: Address, network: NetworkConfig): VerbGroup {
  const ends = [
    [from, to],
    [to, from],
  ] as const;
  const own = (a: Address, b: Address) =>
    network.overrides.find((override) => override.from === a && override.to === b)?.quality;
  const changed = (change: (now: LinkQuality) => LinkQuality | undefined): readonly Command[] =>
    ends.map(([a, b]) => ({ kind: "setLink", from: a, to: b, quality: change(own(a, b) ?? network.quality) }));
  const quality: Verb[] = [
    {
      id: "slow",
      name: `Make slow ×${SLOW_FACTOR}`,
      perform: ordering(changed((now) => ({ ...now, latency: slowed(network.quality, SLOW_FACTOR).latency }))),
    },
    {
      id: "lossy",
      name: `Lose ${LOSSY_SHARE * 100} %`,
      perform: ordering(changed((now) => ({ ...now, loss: LOSSY_SHARE }))),
    },
    {
      id: "tune",
      name: "Latency, loss, bandwidth…",
      choices: ends.map(([a, b]) => ({
        id: `tune-${a}`,
        name: `${nameOf(a)} → ${nameOf(b)}`,
        perform: ({ store }) => store.getState().tuneLink(a, b),
      })),
    },
  ];
  const isOwn = ends.some(([a, b]) => own(a, b) !== undefined);
  if (isOwn) quality.push({ id: "asNetwork", name: "As the network", perform: ordering(changed(() => undefined)) });
  return quality;
}

/** The verbs of a client. */
export function clientVerbs(clientId: ClientId, state: ViewState): readonly VerbGroup[] {
  const home = state.clients.find((client) => client.clientId === clientId)?.home;
  const writing: Verb = {
    id: "write",
    name: "Write…",
    perform: ({ store }) => {
      store.getState().select({ kind: "client", clientId });
      store.getState().setPanel("write");
    },
  };
  const links: Verb[] = [];
  if (home !== undefined) {
    const isCut = cutDirections(clientId, home, state).length > 0;
    links.push(
      isCut
        ? { id: "restore", name: `Restore link to ${nameOf(home)}`, perform: ordering(both("restore", clientId, home)) }
        : { id: "cut", name: `Cut link to ${nameOf(home)}`, perform: ordering(both("cut", clientId, home)) },
      {
        id: "tune",
        name: `Latency, loss to ${nameOf(home)}…`,
        perform: ({ store }) => store.getState().tuneLink(clientId, home),
      },
    );
  }
  const asking = searchVerb(clientId, state);
  const own = asking === undefined ? [writing] : [writing, asking];
  return [own, links, ...healing(state)].filter((group) => group.length > 0);
}

/** A search of the run: the client asks as the read policy says, and what it hears is judged. */
function searchVerb(client: ClientId, { question, config }: ViewState): Verb | undefined {
  if (config === undefined) return undefined;
  const { dataset, k } = config.workload;
  const asked = question.vector === undefined ? questionOf(dataset, suggestionsFor(dataset)[0] ?? "") : question;
  if (asked.vector === undefined) return undefined;
  return {
    id: "search",
    name: `Search: ${asked.label}`,
    perform: ordering([{ kind: "search", client, values: asked.vector, k }]),
  };
}
