import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { episodeBytes, episodeTimes } from "./cases/episodes.ts";
import { cliStart, importTime, installSize } from "./cases/starts.ts";
import { subjects } from "./subject.ts";
import { table } from "./table.ts";

const { values: options } = parseArgs({ options: { json: { type: "string" }, data: { type: "string" } } });
const shared = process.env["TAU2_SHARED"] ?? resolve(import.meta.dirname, "../../../shared");
const official = options.data ?? join(shared, "official");

const all = subjects(existsSync(join(official, "tau2")) ? official : null);
const figures = [
  ...all.flatMap(episodeTimes),
  ...all.flatMap((subject) => [1000, 10_000].map((count) => episodeBytes(subject, count))),
  ...["airline", "retail", "telecom", "mock"].map(importTime),
  cliStart(),
  installSize(),
];
console.log(table(figures));
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`);
