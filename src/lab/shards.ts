/** Trials over all cores: child processes that run the same TypeScript as this one, each given a piece at a time. */
import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { Flags, Trial } from "./experiments/experiment.ts";

/** One piece of work: these seeds of one case. */
export interface Piece {
  readonly experiment: string;
  readonly flags: Flags;
  readonly position: number;
  readonly firstSeed: number;
  readonly count: number;
}

/** What a child answers: the trials of its piece in order of seed. */
export interface PieceDone {
  readonly trials: readonly Trial[];
}

/** Seeds in one piece: enough that the way there and back costs nothing. */
export const PIECE_SIZE = 20;

const child = fileURLToPath(new URL("./trialProcess.ts", import.meta.url));

function runPiece(process: ChildProcess, piece: Piece): Promise<PieceDone> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a process of the experiment ended with ${code}`));
    process.once("exit", ended);
    process.once("message", (done: PieceDone) => {
      process.off("exit", ended);
      resolve(done);
    });
    process.send(piece);
  });
}

/** Runs all pieces; the answers are in the order of the pieces. `progress` hears how many trials are done. */
export async function runPieces(
  pieces: readonly Piece[],
  progress: (trials: number) => void,
): Promise<readonly PieceDone[]> {
  const done: PieceDone[] = [];
  let next = 0;
  let trials = 0;
  const work = async () => {
    const process = fork(child, [], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    try {
      for (let at = next; at < pieces.length; at = next) {
        next += 1;
        const piece = pieces[at];
        if (piece === undefined) break;
        done[at] = await runPiece(process, piece);
        trials += piece.count;
        progress(trials);
      }
    } finally {
      process.disconnect();
    }
  };
  const processes = Math.max(1, Math.min(availableParallelism(), pieces.length));
  await Promise.all(Array.from({ length: processes }, work));
  return done;
}
