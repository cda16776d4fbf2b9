/**
 * Changes that are made from the configuration as it is. What the page shows of it follows the run a few times a second:
 * two changes shortly after each other would undo one another if both were made from what is shown.
 */
import { isSame } from "../../base/equality.ts";
import type { Command } from "../../model/protocol/commands.ts";
import type { RunConfig } from "../../model/protocol/config.ts";
import type { AppServices } from "./appContext.ts";
import { attempt } from "./attempt.ts";
import { giveCommand } from "./deeds.ts";

/** Wall milliseconds that a change waits at most until the one before is in the picture: not every change is seen there. */
const PATIENCE = 150;

const turns = new WeakMap<AppServices, Promise<unknown>>();

/** Resolves once a picture has another configuration than `config`. */
function otherThan(config: RunConfig, { frames }: AppServices): Promise<void> {
  return new Promise((resolve) => {
    let stop: (() => void) | undefined;
    const end = () => {
      clearTimeout(timer);
      stop?.();
      resolve();
    };
    const timer = setTimeout(end, PATIENCE);
    stop = frames.subscribe((frame) => {
      if (!isSame(frame.config, config)) end();
    });
  });
}

/**
 * Gives the command that `change` makes of the newest configuration, behind all changes of before. Resolves to what is
 * wrong with it, or what the cluster has against it.
 */
export async function changeNewest(
  services: AppServices,
  change: (config: RunConfig) => Command | string | undefined,
): Promise<string | undefined> {
  const { frames, store } = services;
  const shown = frames.latest?.config ?? store.getState().config;
  const refused = shown && change(shown);
  // What is wrong in itself is said at once.
  if (typeof refused === "string") return refused;
  const before = turns.get(services) ?? Promise.resolve();
  const made = before.then(async () => {
    const config = frames.latest?.config ?? store.getState().config;
    const command = config && change(config);
    if (command === undefined || typeof command === "string") return { problem: command, isSeen: undefined };
    const outcome = await attempt(services, () => giveCommand(services, command));
    const problem = outcome?.taken === false ? outcome.problem.message : undefined;
    return {
      problem,
      isSeen: config !== undefined && outcome?.taken === true ? otherThan(config, services) : undefined,
    };
  });
  // The next change waits until this one is in the picture; whoever made this one does not.
  turns.set(
    services,
    made.then(
      ({ isSeen }) => isSeen,
      () => undefined,
    ),
  );
  return (await made).problem;
}
