import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { messageOf, parseData, parseOrderedJson, pythonJson, type EnvironmentSetup, type EnvironmentState } from "@tau2/domains/core";
import { z } from "zod";
import { UsageError } from "../cli-error.ts";

const header = z.object({
  domain: z.string(),
  issued: z.int().default(0),
  notes: z.record(z.string(), z.json()).default({}),
  agent: z.unknown(),
  user: z.unknown(),
});

/** The databases that a state file holds; null when there is no file yet. @throws UsageError for a file that is no state of the domain. */
export function readState(path: string, { domain }: EnvironmentSetup): EnvironmentState | null {
  if (!existsSync(path)) return null;
  const file = parseData(header, content(path), path);
  if (file.domain !== domain.name) throw new UsageError(`${path} holds a state of domain ${file.domain}, not of ${domain.name}`);
  return {
    agent: parseData(domain.agent.database, file.agent, `${path}, agent`),
    user: domain.user ? parseData(domain.user.database, file.user, `${path}, user`) : null,
    issued: file.issued,
    notes: file.notes,
  };
}

/** Writes the databases, whole or not at all. Keys keep their order, also where they look like numbers. */
export function writeState(path: string, { domain }: EnvironmentSetup, state: EnvironmentState): void {
  const text = pythonJson({ domain: domain.name, ...state }, { indent: 2 });
  try {
    writeFileSync(`${path}.tmp`, `${text}\n`);
    renameSync(`${path}.tmp`, path);
  } catch (cause) {
    throw new UsageError(`the state cannot be written to ${path}: ${messageOf(cause)}`, { cause });
  }
}

function content(path: string): unknown {
  try {
    return parseOrderedJson(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new UsageError(`${path} cannot be read as a state: ${messageOf(cause)}`, { cause });
  }
}
