/**
 * A 32-bit hash of short texts: FNV-1a over UTF-16 code units (Fowler, Noll, Vo), then the finaliser of MurmurHash3,
 * because FNV alone leaves the low bits of similar words alike. Integer arithmetic only, the same in every engine. The
 * embeddings of all items hang on it: changing it changes every run.
 */

/** Hash of `text` from `start` to before `end`, as an unsigned integer. Different salts give independent hashes. */
export function textHash(text: string, salt: number, start = 0, end = text.length): number {
  let hash = 0x811c9dc5 ^ salt;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
