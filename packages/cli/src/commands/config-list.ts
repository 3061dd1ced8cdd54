import { readFileSync } from "node:fs";
import type { CliIo } from "../io.ts";
import { listPresets, type Preset } from "../config/presets.ts";
import { configGroups, groupPresets } from "../rollout/config/open-config.ts";
import { formatTable } from "../ui/table.ts";
import { createOutput } from "./output.ts";

/** A preset with what it is a preset of: `run`, or a kind of configuration of rollouts. */
interface Listed extends Preset {
  readonly kind: string;
  readonly brief: string;
}

/** `tau2 config list` */
export function configList(io: CliIo, flags: { readonly json?: boolean }): void {
  const result = createOutput(io);
  const folders = [...new Set(Object.values(configGroups).map(({ folder }) => folder))];
  const kinds = [["run", listPresets()] as const, ...folders.map((folder) => [folder, groupPresets(folder)] as const)];
  const presets = kinds.flatMap(([kind, list]) => list.map((preset): Listed => ({ kind, ...preset, brief: getBrief(preset) })));
  if (flags.json) {
    result.json(presets);
    return;
  }
  const columns = [
    { title: "of", value: ({ kind }: Listed) => kind },
    { title: "preset", value: ({ name }: Listed) => name, style: (text: string) => result.paint("bold", text) },
    { title: "what for", value: ({ brief }: Listed) => brief },
  ];
  result.lines(formatTable(columns, presets, result));
}

/** The comment at the top of the file. */
function getBrief({ path }: Preset): string {
  return /^#\s*(.*)/.exec(readFileSync(path, "utf8"))?.[1] ?? "";
}
