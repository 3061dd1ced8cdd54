import { readFileSync } from "node:fs";
import type { CliIo } from "../io.ts";
import { listPresets, type Preset } from "../config/presets.ts";
import { tableLines } from "../ui/table.ts";
import { resultOf } from "./output.ts";

/** `tau2 config list` */
export function configList(io: CliIo, flags: { readonly json?: boolean }): void {
  const result = resultOf(io);
  const presets = listPresets().map((preset) => ({ ...preset, brief: briefOf(preset) }));
  if (flags.json) {
    result.json(presets);
    return;
  }
  const columns = [
    { title: "preset", value: ({ name }: Preset) => name, style: (text: string) => result.paint("bold", text) },
    { title: "what for", value: ({ brief }: { brief: string }) => brief },
  ];
  result.lines(tableLines(columns, presets, result));
}

/** The comment at the top of the file. */
function briefOf({ path }: Preset): string {
  return /^#\s*(.*)/.exec(readFileSync(path, "utf8"))?.[1] ?? "";
}
