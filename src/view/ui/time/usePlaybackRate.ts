/**
 * The speed as a control shows it: what was asked for at once, because the run's own answer comes with a later frame
 * and a thumb must not jump back under a finger.
 */
import { useEffect, useState } from "react";
import { isSameRate } from "../../layout/timeSpeed.ts";
import { useServices, useView } from "../appContext.ts";
import { attempt } from "../attempt.ts";

/** How long the run's answer may take before the control shows the run's own speed again. */
const PATIENCE = 1_000;

/** How long the run must fall short until it is said: a hiccup of the browser is none. */
const CERTAINTY = 1_500;

/** Below this share of what was asked, the ruler says what is reached. */
const KEEPS_UP = 0.8;

export interface PlaybackRate {
  readonly rate: number;
  readonly setRate: (rate: number) => void;
}

/** The speed and the way to change it. */
export function usePlaybackRate(): PlaybackRate {
  const services = useServices();
  const known = useView((state) => state.playbackRate);
  const [asked, setAsked] = useState<number>();
  useEffect(() => {
    if (asked === undefined) return;
    if (isSameRate(asked, known)) {
      setAsked(undefined);
      return;
    }
    const timer = setTimeout(() => setAsked(undefined), PATIENCE);
    return () => clearTimeout(timer);
  }, [asked, known]);
  const setRate = (rate: number) => {
    setAsked(rate);
    void attempt(services, () => services.session.setPlaybackRate(rate));
  };
  return { rate: asked ?? known, setRate };
}

/** What the workers reach, once that was clearly less than what was asked for long enough to be certain. */
export function useShortfall(rate: number): number | undefined {
  const reached = useView(({ playing, playbackRate, reachedRate }) =>
    playing && isSameRate(playbackRate, rate) && reachedRate < KEEPS_UP * playbackRate
      ? Number(reachedRate.toPrecision(2))
      : undefined,
  );
  const [certainOf, setCertainOf] = useState<number>();
  const isShort = reached !== undefined;
  useEffect(() => {
    const timer = setTimeout(() => setCertainOf(isShort ? rate : undefined), isShort ? CERTAINTY : 0);
    return () => clearTimeout(timer);
  }, [isShort, rate]);
  return certainOf === rate ? reached : undefined;
}
