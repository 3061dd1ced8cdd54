import { isRecord, toParametersSchema, toToolDeclaration } from "@tau2/domains/internal";
import { defineCommand } from "../command-line/define-command.ts";
import { jsonOption } from "../config/option.ts";
import { loadDomain } from "../domain/load-domain.ts";
import type { Column } from "../ui/table.ts";
import { domainWord } from "./shared.ts";

interface Argument {
  name: string;
  type: string;
  needed: boolean;
  description: string;
}

/** `tau2 tools show DOMAIN TOOL` */
export const toolsShow = defineCommand({
  brief: "show a tool and its arguments",
  usage: "DOMAIN TOOL [options]",
  options: jsonOption,
  positional: [domainWord, { placeholder: "tool", brief: "the tool's name" }],
  async work({ io, printer }, flags, domainName, toolName) {
    const { findTool } = await import("../domain/find-tool.ts");
    const { formatType } = await import("../domain/tool-arguments.ts");
    const { formatTable } = await import("../ui/table.ts");
    const { wrap } = await import("../ui/text.ts");

    const { side, tool } = findTool(await loadDomain(domainName, io.cwd), toolName);
    if (flags.json) {
      printer.json({ requestor: side, kind: tool.kind, ...toToolDeclaration(tool) });
      return;
    }
    const schema = toParametersSchema(tool.parameters);
    const needed = Array.isArray(schema["required"]) ? schema["required"] : [];
    const rows = Object.entries(isRecord(schema["properties"]) ? schema["properties"] : {}).map(([name, property]) => ({
      name,
      type: formatType(property),
      needed: needed.includes(name),
      description: isRecord(property) && typeof property["description"] === "string" ? property["description"] : "",
    }));
    const columns: Column<Argument>[] = [
      { title: "argument", value: ({ name }) => name, style: (text) => printer.paint("bold", text) },
      { title: "type", value: ({ type }) => type },
      { title: "", value: (row) => (row.needed ? "" : "optional") },
      { title: "meaning", value: ({ description }) => description },
    ];
    const call = rows.filter((row) => row.needed).map(({ name }) => ` --${name} …`);
    printer.lines([
      `${printer.paint("bold", tool.name)}  ${side === "user" ? "the user's" : "the agent's"}, ${tool.kind}`,
      "",
      ...wrap(tool.description, printer.width ?? 100),
      "",
      ...(rows.length > 0 ? formatTable(columns, rows, printer) : ["The tool does not take arguments."]),
      "",
      `tau2 tools call ${domainName} ${tool.name}${call.join("")}`,
    ]);
  },
});
