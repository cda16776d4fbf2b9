/** One comparison after the other: a new order ends the one before. The thread lives as long as its result is shown. */
import { useCallback, useEffect, useState } from "react";
import type { ComparedRun, ComparisonOrder, RunComparison } from "../../../model/protocol/comparison.ts";
import { useServices } from "../appContext.ts";
import { wordsOf } from "../attempt.ts";
import { Playhead } from "./playhead.ts";

/** How a comparison stands. */
export type ComparisonState =
  | { readonly kind: "computing"; readonly share: number }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly message: string }
  | {
      readonly kind: "done";
      readonly order: ComparisonOrder;
      readonly runs: readonly ComparedRun[];
      readonly playhead: Playhead;
    };

const BEGUN: ComparisonState = { kind: "computing", share: 0 };

async function untilDone(
  comparison: RunComparison,
  isOver: () => boolean,
  onShare: (share: number) => void,
): Promise<readonly ComparedRun[] | undefined> {
  while (!isOver()) {
    const { share, result } = await comparison.advance();
    if (result !== undefined) return result;
    onShare(share);
  }
  return undefined;
}

/** Computes what `order` asks for; undefined while nothing is asked. */
export function useComparison(order: ComparisonOrder | undefined) {
  const { openComparison } = useServices();
  const [state, setState] = useState<ComparisonState>(BEGUN);
  const [isCancelled, setCancelled] = useState(false);
  useEffect(() => {
    if (order === undefined || isCancelled) return;
    const comparison = openComparison(order);
    let isOver = false;
    let playhead: Playhead | undefined;
    const fail = (error: unknown) => {
      if (!isOver) setState({ kind: "failed", message: wordsOf(error) });
    };
    const show = (runs: readonly ComparedRun[] | undefined) => {
      if (runs === undefined || isOver) return;
      playhead = new Playhead({
        span: order,
        pictures: (at, motion) => comparison.pictures(at, motion),
        onProblem: fail,
      });
      setState({ kind: "done", order, runs, playhead });
    };
    setState(BEGUN);
    untilDone(
      comparison,
      () => isOver,
      (share) => isOver || setState({ kind: "computing", share }),
    ).then(show, fail);
    return () => {
      isOver = true;
      playhead?.pause();
      comparison.close();
    };
  }, [order, isCancelled, openComparison]);
  const cancel = useCallback(() => {
    setCancelled(true);
    setState({ kind: "cancelled" });
  }, []);
  const again = useCallback(() => setCancelled(false), []);
  return { state, cancel, again };
}
