import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { airline } from "../airline/index.ts";
import { defineDomain, type Domain } from "../core/domain/domain.ts";
import { createToolFactory } from "../core/tool/tool.ts";
import { mock } from "../mock/index.ts";
import { retail } from "../retail/index.ts";
import { telecom, telecomWorkflow } from "../telecom/index.ts";
import { openApiDocument } from "./openapi.ts";

describe.each([airline, retail, telecom, telecomWorkflow, mock] satisfies Domain[])("the OpenAPI document of $name", (domain: Domain) => {
  test("is valid OpenAPI 3.1 with all references", async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(openApiDocument(domain)))).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
    expect(() => validator.resolveRefs()).not.toThrow();
  });

  test("has one operation for each tool of both sides", () => {
    const paths = ({ agent, user }: Pick<Domain, "agent" | "user">) => [
      ...agent.tools.map(({ name }) => `/tools/${name}`),
      ...(user?.tools ?? []).map(({ name }) => `/user_tools/${name}`),
    ];
    expect(Object.keys(openApiDocument(domain)["paths"]!)).toEqual(paths(domain));
  });
});

test("an OpenAPI operation has the tool's parameters, kind and side", () => {
  expect(openApiDocument(mock, { version: "2.0.0", servers: ["http://127.0.0.1:8004"] })).toMatchObject({
    info: { title: "Environment: mock", version: "2.0.0" },
    servers: [{ url: "http://127.0.0.1:8004" }],
    paths: {
      "/tools/create_task": { post: { operationId: "agent_create_task", tags: ["agent"], "x-kind": "write" } },
      "/user_tools/check_notifications": { post: { operationId: "user_check_notifications", tags: ["user"], "x-kind": "read" } },
    },
    components: { schemas: { agent_create_task: { type: "object", required: ["user_id", "title"], additionalProperties: false } } },
  });
});

test("the OpenAPI document of a domain without user tools does not have a tag for them", () => {
  expect(openApiDocument(airline)["tags"]).toMatchObject([{ name: "agent" }]);
});

test("references inside of a schema are rewritten for the OpenAPI document", async () => {
  const node: z.ZodType = z.strictObject({ name: z.string(), children: z.array(z.lazy(() => node)) });
  const plant = createToolFactory<object>()({
    name: "plant",
    kind: "write",
    description: "Plant a tree.",
    parameters: z.strictObject({ tree: node.describe("The tree.") }),
    result: z.string(),
    run: () => "ok",
  });
  const garden = defineDomain({ name: "garden", agent: { database: z.object({}), tools: [plant] }, data: () => ({ db: {}, policy: "" }) });
  const document = openApiDocument(garden);
  expect(JSON.stringify(document)).toContain('"$ref":"#/components/schemas/agent_plant/$defs/');
  expect(JSON.stringify(document)).not.toContain('"$ref":"#/$defs');
  const validator = new Validator();
  expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
});
