import { createRoute, z, type OpenAPIHono } from "@hono/zod-openapi";
import { domainAnswer, domainSummary, taskPage } from "../core/catalog.ts";
import { taskOf } from "../core/choose-task.ts";
import { namedDomain } from "../core/shelf.ts";
import { tasksQuery } from "../wire/request-schemas.ts";
import { domainAnswer as domainSchema, domainList, taskAnswer, taskList } from "../wire/response-schemas.ts";
import type { Bindings } from "./client-signal.ts";
import { errors, json } from "./json-content.ts";
import type { RestContext } from "./rest-context.ts";
import { send } from "./send.ts";

const tags = ["domains and tasks"];
const domainPath = z.object({
  domain: z.string().openapi({ param: { name: "domain", in: "path" } }),
});
const taskPath = domainPath.extend({
  task_id: z.string().openapi({ param: { name: "task_id", in: "path" } }),
});

const domains = createRoute({
  method: "get",
  path: "/v1/domains",
  tags,
  summary: "What can be played, and with whom",
  responses: { 200: json(domainList, "the domains"), ...errors() },
});

const domain = createRoute({
  method: "get",
  path: "/v1/domains/{domain}",
  tags,
  summary: "A domain: its policy and its tools",
  request: { params: domainPath },
  responses: { 200: json(domainSchema, "the domain"), ...errors(404) },
});

const tasks = createRoute({
  method: "get",
  path: "/v1/tasks",
  tags,
  summary: "Tasks of a domain",
  request: { query: tasksQuery },
  responses: { 200: json(taskList, "the tasks"), ...errors(404, 422) },
});

const task = createRoute({
  method: "get",
  path: "/v1/tasks/{domain}/{task_id}",
  tags,
  summary: "A whole task: what the user wants, the solution, and what is graded",
  request: { params: taskPath },
  responses: { 200: json(taskAnswer, "the task, as in task files"), ...errors(404) },
});

/** Routes that tell what there is to play. */
export function catalogRoutes(app: OpenAPIHono<Bindings>, { sessions: { shelf, cast } }: RestContext): void {
  app.openapi(domains, (c) => {
    const all = shelf.names.map((name) => domainSummary(shelf.get(name)));
    return send(c, { domains: all, users: [...cast.users.keys()], agents: [...cast.agents.keys()], judge: cast.judge !== null });
  });
  app.openapi(domain, (c) => send(c, domainAnswer(shelf.get(c.req.valid("param").domain))));
  app.openapi(tasks, (c) => {
    const { domain: name, ...page } = c.req.valid("query");
    const shelved = namedDomain(shelf, name);
    return send(c, { domain: shelved.domain.name, ...taskPage(shelved, page) });
  });
  app.openapi(task, (c) => {
    const { domain: name, task_id } = c.req.valid("param");
    return send(c, taskOf(shelf.get(name), task_id));
  });
}
