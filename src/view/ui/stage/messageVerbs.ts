/**
 * What can be done to one message: to the one that was chosen on the stage or from a link's list, or to the next that
 * is under way over a link, which is the only way while messages are too quick to be clicked.
 */
import { type Address, nameOf } from "../../../base/ids.ts";
import { type Micros, micros, millis, seconds } from "../../../base/units.ts";
import type { Command, NextMessage } from "../../../model/protocol/commands.ts";
import type { FlightFrame, Frame } from "../../../model/protocol/frame.ts";
import { isUnderWay } from "../../layout/flights.ts";
import { duration } from "../../store/format.ts";
import type { Selection } from "../../store/viewStore.ts";
import type { AppServices } from "../appContext.ts";
import { attempt } from "../attempt.ts";
import { giveCommand } from "../deeds.ts";
import { SHAPES } from "../draw/messageShapes.ts";
import { ordering, type Verb, type VerbGroup } from "./verb.ts";

type MessageAction = Extract<Command, { kind: "message" }>["action"];

/** By how much a message can be held back. */
const DELAYS: readonly Micros[] = [millis(20), millis(100), seconds(1)];

/** A link on which nothing is under way for so many pictures is silent: the wish is given up, in words. */
const MOST_TRIES = 120;

/** A list for choosing from, not for reading on. */
const MOST_LISTED = 12;

/** Drop, delay, duplicate; `perform` makes an order from an action. */
function actionVerbs(id: string, perform: (action: MessageAction) => Verb["perform"]): readonly Verb[] {
  const verb = (name: string, key: string, action: MessageAction): Verb => {
    const run = perform(action);
    return { id: `${id}-${key}`, name, ...(run === undefined ? {} : { perform: run }) };
  };
  return [
    verb("Drop it", "drop", { kind: "drop" }),
    ...DELAYS.map((by) => verb(`Delay it by ${duration(by)}`, `delay${by}`, { kind: "delay", by })),
    verb("Duplicate it", "duplicate", { kind: "duplicate" }),
  ];
}

/** The verbs of one message under way. */
export function messageVerbs({ flight }: Extract<Selection, { kind: "message" }>): readonly VerbGroup[] {
  return [actionVerbs("message", (action) => ordering([{ kind: "message", flight, action }]))];
}

/** "vote request r1 → r2, 4 ms to go". */
export function flightWords({ shape, from, to, deliverAt }: FlightFrame, now: Micros): string {
  const left = duration(micros(Math.max(0, deliverAt - now)));
  return `${SHAPES[shape].name} ${nameOf(from)} → ${nameOf(to)}, ${left} to go`;
}

/** What is under way between two members, the next to arrive first. */
export function flightsBetween({ flights, virtualNow }: Frame, a: Address, b: Address): readonly FlightFrame[] {
  return flights
    .filter(({ from, to }) => (from === a && to === b) || (from === b && to === a))
    .filter((flight) => flight.lostAt === undefined && isUnderWay(flight, virtualNow))
    .sort((one, other) => one.deliverAt - other.deliverAt);
}

/** Messages of a link: each that is under way while time stands still; the next one of each direction at any time. */
export function linkMessageVerbs(a: Address, b: Address, frame: Frame | undefined): VerbGroup {
  const verbs: Verb[] = [];
  if (frame?.playing === true) {
    verbs.push({
      id: "pauseForMessage",
      name: "Pause, to choose a message",
      perform: ({ session }) => session.pause(),
    });
  } else if (frame !== undefined) {
    const flights = flightsBetween(frame, a, b).slice(0, MOST_LISTED);
    verbs.push({
      id: "messages",
      name: `Messages on the way: ${flights.length === 0 ? "none" : flights.length}`,
      choices: flights.map((flight) => ({
        id: `flight-${flight.id}`,
        name: flightWords(flight, frame.virtualNow),
        choices: actionVerbs(`flight-${flight.id}`, (action) =>
          ordering([{ kind: "message", flight: flight.id, action }]),
        ),
      })),
    });
  }
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    verbs.push({
      id: `next-${from}`,
      name: `Next message ${nameOf(from)} → ${nameOf(to)}…`,
      choices: actionVerbs(
        `next-${from}`,
        (action) => (services) => orderNext(services, { kind: "nextMessage", from, to, of: undefined, action }),
      ),
    });
  }
  return verbs;
}

/** Orders `command` as soon as a message is under way: at every picture while time goes on, at once while it stands. */
export async function orderNext(services: AppServices, command: NextMessage): Promise<void> {
  const { frames, store } = services;
  const ask = () => attempt(services, () => giveCommand(services, command));
  let outcome = await ask();
  for (let tries = 1; tries < MOST_TRIES && isSilent(outcome) && frames.latest?.playing === true; tries += 1) {
    await nextFrame(services);
    outcome = await ask();
  }
  if (outcome?.taken === false) store.getState().notify(outcome.problem.message);
}

function isSilent(outcome: Awaited<ReturnType<AppServices["session"]["command"]>> | undefined): boolean {
  return outcome?.taken === false && outcome.problem.field === "flight";
}

function nextFrame({ frames }: AppServices): Promise<void> {
  return new Promise((resolve) => {
    // A listener hears of the newest picture at once; the next one is waited for.
    const before = frames.latest;
    const stop = frames.subscribe((frame) => {
      if (frame === before) return;
      stop();
      resolve();
    });
  });
}
