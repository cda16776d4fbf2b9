/** A replica's worker: one machine behind the port that the page sends first. */
import { serveReplica } from "../portHost.ts";

addEventListener("message", ({ ports: [port] }: MessageEvent) => port && serveReplica(port), { once: true });
