import { openApiDocument } from "@tau2/domains/openapi";
import type { CliIo } from "../io.ts";
import { loadDomain } from "../load-domain.ts";
import { getOwnVersion } from "../own-version.ts";
import { createOutput } from "./output.ts";

/** `tau2 tools openapi DOMAIN` */
export async function toolsOpenapi(io: CliIo, _flags: object, name: string): Promise<void> {
  createOutput(io).json(openApiDocument(await loadDomain(name, io.cwd), { version: getOwnVersion() }));
}
