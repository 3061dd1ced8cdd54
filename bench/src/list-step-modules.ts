/**
 * Lists the modules that one step over REST runs: `tsx --conditions=@tau2/source bench/src/list-step-modules.ts`.
 * Starts a server in this process, takes a tool step of a mock episode, and reads the precise coverage of that step.
 */
import { Session, type Profiler } from "node:inspector/promises";
import { relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { mock } from "@tau2/domains/mock";
import { startServer } from "@tau2/gym/server";

const root = fileURLToPath(new URL("../..", import.meta.url));
const packages = pathToFileURL(`${root}packages/`).href;

/** Returns the modules of the packages in which a function ran, relative to the repository. */
function getModules(coverage: readonly Profiler.ScriptCoverage[]): string[] {
  const ran = coverage.filter(({ url, functions }) => {
    return url.startsWith(packages) && !url.includes("/node_modules/") && functions.some(({ ranges }) => ranges[0]!.count > 0);
  });
  return ran
    .map(({ url }) => relative(root, fileURLToPath(url)).split(sep).join("/"))
    .filter((path) => !path.endsWith(".json"))
    .toSorted();
}

async function post(url: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}

const server = await startServer({ domains: [mock] });
const created = await post(`${server.url}/v1/sessions`, { task_id: "create_with_title", seed: 1 });
const takeStep = (title: string) =>
  post(`${server.url}/v1/sessions/${String(created["session_id"])}/step`, {
    action: { tool_calls: [{ name: "create_task", arguments: { user_id: "user_1", title } }] },
    request_id: title,
  });
// The first step fills caches, which later steps do not need again.
await takeStep("First");

const inspector = new Session();
inspector.connect();
await inspector.post("Profiler.enable");
await inspector.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
await takeStep("Second");
const { result } = await inspector.post("Profiler.takePreciseCoverage");
inspector.disconnect();
await server.close();

for (const path of getModules(result)) console.log(path);
