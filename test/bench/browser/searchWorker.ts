/** Measures searches for the page that made it. */
import { measureSearch, type SearchOrder } from "../search/measure.ts";

addEventListener("message", ({ data }: MessageEvent<SearchOrder>) => postMessage(measureSearch(data)), { once: true });
