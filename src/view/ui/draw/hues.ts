/** A term's hue is one of a cycle of six; what has no term is neutral. The colours themselves are in tokens.css. */

/** Length of the cycle. */
export const HUES = 6;

/** Which of the six hues a term has, 1 to 6; 0 for term 0, which nobody led. */
export function hueOf(term: number): number {
  return term <= 0 ? 0 : ((term - 1) % HUES) + 1;
}
