import { defineCommand } from "../command-line/define-command.ts";
import { loadDomain } from "../domain/load-domain.ts";
import { getOwnVersion } from "../own-version.ts";
import { domainWord } from "./shared.ts";

/** `tau2 tools openapi DOMAIN` */
export const toolsOpenapi = defineCommand({
  brief: "print an OpenAPI document of a domain's tools",
  usage: "DOMAIN",
  about:
    "OpenAPI 3.1 with the JSON Schema of every tool's arguments, the agent's and the user's. Also as `tau2 tools --openapi --domain NAME`.",
  options: {},
  positional: [domainWord],
  async work({ io, printer }, _flags, name) {
    const { openApiDocument } = await import("@tau2/domains/openapi");
    printer.json(openApiDocument(await loadDomain(name, io.cwd), { version: getOwnVersion() }));
  },
});
