import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { isRecord } from "@tau2/domains/internal";
import { UsageError } from "../cli-error.ts";
import { importModule } from "../load-domain.ts";
import type { Trainer } from "./trainer.ts";

/** The trainer that a module exports. @throws UsageError when it exports none */
export async function loadTrainer(file: string, cwd: string): Promise<Trainer> {
  const path = resolve(cwd, file);
  if (!existsSync(path)) throw new UsageError(`--trainer: there is no module ${path}`);
  const exported = await importModule(path);
  const found = [...new Set(Object.values(exported).filter(isTrainer))];
  if (isTrainer(exported["default"])) return exported["default"];
  if (found.length === 1) return found[0]!;
  const problem = found.length === 0 ? "exports no trainer" : `exports ${found.length} trainers`;
  throw new UsageError(`${file} ${problem}; export one object with a function update(batch), as the default or by name`);
}

function isTrainer(value: unknown): value is Trainer {
  return isRecord(value) && typeof value["update"] === "function";
}
