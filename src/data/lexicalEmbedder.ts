/**
 * Text to vector without a model, "lexical similarity": texts are close when they share words, or parts of words. Each
 * word is hashed to one signed place of the vector, and each of its character 3- to 5-grams (with "<" and ">" at the
 * word's ends, so that beginnings and endings count) to another at half the weight. A word that occurs n times counts
 * 1 + ln n times. Stateless: no vocabulary and no IDF, so the same text has the same vector on every replica and in
 * every engine (the hashing trick, Weinberger et al. 2009; subwords as in fastText, Bojanowski et al. 2017).
 */
import { ln } from "../base/exactMath.ts";
import { type EmbeddingResult, unitVector } from "./embedding.ts";
import { textHash } from "./textHash.ts";

/** Values in an embedding of text. */
export const lexicalDimension = 256;

/** Words that say nothing about a product; a text of nothing else keeps them. */
const stopWords = new Set(
  "a an and any are as at be by do for from has have i in into is it its me my of on one or so some that the their them these this to want was when with you your".split(
    " ",
  ),
);

const wordWeight = 2;
const gramWeight = 1;
const shortestGram = 3;
const longestGram = 5;
const wordSalt = 1;
const gramSalt = 2;

/** Letters and digits of any script, with the marks that belong to them. */
const wordPattern = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

/** A part of a text, and how many times each of its words counts. */
export interface WeightedText {
  readonly text: string;
  readonly weight: number;
}

/** "'s" at the end of a word, with either apostrophe. */
const possessive = /['\u2019]s(?![\p{L}\p{N}])/gu;

/** The words of `text` in order: compatibility-normalised (NFKC), lower case, without "'s", plurals made singular. */
export function wordsOf(text: string): string[] {
  const words = text.normalize("NFKC").toLowerCase().replace(possessive, "").match(wordPattern) ?? [];
  return words.map(singular);
}

/** A plural's singular by the three commonest English endings; other words stay as they are. */
function singular(word: string): string {
  if (word.length < 4 || !word.endsWith("s") || /(?:ss|us|is)$/.test(word)) return word;
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(?:sh|ch|x|ss)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/**
 * The vector of a text, of {@link lexicalDimension} values and unit length; a message when it has no letter or digit.
 */
export function embedText(text: string): EmbeddingResult {
  return embedWeighted([{ text, weight: 1 }]);
}

/**
 * The features of words met before, for whoever embeds many texts at once: a place of the vector each, `~place` where
 * the sign is minus. The word's own comes first. It spares time and changes no vector.
 */
export type WordMemory = Map<string, Int16Array>;

/**
 * The vector of a text with parts of different weight: a word in a part of weight 3 counts as if it occurred three
 * times. `embedText` of the same words, weighted alike, gives the same vector.
 */
export function embedWeighted(parts: readonly WeightedText[], memory: WordMemory = new Map()): EmbeddingResult {
  const counts = new Map<string, number>();
  for (const part of parts) {
    for (const word of wordsOf(part.text)) counts.set(word, (counts.get(word) ?? 0) + part.weight);
  }
  const onlyStopWords = [...counts.keys()].every((word) => stopWords.has(word));
  const sums = new Float64Array(lexicalDimension);
  for (const [word, count] of counts) {
    if (stopWords.has(word) && !onlyStopWords) continue;
    let features = memory.get(word);
    if (features === undefined) {
      features = featuresOf(word);
      memory.set(word, features);
    }
    addFeatures(sums, features, 1 + ln(count));
  }
  const vector = unitVector(sums);
  if (vector === undefined) return { ok: false, message: "Type at least one word with a letter or a digit in it." };
  return { ok: true, vector };
}

/** The word and all its grams, hashed. */
function featuresOf(word: string): Int16Array {
  const features = [feature(textHash(word, wordSalt))];
  const marked = `<${word}>`;
  for (let start = 0; start < marked.length; start += 1) {
    for (let size = shortestGram; size <= longestGram && start + size <= marked.length; size += 1) {
      features.push(feature(textHash(marked, gramSalt, start, start + size)));
    }
  }
  return Int16Array.from(features);
}

/** The low byte of a hash is the place, its highest bit the sign. */
function feature(hash: number): number {
  const place = hash % lexicalDimension;
  return hash >= 0x8000_0000 ? ~place : place;
}

/** Adds a word's features, `times` as often as a single occurrence. */
function addFeatures(sums: Float64Array, features: Int16Array, times: number): void {
  let weight = wordWeight * times;
  for (let at = 0; at < features.length; at += 1) {
    const signed = features[at] ?? 0;
    const place = signed < 0 ? ~signed : signed;
    sums[place] = (sums[place] ?? 0) + (signed < 0 ? -weight : weight);
    weight = gramWeight * times;
  }
}
