/** `npx tsx test/support/writeSchema.ts`: writes public/scenario.schema.json anew after the schema in src/data/scenarios has changed. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { schemaText } from "../../src/data/scenarios/schema.ts";

writeFileSync(fileURLToPath(new URL("../../public/scenario.schema.json", import.meta.url)), schemaText());
