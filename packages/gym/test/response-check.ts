import { expect } from "vitest";
import { z } from "zod";
import { createServerMetrics } from "../src/server/metrics/server-metrics.ts";
import { createApp } from "../src/server/start-server.ts";
import { toInternalError } from "../src/server/rest/responses.ts";
import { SessionManager } from "../src/server/core/session-manager.ts";

interface CheckedRoute {
  method: string;
  pattern: RegExp;
  /** Schemas of JSON responses by status. */
  schemas: ReadonlyMap<number, z.ZodType>;
}

const responseSchema = z.object({ content: z.object({ "application/json": z.object({ schema: z.custom<z.ZodType>() }) }) });

function readRoutes(): CheckedRoute[] {
  const sessions = new SessionManager({ domains: [] });
  const { openAPIRegistry } = createApp({
    sessions,
    metrics: createServerMetrics(() => sessions.pool),
    version: "0.0.0",
    rules: { token: null, hosts: null },
    maxBodyBytes: 1,
    toErrorResponse: toInternalError,
  });
  return openAPIRegistry.definitions.flatMap((definition) => {
    if (definition.type !== "route") return [];
    const { method, path, responses } = definition.route;
    const schemas = Object.entries(responses).flatMap(([status, response]) => {
      const parsed = responseSchema.safeParse(response);
      return parsed.success ? [[Number(status), parsed.data.content["application/json"].schema] as const] : [];
    });
    return [{ method, pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`), schemas: new Map(schemas) }];
  });
}

let routes: CheckedRoute[] | undefined;

/**
 * Checks a JSON response against the schema of its route: required fields, types, and fields that the schema does not declare.
 * Requests outside the REST API are not checked.
 */
export function checkResponse(method: string, path: string, status: number, body: unknown): void {
  routes ??= readRoutes();
  const [pathname = ""] = path.split("?");
  const matching = routes.filter((route) => route.method === method.toLowerCase() && route.pattern.test(pathname));
  const schema = matching.map(({ schemas }) => schemas.get(status)).find((found) => found !== undefined);
  if (matching.length === 0 || (!schema && status >= 400)) return;
  expect(schema, `${method} ${pathname} does not declare the status ${status}`).toBeDefined();
  expect(schema!.parse(body), `${method} ${pathname}: fields of the response that its schema does not declare`).toEqual(body);
}
