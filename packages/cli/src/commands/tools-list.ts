import { toToolDeclaration } from "@tau2/domains/internal";
import { defineCommand } from "../command-line/define-command.ts";
import { jsonOption } from "../config/option.ts";
import { loadDomain } from "../domain/load-domain.ts";
import type { OwnedTool } from "../domain/find-tool.ts";
import type { Column } from "../ui/table.ts";
import { domainWord } from "./shared.ts";

/** `tau2 tools list DOMAIN` */
export const toolsList = defineCommand({
  brief: "list the tools of a domain, the agent's and the user's",
  usage: "DOMAIN [options]",
  options: jsonOption,
  positional: [domainWord],
  async work({ io, printer }, flags, name) {
    const { getOwnedTools } = await import("../domain/find-tool.ts");
    const { formatTable } = await import("../ui/table.ts");

    const tools = getOwnedTools(await loadDomain(name, io.cwd));
    if (flags.json) {
      printer.json(tools.map(({ side, tool }) => ({ requestor: side, kind: tool.kind, ...toToolDeclaration(tool) })));
      return;
    }
    const columns: Column<OwnedTool>[] = [
      { title: "tool", value: ({ tool }) => tool.name, style: (text) => printer.paint("bold", text) },
      { title: "of", value: ({ side }) => (side === "user" ? "user" : "agent"), drop: 1 },
      { title: "kind", value: ({ tool }) => tool.kind, drop: 2 },
      { title: "arguments", value: ({ tool }) => Object.keys(tool.parameters.shape).join(", ") },
      { title: "what it does", value: ({ tool }) => firstSentence(tool.description), drop: 3 },
    ];
    printer.lines(formatTable(columns, tools, printer));
  },
});

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
}
