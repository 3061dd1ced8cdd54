import { openApiDocument } from "@tau2/domains/openapi";
import type { CliIo } from "../io.ts";
import { loadDomain } from "../load-domain.ts";
import { ownVersion } from "../own-version.ts";
import { resultOf } from "./output.ts";

/** `tau2 tools openapi DOMAIN` */
export async function toolsOpenapi(io: CliIo, _flags: object, name: string): Promise<void> {
  resultOf(io).json(openApiDocument(await loadDomain(name, io.cwd), { version: ownVersion() }));
}
