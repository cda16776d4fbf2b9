/** `npx tsx src/lab/writePromises.ts > docs/promises.md`, after what is promised has changed. */
import { promisesText } from "../data/promises.ts";

process.stdout.write(promisesText());
