// Who answers a client by one picture, against what the client and the replica themselves do at that instant, in runs
// under random trouble: crashes, pauses, cuts, wrong clocks, undone writes, changes of policy and bound.
import { expect, it } from "vitest";
import { clientSlotOf, type ReplicaId, replicaId } from "../../../src/base/ids.ts";
import { nextBelow, nextChance, type RngState, rngStream, Stream } from "../../../src/base/rng.ts";
import { type Micros, millis, seconds } from "../../../src/base/units.ts";
import { type Ask, stepClient } from "../../../src/model/client/client.ts";
import { askedProblem } from "../../../src/model/cluster/aim.ts";
import { buildFrame } from "../../../src/model/cluster/frame.ts";
import type { InlineRun, Stepping } from "../../../src/model/cluster/inline.ts";
import type { Command } from "../../../src/model/protocol/commands.ts";
import type { ReadPolicy } from "../../../src/model/protocol/config.ts";
import type { ClientFrame, Frame } from "../../../src/model/protocol/frame.ts";
import { step } from "../../../src/model/replica/step.ts";
import { policyAnswer } from "../../../src/view/store/policyAnswer.ts";
import { shake } from "../../support/shakenRun.ts";

const POLICIES: readonly ReadPolicy[] = ["any", "session", "bounded"];
const ask: Ask = { kind: "read", question: { kind: "get", id: "c-1" } };

function pictureOf(run: InlineRun): Frame {
  const travelled = { end: run.state.now, fact: 0, branch: 0 };
  const playback = { runId: 1, playing: true, playbackRate: 1, reachedRate: 1, failure: undefined, travelled };
  return buildFrame(run.state, playback);
}

/** Whom the client really asks at this instant; undefined when it asks nobody, having too many operations open. */
function reallyAsked({ state }: InlineRun, client: ClientFrame, at: Micros) {
  const machine = structuredClone(state.clients[clientSlotOf(client.clientId)]);
  if (machine === undefined) throw new Error("there is no such client");
  const effects = stepClient(machine, { kind: "ask", ask }, at, state.config);
  return effects.find((effect) => effect.kind === "send");
}

/** Whether the replica answers at once if that message reaches it at this instant. */
function answersAtOnce(
  { replicas }: InlineRun,
  sent: NonNullable<ReturnType<typeof reallyAsked>>,
  from: ClientFrame,
  at: Micros,
) {
  const replica = replicas.get(sent.to);
  if (replica === undefined || sent.message.kind !== "readRequest") return false;
  const { requestId } = sent.message;
  const { effects } = step(
    structuredClone(replica),
    { kind: "message", from: from.clientId, message: sent.message },
    at,
  );
  return effects.some(
    (effect) =>
      effect.kind === "send" && effect.message.kind === "clientReply" && effect.message.requestId === requestId,
  );
}

/** Whether a message gets there and its answer back: no crash, no cut, no pause. */
function canAnswer(run: InlineRun, id: ReplicaId, { clientId }: ClientFrame): boolean {
  const replica = run.replicas.get(id);
  const { links } = run.state.network;
  const isCut = [...links.values()].some(
    ({ from, to, cut }) => cut && ((from === clientId && to === id) || (from === id && to === clientId)),
  );
  return replica !== undefined && !isCut && !replica.conditions.paused && replica.quarantinedUntil === undefined;
}

/** What the other trouble does not make. */
function moreTrouble(rng: RngState): Command {
  const id = replicaId(1 + nextBelow(rng, 5));
  const choice = nextBelow(rng, 4);
  if (choice === 0) return { kind: "pause", replicaId: id };
  if (choice === 1) return { kind: "resume", replicaId: id };
  if (choice === 2) {
    const offset = millis(nextBelow(rng, 1_000) - 500);
    return { kind: "clock", replicaId: id, offset, drift: nextBelow(rng, 150) / 100 - 0.5 };
  }
  const readPolicy = POLICIES[nextBelow(rng, POLICIES.length)] ?? "any";
  return { kind: "setPolicy", readPolicy, stalenessBound: millis(1 + nextBelow(rng, 300)) };
}

it.each<readonly [seed: number, stepping: Stepping]>([
  [1, "event"],
  [2, "window"],
  [3, "event"],
  [4, "window"],
])(
  "says whom a client asks and whether it waits, as both do: seed %i, %s",
  (seed, stepping) => {
    const rng = rngStream(seed, Stream.faults, 17);
    const seen = new Set<string>();
    const look = (run: InlineRun) => {
      const frame = pictureOf(run);
      const { readPolicy } = frame.config.cluster;
      const client = frame.clients[nextBelow(rng, frame.clients.length)];
      if (client === undefined) throw new Error("there are clients");
      const sent = reallyAsked(run, client, frame.virtualNow);
      if (sent === undefined) return;
      const said = policyAnswer(frame, client.clientId);
      expect(client.readsAt).toBe(sent.to);
      if (!canAnswer(run, sent.to, client)) {
        expect(said).toMatchObject({ replicaId: undefined, waits: "no" });
        seen.add("nobody");
        return;
      }
      const waits = answersAtOnce(run, sent, client, frame.virtualNow) ? "no" : "yes";
      expect(said, `${readPolicy} at ${frame.virtualNow}: ${said.reason}`).toMatchObject({ replicaId: sent.to, waits });
      seen.add(`${readPolicy} ${waits}`);
    };
    const lookAndDisturb = (run: InlineRun) => {
      look(run);
      if (!nextChance(rng, 0.05)) return;
      const command = moreTrouble(rng);
      if (askedProblem(run.state, command) === undefined) run.command(command);
    };
    shake(seed, seconds(30), lookAndDisturb, { stepping });
    // The trouble made each of these happen; under any policy a wiped replica lets everybody wait.
    const asked = ["any no", "any yes", "bounded no", "bounded yes", "session no", "session yes"];
    expect([...seen].sort()).toEqual([...asked, "nobody"].sort());
  },
  120_000,
);
