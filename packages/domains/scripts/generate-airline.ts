import { writeFileSync } from "node:fs";
import { createAirlineDatabase, serializeDatabase } from "./airline/database.ts";

// Writes the starter database of airline, always with the same bytes: `tsx --conditions=@tau2/source packages/domains/scripts/generate-airline.ts`.
writeFileSync(new URL("../data/airline/db.json", import.meta.url), serializeDatabase(createAirlineDatabase()));
