import { writeFileSync } from "node:fs";
import { databaseText, retailBooks } from "./retail/database.ts";

/** Writes the shop's starter database: `tsx --conditions=@tau2/source packages/domains/scripts/generate-retail.ts`. The same bytes every time. */
writeFileSync(new URL("../data/retail/db.json", import.meta.url), databaseText(retailBooks()));
