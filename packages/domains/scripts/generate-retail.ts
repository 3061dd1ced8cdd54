import { writeFileSync } from "node:fs";
import { serializeDatabase, createRetailDatabase } from "./retail/database.ts";

// Writes the starter database of retail, always with the same bytes: `tsx --conditions=@tau2/source packages/domains/scripts/generate-retail.ts`.
writeFileSync(new URL("../data/retail/db.json", import.meta.url), serializeDatabase(createRetailDatabase()));
