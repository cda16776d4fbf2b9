/** The worker with the event loop, the network, the disks and the clients. The page's first message boots it. */
import { bootLoop } from "../loop.ts";

addEventListener("message", ({ data }: MessageEvent) => bootLoop(data), { once: true });
