/** `npx tsx src/lab/writeSchema.ts > public/scenario.schema.json`, after the schema in src/data/scenarios has changed. */
import { schemaText } from "../data/scenarios/schema.ts";

process.stdout.write(schemaText());
