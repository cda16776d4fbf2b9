/** A child of `shards.ts`: runs the trials of each piece that it is sent. Ends when its parent lets go of it. */
import { installFastestKernel } from "../host/kernel.ts";
import { experimentNamed, openExperiment } from "./experiments/catalogue.ts";
import type { Piece, PieceDone } from "./shards.ts";

function run({ experiment: name, flags, position, firstSeed, count }: Piece): PieceDone {
  const experiment = experimentNamed(name);
  if (experiment === undefined) throw new Error(`there is no experiment ${name}`);
  const opened = openExperiment(experiment, flags);
  if (!opened.ok) throw new Error(opened.problem);
  const one = opened.cases[position];
  if (one === undefined) throw new Error(`${name} has no case ${position}`);
  return { trials: Array.from({ length: count }, (_, at) => one.trial(firstSeed + at)) };
}

installFastestKernel();
process.on("message", (piece: Piece) => {
  process.send?.(run(piece));
});
