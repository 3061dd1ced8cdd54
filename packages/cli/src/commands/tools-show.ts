import { isRecord, toParametersSchema, toToolDeclaration } from "@tau2/domains/internal";
import type { CliIo } from "../io.ts";
import { loadDomain } from "../load-domain.ts";
import { formatTable, type Column } from "../ui/table.ts";
import { wrap } from "../ui/text.ts";
import { findTool, formatType } from "./domain-tools.ts";
import { createOutput } from "./output.ts";

interface Argument {
  name: string;
  type: string;
  needed: boolean;
  description: string;
}

/** `tau2 tools show DOMAIN TOOL` */
export async function toolsShow(io: CliIo, flags: { readonly json?: boolean }, domainName: string, toolName: string): Promise<void> {
  const { side, tool } = findTool(await loadDomain(domainName, io.cwd), toolName);
  const result = createOutput(io);
  if (flags.json) {
    result.json({ requestor: side, kind: tool.kind, ...toToolDeclaration(tool) });
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
    { title: "argument", value: ({ name }) => name, style: (text) => result.paint("bold", text) },
    { title: "type", value: ({ type }) => type },
    { title: "", value: (row) => (row.needed ? "" : "optional") },
    { title: "meaning", value: ({ description }) => description },
  ];
  const width = result.width ?? 100;
  const call = rows.filter((row) => row.needed).map(({ name }) => ` --${name} …`);
  result.lines([
    `${result.paint("bold", tool.name)}  ${side === "user" ? "the user's" : "the agent's"}, ${tool.kind}`,
    "",
    ...wrap(tool.description, width),
    "",
    ...(rows.length > 0 ? formatTable(columns, rows, result) : ["The tool does not take arguments."]),
    "",
    `tau2 tools call ${domainName} ${tool.name}${call.join("")}`,
  ]);
}
