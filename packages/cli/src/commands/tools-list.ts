import { toToolDeclaration } from "@tau2/domains/internal";
import type { CliIo } from "../io.ts";
import { loadDomain } from "../load-domain.ts";
import { formatTable, type Column } from "../ui/table.ts";
import { getOwnedTools, type OwnedTool } from "./domain-tools.ts";
import { createOutput } from "./output.ts";

/** `tau2 tools list DOMAIN` */
export async function toolsList(io: CliIo, flags: { readonly json?: boolean }, name: string): Promise<void> {
  const tools = getOwnedTools(await loadDomain(name, io.cwd));
  const result = createOutput(io);
  if (flags.json) {
    result.json(tools.map(({ side, tool }) => ({ requestor: side, kind: tool.kind, ...toToolDeclaration(tool) })));
    return;
  }
  const columns: Column<OwnedTool>[] = [
    { title: "tool", value: ({ tool }) => tool.name, style: (text) => result.paint("bold", text) },
    { title: "of", value: ({ side }) => (side === "user" ? "user" : "agent"), drop: 1 },
    { title: "kind", value: ({ tool }) => tool.kind, drop: 2 },
    { title: "arguments", value: ({ tool }) => Object.keys(tool.parameters.shape).join(", ") },
    { title: "what it does", value: ({ tool }) => firstSentence(tool.description), drop: 3 },
  ];
  result.lines(formatTable(columns, tools, result));
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
}
