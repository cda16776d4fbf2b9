/** The worker that compares runs. The page's first message boots it. */
import { bootComparison } from "../compare.ts";

addEventListener("message", ({ data }: MessageEvent) => bootComparison(data), { once: true });
