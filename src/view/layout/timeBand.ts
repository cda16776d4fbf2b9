/**
 * The band of terms: who led when. A run is cut wherever a leadership begins or ends, so that each piece has the same
 * leaders throughout: one in the ordinary case, none during an election, two while a deposed leader has not heard.
 */
import type { Leadership } from "../../model/protocol/frame.ts";

/** A stretch with the same leaders. `to` is infinite for the piece that lasts. */
export interface BandPiece {
  readonly from: number;
  readonly to: number;
  /** Highest term first; empty where nobody led. */
  readonly leaderships: readonly Leadership[];
}

interface Turn {
  readonly at: number;
  readonly leadership: Leadership;
  readonly begins: boolean;
}

/** The pieces from the beginning of the run on, without gap or overlap. */
export function bandPieces(leaderships: readonly Leadership[]): readonly BandPiece[] {
  const pieces: BandPiece[] = [];
  const leading = new Set<Leadership>();
  let from = 0;
  const close = (to: number) => {
    if (to > from) pieces.push({ from, to, leaderships: [...leading].sort((a, b) => b.term - a.term) });
    from = to;
  };
  for (const turn of turnsOf(leaderships)) {
    close(turn.at);
    if (turn.begins) leading.add(turn.leadership);
    else leading.delete(turn.leadership);
  }
  close(Number.POSITIVE_INFINITY);
  return pieces;
}

/** Beginnings and ends in order of time; at one instant the ends come first. */
function turnsOf(leaderships: readonly Leadership[]): readonly Turn[] {
  const turns: Turn[] = [];
  for (const leadership of leaderships) {
    if (leadership.to !== undefined && leadership.to <= leadership.from) continue;
    turns.push({ at: leadership.from, leadership, begins: true });
    if (leadership.to !== undefined) turns.push({ at: leadership.to, leadership, begins: false });
  }
  return turns.sort((a, b) => a.at - b.at || Number(a.begins) - Number(b.begins));
}

/** The piece that holds `at`. */
export function pieceAt(pieces: readonly BandPiece[], at: number): BandPiece | undefined {
  return pieces.find((piece) => piece.from <= at && at < piece.to);
}

/** The pieces that reach into the span from `from` to `to`. */
export function piecesBetween(pieces: readonly BandPiece[], from: number, to: number): readonly BandPiece[] {
  return pieces.filter((piece) => piece.to > from && piece.from < to);
}
