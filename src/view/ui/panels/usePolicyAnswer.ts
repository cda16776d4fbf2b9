/** Who would answer a client now, by the newest picture: shown anew when that changes, at most as often as facts do. */
import { useMemo } from "react";
import { keep } from "../../../base/equality.ts";
import type { ClientId } from "../../../base/ids.ts";
import { type PolicyAnswer, policyAnswer } from "../../store/policyAnswer.ts";
import { useServices, useView } from "../appContext.ts";

/** Undefined without a client, and before the first picture. */
export function usePolicyAnswer(client: ClientId | undefined): PolicyAnswer | undefined {
  const { frames } = useServices();
  const answerNow = useMemo(() => {
    let known: PolicyAnswer | undefined;
    return () => {
      const { latest } = frames;
      const answer = latest === undefined || client === undefined ? undefined : policyAnswer(latest, client);
      known = keep(known, answer);
      return known;
    };
  }, [frames, client]);
  return useView(answerNow);
}
