/**
 * A replica's glyph: a disc that becomes a diamond for a candidate, a thick ring for a leader, a countdown ring for whoever
 * waits for an election, a dashed outline with a cross when it is down; role letter and term inside. Shapes change by
 * CSS transition (180 ms, none with reduced motion), hues at once.
 */
import type { StageSizes } from "../../layout/stageSizes.ts";
import { hueOf } from "./hues.ts";
import type { ReplicaStory } from "./replicaStory.ts";
import { append, show, write, writeText } from "./svg.ts";

/** Below this share of its time the countdown turns to ink: it is the next event. */
export const COUNTDOWN_LAST = 0.2;

/** Steps in which a countdown is drawn: finer than one pixel of the largest ring. */
const COUNTDOWN_STEPS = 360;

/** How far a circle's control points are from its ends, as a share of the radius. */
const ROUND = 0.5523;

export interface GlyphFigure {
  readonly element: SVGGElement;
  /** Sizes change with the stage, the number of replicas and the device. */
  readonly resize: (sizes: StageSizes) => void;
  readonly draw: (story: ReplicaStory) => void;
}

/** Adds a glyph around the origin of `parent`. */
export function glyphFigure(parent: Element): GlyphFigure {
  const element = append(parent, "g", "stage-glyph");
  const focus = append(element, "circle", "stage-focus");
  const track = append(element, "circle", "stage-track");
  const countdown = append(element, "circle", "stage-countdown");
  const leaderRing = append(element, "circle", "stage-leader-ring");
  const outline = append(element, "circle", "stage-dead-outline");
  const body = append(element, "path", "stage-body");
  const cross = append(element, "path", "stage-cross");
  const letter = append(element, "text", "stage-letter");
  const term = append(element, "text", "stage-term");
  write(countdown, "pathLength", 1);
  write(countdown, "transform", "rotate(-90)");
  let sizes: StageSizes | undefined;

  const resize = (next: StageSizes) => {
    sizes = next;
    write(focus, "r", next.reach + 5);
    for (const ring of [track, countdown]) {
      write(ring, "r", next.ring);
      write(ring, "stroke-width", next.ringWidth);
    }
    write(leaderRing, "r", next.leaderRing);
    write(leaderRing, "stroke-width", next.leaderRingWidth);
    write(outline, "r", next.disc);
    write(outline, "stroke-width", Math.max(1.5, next.disc / 22));
    const arm = next.disc * 0.42;
    write(cross, "d", `M${-arm} ${-arm}L${arm} ${arm}M${-arm} ${arm}L${arm} ${-arm}`);
    write(cross, "stroke-width", Math.max(3, next.disc * 0.15));
    write(letter, "data-step", next.letterStep);
    write(term, "data-step", next.termStep);
  };

  const draw = (story: ReplicaStory) => {
    if (sizes === undefined) return;
    write(element, "data-shape", story.shape);
    write(element, "data-hue", hueOf(story.term));
    const isDead = story.shape === "dead";
    const isCandidate = story.shape === "candidate";
    write(body, "d", isCandidate ? diamondPath(sizes.diamond) : discPath(sizes.disc));
    const left = story.countdown;
    show(track, left !== undefined);
    show(countdown, left !== undefined && left > 0);
    if (left !== undefined) {
      const drawn = Math.ceil(left * COUNTDOWN_STEPS) / COUNTDOWN_STEPS;
      write(countdown, "stroke-dasharray", `${drawn.toFixed(4)} 2`);
      write(countdown, "data-last", left < COUNTDOWN_LAST ? "" : undefined);
    }
    show(letter, !isDead && sizes.letterStep !== undefined);
    show(term, !isDead);
    writeText(letter, story.letter);
    writeText(term, String(story.term));
    const middle = sizes.letterStep === undefined ? 0 : sizes.disc * 0.17;
    write(term, "y", middle);
    write(letter, "y", -sizes.disc * (sizes.termStep === 5 ? 0.46 : 0.48));
  };

  return { element, resize, draw };
}

/** A disc as four curves, so that it can turn into a diamond. */
function discPath(radius: number): string {
  return fourCurves(radius, radius * ROUND);
}

/** A diamond as the same four curves, pulled straight. */
function diamondPath(half: number): string {
  return fourCurves(half, half / 3, true);
}

function fourCurves(r: number, k: number, straight = false): string {
  const n = (value: number) => Math.round(value * 100) / 100;
  const corners = [
    [0, -r],
    [r, 0],
    [0, r],
    [-r, 0],
  ] as const;
  const parts = corners.map(([x, y], at) => {
    const [toX, toY] = corners[(at + 1) % 4] ?? [0, -r];
    const c1 = straight ? [x + (toX - x) / 3, y + (toY - y) / 3] : [x - (y * k) / r, y + (x * k) / r];
    const c2 = straight ? [toX - (toX - x) / 3, toY - (toY - y) / 3] : [toX + (toY * k) / r, toY - (toX * k) / r];
    return `C${n(c1[0] ?? 0)} ${n(c1[1] ?? 0)} ${n(c2[0] ?? 0)} ${n(c2[1] ?? 0)} ${n(toX)} ${n(toY)}`;
  });
  return `M0 ${n(-r)}${parts.join("")}Z`;
}
