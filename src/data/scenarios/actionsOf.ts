/** From the commands of a run to the actions of a scenario file: the inverse of `commandsOf.ts`, to the bit. */
import { type Address, FIRST_CLIENT, nameOf } from "../../base/ids.ts";
import type { AimedCommand, Command, GameDay, ReplicaVerb, TimedCommand } from "../../model/protocol/commands.ts";
import type { RunConfig } from "../../model/protocol/config.ts";
import type { ActionFile, ActionOf } from "./actionSchema.ts";
import { durationText } from "./duration.ts";
import { indexFile } from "./indexFile.ts";
import { modeName, qualityFile } from "./partsOf.ts";
import type { Step } from "./words.ts";
import { searchAction, writeAction } from "./wordsOf.ts";

/** Whom a verb is for: a name, or how it is found. */
interface Target {
  readonly replica: string;
  readonly label?: number;
  readonly was?: string;
}

function verbAction(verb: ReplicaVerb, target: Target): ActionFile {
  switch (verb.kind) {
    case "pause":
      return { do: "pause", ...target, ...(verb.lasts === undefined ? {} : { lasts: durationText(verb.lasts) }) };
    case "slow":
      return { do: "slow", ...target, factor: verb.factor };
    case "clock":
      return { do: "clock", ...target, offset: durationText(verb.offset), drift: verb.drift };
    case "disk":
      return { do: "disk", ...target, syncTime: durationText(verb.syncTime), lies: verb.lies };
    default:
      return { do: verb.kind, ...target };
  }
}

function gameDayAction(plan: GameDay | undefined): ActionOf<"gameDay"> {
  if (plan === undefined) return { do: "gameDay", fault: "none" };
  const { fault, every, lasts } = plan;
  const often = { interval: durationText(every), lasts: durationText(lasts) };
  switch (fault.kind) {
    case "slow":
      return { do: "gameDay", fault: "slow", ...often, factor: fault.factor };
    case "pause": {
      const own = fault.lasts === undefined ? {} : { pauseLasts: durationText(fault.lasts) };
      return { do: "gameDay", fault: "pause", ...often, ...own };
    }
    default:
      return { do: "gameDay", fault: fault.kind, ...often };
  }
}

type Meddling = Extract<Command, { kind: "message" }>["action"];

function meddling(action: Meddling): Pick<ActionOf<"message">, "action" | "by"> {
  return action.kind === "delay" ? { action: "delay", by: durationText(action.by) } : { action: action.kind };
}

/** Clients' requests are numbered from their own address; see the model's `RequestId`. */
const PER_CLIENT = 0x1_0000_0000;

function retryAction({ requestId }: Extract<Command, { kind: "retry" }>): ActionOf<"retry"> {
  const address = Math.floor(requestId / PER_CLIENT);
  return { do: "retry", client: `c${address - FIRST_CLIENT + 1}`, request: requestId % PER_CLIENT };
}

function linkAction({ from, to, quality }: Extract<Command, { kind: "setLink" }>): ActionOf<"link"> {
  const ends = { from: nameOf(from), to: nameOf(to) };
  return quality === undefined
    ? { do: "link", ...ends, reset: true }
    : { do: "link", ...ends, ...qualityFile(quality) };
}

function namesOf(groups: readonly (readonly Address[])[]): string[][] {
  return groups.map((group) => group.map(nameOf));
}

type Setting = Extract<Command, { kind: `set${string}` }>;

function settingAction(command: Setting): ActionFile {
  switch (command.kind) {
    case "setMode":
      return { do: "setMode", mode: modeName(command.mode) };
    case "setQuorum":
      return { do: "setQuorum", writeQuorum: command.writeQuorum, readQuorum: command.readQuorum };
    case "setDegrade":
      return { do: "setDegrade", on: command.synchronousDegrades };
    case "setPolicy":
      return {
        do: "setPolicy",
        readPolicy: command.readPolicy,
        stalenessBound: durationText(command.stalenessBound),
      };
    case "setTimings": {
      const { electionTimeout, heartbeatInterval } = command;
      return {
        do: "setTimings",
        electionTimeout: [durationText(electionTimeout.min), durationText(electionTimeout.max)],
        heartbeatInterval: durationText(heartbeatInterval),
      };
    }
    case "setRule":
      return { do: "setRule", rule: command.rule, on: command.on };
    case "setCosts": {
      const { processingCost, diskSync } = command;
      return { do: "setCosts", processingCost: durationText(processingCost), fsyncTime: durationText(diskSync) };
    }
    case "setSearchIndex":
      return { do: "setSearchIndex", ...indexFile(command.index) };
    case "setGameDay":
      return gameDayAction(command.plan);
    case "setNetwork":
      return { do: "setNetwork", ...qualityFile(command.quality) };
    case "setLink":
      return linkAction(command);
    case "setRates":
      return { do: "setRates", ...command.rates };
  }
}

function isSetting(command: Command): command is Setting {
  return command.kind.startsWith("set");
}

function isForReplica(command: Command): command is Extract<Command, { readonly replicaId: unknown }> {
  return "replicaId" in command;
}

function aimedAction(command: AimedCommand): ActionFile {
  if (command.kind === "aimed") {
    const was = command.was === undefined ? {} : { was: nameOf(command.was) };
    return verbAction(command.verb, { replica: command.aim, label: command.label, ...was });
  }
  const { from, to, of, action } = command;
  const kind = of === undefined ? {} : { of };
  return { do: "message", from: nameOf(from), to: nameOf(to), ...kind, ...meddling(action) };
}

/** What can be done to a cluster but for replicas and settings. */
function otherAction(
  command: Exclude<Command, Setting | { readonly replicaId: unknown }>,
  config: RunConfig,
): ActionFile {
  switch (command.kind) {
    case "message":
      return { do: "message", flight: command.flight, ...meddling(command.action) };
    case "partition":
      return { do: "partition", groups: namesOf(command.groups), alone: true };
    case "heal":
      return { do: "heal" };
    case "cut":
    case "restore":
      return { do: command.kind, from: nameOf(command.from), to: nameOf(command.to) };
    case "write":
      return writeAction(command, config);
    case "search":
      return searchAction(command, config);
    case "retry":
      return retryAction(command);
  }
}

function actionOf(command: Step, config: RunConfig): ActionFile {
  if (command.kind === "aimed" || command.kind === "nextMessage") return aimedAction(command);
  if (isForReplica(command)) {
    const { replicaId, ...verb } = command;
    return verbAction(verb, { replica: nameOf(replicaId) });
  }
  return isSetting(command) ? settingAction(command) : otherAction(command, config);
}

/** One action for each command. */
export function actionsOf(commands: readonly TimedCommand[], config: RunConfig): ActionFile[] {
  return commands.map(({ at, command }) => ({ at: durationText(at), ...actionOf(command, config) }));
}
