import { toParametersSchema } from "@tau2/domains/internal";
import type { Requestor, Tool } from "@tau2/domains";
import { differences } from "../compare.ts";
import type { Subject } from "../domains.ts";
import { inDomain, type Case, type Context, type Kind, type Line } from "../kind.ts";
import { linesFile, readLines } from "../lines.ts";
import { judged, type Outcome } from "../outcome.ts";
import { comparableSchema } from "../tool-schema.ts";

interface ToolLine extends Line {
  domain: string;
  requestor: Requestor;
  name: string;
  kind: string;
  mutates_state: boolean;
  parameters: Record<string, unknown>;
  required: string[];
}

/** The tools of each domain: which, in which order, and what they take. A tool of ours that the list does not have is a case that fails. */
export const tools: Kind = {
  name: "tools",
  cases(context) {
    const path = linesFile(context.vectorsDir, "tools");
    return path === null ? null : casesOf(path, context);
  },
};

async function* casesOf(path: string, context: Context): AsyncGenerator<Case> {
  const listed = new Map<string, string[]>();
  for await (const line of readLines<ToolLine>(path)) {
    const { domain, requestor, name } = line;
    const names = listed.get(`${domain} ${requestor}`) ?? [];
    const place = names.push(name) - 1;
    listed.set(`${domain} ${requestor}`, names);
    const check = () => inDomain(line, context, (subject) => compare(line, place, subject));
    yield { kind: "tools", domain, id: `${domain} ${requestor} ${name}`, check };
  }
  for (const [list, names] of listed) {
    const [domain = "", requestor = "assistant"] = list.split(" ");
    const subject = context.subject(domain);
    const extra = subject ? toolsOn(subject, requestor as Requestor).filter(({ name }) => !names.includes(name)) : [];
    for (const { name } of extra) {
      const check = () => judged([{ path: "name", expected: undefined, actual: name }]);
      yield { kind: "tools", domain, id: `${list} ${name}`, check };
    }
  }
}

function toolsOn({ domain }: Subject, requestor: Requestor): readonly Tool[] {
  const toolkit = requestor === "user" ? domain.user : domain.agent;
  return toolkit?.tools ?? [];
}

function compare(line: ToolLine, place: number, subject: Subject): Outcome {
  const all = toolsOn(subject, line.requestor);
  const tool = all.find(({ name }) => name === line.name);
  if (!tool) return judged([{ path: "name", expected: line.name, actual: undefined }]);
  const parameters = toParametersSchema(tool.parameters);
  return judged([
    ...differences(place, all.indexOf(tool), { path: "place in the list" }),
    ...differences(line.kind, tool.kind, { path: "kind" }),
    ...differences(line.mutates_state, tool.mutatesState, { path: "mutates_state" }),
    ...differences(namesOf(line.parameters), namesOf(parameters), { path: "parameter names" }),
    ...differences(line.required, parameters["required"] ?? [], { path: "required" }),
    ...differences(comparableSchema(line.parameters), comparableSchema(parameters), { path: "parameters" }),
  ]);
}

function namesOf(schema: Record<string, unknown>): string[] {
  return Object.keys(schema["properties"] ?? {});
}
