/** Compression for links: deflate with a dictionary of what stands in every one of them; unpacking ends at a bound. */
import { deflateSync, Inflate } from "fflate";

/**
 * What documents are made of, the commonest last. It is part of the format: another dictionary is another version of links.
 */
const DICTIONARY = [
  `"vector":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","like":{"id":"p-`,
  `"do":"setPolicy","readPolicy":"linearizable","stalenessBound":"500ms"},{"at":"session","bounded","leader","random","same","label":`,
  `"do":"setTimings","electionTimeout":["150ms","300ms"],"heartbeatInterval":"50ms"},{"at":"`,
  `"do":"gameDay","fault":"none","interval":"10s","lasts":"4s"},{"at":"`,
  `"do":"setNetwork","latency":{"constant":"normal":{"mean":"deviation":"exponential":{"mean":"pareto":{"scale":"shape":`,
  `"do":"link","from":"r1","to":"r2","latency":{"uniform":["10ms","15ms"]},"loss":0,"duplication":0,"reordering":0,"bandwidth":0},{"at":"`,
  `"do":"setRule","rule":"preVote","checkQuorum","persistLog","logUpToDateCheck","on":true},{"at":"`,
  `"do":"setRates","writesPerSecond":10,"readsPerSecond":0,"searchesPerSecond":2},{"at":"`,
  `"do":"message","flight":1,"action":"drop"},{"at":"delay","by":"duplicate"`,
  `"do":"search","client":"c1","k":5,"do":"write","client":"c1","id":"my-1","name":"","text":"","category":"","priceCents":`,
  `"do":"setMode","mode":"async"},{"at":"sync","quorum","do":"setQuorum","writeQuorum":2,"readQuorum":2},{"at":"`,
  `"do":"isolate","replica":"r1"},{"at":"s","do":"cut","from":"r1","to":"r3"},{"at":"s","do":"restore","from":"r2","to":"c1"},{"at":"`,
  `"do":"pause","replica":"r3"},{"at":"s","do":"resume","replica":"r2"},{"at":"s","do":"slow","replica":"r1","factor":`,
  `"s","do":"partition","groups":[["r1","r2","c1","c2"],["r3","r4","r5","c3"]],"alone":true},{"at":"s","do":"heal"},{"at":"`,
  `"s","do":"crash","replica":"r1"},{"at":"s","do":"restart","replica":"r2"},{"at":"s","do":"crash","replica":"leader"},{"at":"`,
  `"branch":"First run","branches":[{"name":"Killed r1, leader of term 1, at ","at":"s","shares":0,"actions":[{"at":"`,
  `{"version":1,"model":3,"run":{"format":"replicascope-scenario","version":1,"seed":47,"cluster":{"replicas":5,"mode":"`,
  `},"view":{"at":"s","speed":1},"actions":[{"at":"s","do":"","until":"s","inclusive":true},"events":,"hash":"","speed":0.05,"playing":true,"panel":"search"}`,
].join("");

const dictionary = new TextEncoder().encode(DICTIONARY);

/** Packed bytes that are unpacked before the bound is looked at again. */
const PORTION = 1_024;

/** `text` packed. */
export function packed(text: string): Uint8Array {
  return deflateSync(new TextEncoder().encode(text), { level: 9, mem: 8, dictionary });
}

/** The text inside, or why there is none: it would be longer than `bound` bytes, or is no packed text. */
export function unpacked(bytes: Uint8Array, bound: number): string | "oversized" | undefined {
  const portions: Uint8Array[] = [];
  let length = 0;
  const inflate = new Inflate({ dictionary }, (portion) => {
    portions.push(portion);
    length += portion.length;
  });
  try {
    for (let at = 0; at < bytes.length; at += PORTION) {
      inflate.push(bytes.subarray(at, at + PORTION), at + PORTION >= bytes.length);
      if (length > bound) return "oversized";
    }
    return textOf(portions, length);
  } catch {
    return undefined;
  }
}

function textOf(portions: readonly Uint8Array[], length: number): string {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const portion of portions) {
    whole.set(portion, at);
    at += portion.length;
  }
  return new TextDecoder("utf-8", { fatal: true }).decode(whole);
}
