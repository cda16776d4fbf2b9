/**
 * Runs one replica over a window of virtual time. The same function runs in a worker, over a port and in the calling
 * thread, which is why they all write the same history.
 */
import { interleave, type Machine } from "../../base/interleave.ts";
import type { ReplicaInput } from "../protocol/step.ts";
import type { StepRecord, Work, WorkOutcome } from "../protocol/work.ts";
import { accept } from "./machine.ts";
import type { ReplicaState } from "./state.ts";
import { shownOf, statusOf } from "./status.ts";
import { dueTimer, nextTimerAt } from "./timers.ts";

function machineOf(state: ReplicaState): Machine<ReplicaInput, StepRecord> {
  return {
    address: state.id,
    nextTimerAt: () => nextTimerAt(state),
    dueTimer: () => dueTimer(state),
    process: (input, at, source) => {
      const effects = accept(state, input, at);
      return { at, source, timer: input.kind === "timer" ? input.timer : undefined, effects, shown: shownOf(state) };
    },
  };
}

/** Processes the events of `work` on `state`, which it changes in place. */
export function runReplica(state: ReplicaState, work: Work): WorkOutcome {
  const { processed, taken } = interleave(machineOf(state), work.inputs, work.until, work.limit);
  return { records: processed, taken, status: statusOf(state) };
}
