import { writeFileSync } from "node:fs";
import { airlineDatabase, databaseText } from "./airline/database.ts";

/** Writes the airline's starter database: `tsx --conditions=@tau2/source packages/domains/scripts/generate-airline.ts`. The same bytes every time. */
writeFileSync(new URL("../data/airline/db.json", import.meta.url), databaseText(airlineDatabase()));
