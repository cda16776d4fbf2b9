/** Vector search as tutorials write it: an array of objects, both norms anew for every pair, everything sorted. */
export interface TutorialItem {
  readonly id: string;
  readonly embedding: readonly number[];
}

function cosineSimilarity(a: readonly number[], b: readonly number[]): number {
  let dot = 0;
  let normA = 0;
  let normB = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i] ?? 0;
    const y = b[i] ?? 0;
    dot += x * y;
    normA += x * x;
    normB += y * y;
  }
  return dot / (Math.sqrt(normA) * Math.sqrt(normB));
}

export function tutorialSearch(
  items: readonly TutorialItem[],
  query: readonly number[],
  k: number,
): readonly { readonly id: string; readonly score: number }[] {
  return items
    .map((item) => ({ id: item.id, score: cosineSimilarity(query, item.embedding) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, k);
}
