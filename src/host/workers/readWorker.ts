/** The worker that reads a person's file. The page's first message is the file. */
import { serveReader } from "../reader.ts";

addEventListener(
  "message",
  ({ data }: MessageEvent) => {
    void serveReader(data, (news, handedOver) => postMessage(news, { transfer: [...handedOver] }));
  },
  { once: true },
);
