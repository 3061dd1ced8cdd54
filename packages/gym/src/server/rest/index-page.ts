import { createRoute, z, type OpenAPIHono } from "@hono/zod-openapi";
import type { Bindings } from "./requests.ts";
import { describeJson, type RestContext } from "./responses.ts";
import manifest from "../../../package.json" with { type: "json" };

/** Paths that a visitor of the server's address looks for. They are relative, so that they also work behind a proxy with a path of its own. */
const links = {
  docs: { path: "docs", text: "every route, in a browser" },
  openapi: { path: "openapi.json", text: "every route, for programs" },
  health: { path: "health", text: "whether the server is alive" },
  domains: { path: "v1/domains", text: "domains, users and agents" },
} as const;

const indexSchema = z
  .object({
    name: z.string(),
    version: z.string(),
    docs: z.string(),
    openapi: z.string(),
    health: z.string(),
    domains: z.string(),
    documentation: z.string().nullable().openapi({ description: "address of the documentation; null in a build without a repository" }),
  })
  .openapi("Index");

const getIndex = createRoute({
  security: [],
  method: "get",
  path: "/",
  tags: ["service"],
  summary: "Get the places of the documentation and of the other routes; a browser gets a page",
  responses: { 200: describeJson(indexSchema, "the places, relative to the server's address") },
});

/** Adds the answer to the server's address itself: a page of links for a browser, JSON for other clients. */
export function addIndex(app: OpenAPIHono<Bindings>, { version }: RestContext): void {
  const documentation = getDocumentation(manifest);
  const paths = Object.fromEntries(Object.entries(links).map(([name, { path }]) => [name, path])) as Record<keyof typeof links, string>;
  const index = { name: "tau2 environments", version, ...paths, documentation };
  const page = formatPage(version, documentation);
  app.openapi(getIndex, (c) => {
    c.header("vary", "accept");
    // A browser names HTML; clients of APIs accept anything or JSON.
    if (c.req.header("accept")?.includes("text/html")) return c.html(page) as never;
    return c.json(index, 200);
  });
}

/** Returns the address of the documentation, which `pnpm set-repository` writes into the manifest. */
function getDocumentation(packageManifest: object): string | null {
  if (!("homepage" in packageManifest) || typeof packageManifest.homepage !== "string") return null;
  return packageManifest.homepage.replace(/\/tree\/main\/.*$/, "/blob/main/docs/server.md");
}

function formatPage(version: string, documentation: string | null): string {
  const entries = [...Object.values(links), ...(documentation === null ? [] : [{ path: documentation, text: "the documentation" }])];
  const items = entries.map(({ path, text }) => `<li><a href="${path}">${path}</a>: ${text}</li>`);
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>tau2 environments</title></head>
<body>
<h1>tau2 environments</h1>
<p>Customer-service episodes for trainers, version ${version}. <code>POST v1/sessions</code> starts one.</p>
<ul>
${items.join("\n")}
</ul>
</body>
</html>
`;
}
