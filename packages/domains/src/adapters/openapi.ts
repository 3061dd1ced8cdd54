import type { Domain } from "../core/domain/domain.ts";
import { isRecord, type Json, type JsonObject } from "../core/json/json.ts";
import { type Tool, toParametersSchema } from "../core/tool/tool.ts";

/** Options of {@link openApiDocument}. */
interface OpenApiOptions {
  /** Version of the document. Default: `1.0.0`. */
  version?: string | undefined;
  /** Base URLs of the tools, such as `http://127.0.0.1:8004`. Default: the server of the document. */
  servers?: readonly string[] | undefined;
}

const sides = [
  { key: "agent", path: "tools", about: "What the customer-service agent can do." },
  { key: "user", path: "user_tools", about: "What the customer can do, such as using a phone." },
] as const;

/**
 * Returns an OpenAPI 3.1 document of a domain's tools: `POST /tools/NAME` for the agent's, `POST /user_tools/NAME` for the user's
 * (docs/spec/core.md#3-7). The request body is the arguments, the response the text for a model. `x-kind` is the tool's kind.
 * @example
 * ```ts
 * import { telecom } from "@tau2/domains/telecom";
 * import { openApiDocument } from "@tau2/domains/openapi";
 *
 * const document = openApiDocument(telecom, { servers: ["http://127.0.0.1:8004"] });
 * console.log(Object.keys(document["paths"] ?? {}).length);
 * ```
 */
export function openApiDocument(
  domain: Pick<Domain, "name" | "agent" | "user">,
  { version = "1.0.0", servers = [] }: OpenApiOptions = {},
): JsonObject {
  const tools = sides.flatMap((side) =>
    (domain[side.key]?.tools ?? []).map((tool) => ({ side, tool: tool as Tool, id: `${side.key}_${tool.name}` })),
  );
  return {
    openapi: "3.1.0",
    info: { title: `Environment: ${domain.name}`, version, description: `Tools of the customer-service domain ${domain.name}.` },
    ...(servers.length > 0 && { servers: servers.map((url) => ({ url })) }),
    tags: sides.filter(({ key }) => domain[key]).map(({ key, about }) => ({ name: key, description: about })),
    paths: Object.fromEntries(tools.map(({ side, tool, id }) => [`/${side.path}/${tool.name}`, { post: operation(tool, side.key, id) }])),
    components: { schemas: Object.fromEntries(tools.map(({ tool, id }) => [id, argumentsSchema(tool, id)])) },
  };
}

function operation(tool: Tool, tag: string, id: string): JsonObject {
  return {
    operationId: id,
    tags: [tag],
    description: tool.description,
    "x-kind": tool.kind,
    requestBody: { required: true, content: { "application/json": { schema: { $ref: reference(id) } } } },
    responses: {
      "200": answer("The answer: a text, or a record as JSON text."),
      "400": answer("The call was refused or malformed; the text begins with `Error: `."),
    },
  };
}

function answer(description: string): JsonObject {
  return { description, content: { "text/plain": { schema: { type: "string" } } } };
}

function argumentsSchema(tool: Tool, id: string): Json {
  return rebaseReferences(toParametersSchema(tool.parameters, "draft-2020-12"), reference(id));
}

function reference(id: string): string {
  return `#/components/schemas/${id}`;
}

/** Rewrites a schema's references to its own parts for its position in the document. */
function rebaseReferences(value: Json, base: string): Json {
  if (Array.isArray(value)) return value.map((item) => rebaseReferences(item, base));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === "$ref" && typeof item === "string" ? item.replace(/^#/, base) : rebaseReferences(item, base),
    ]),
  );
}
