import { readFileSync } from "node:fs";
import { defineCommand } from "../command-line/define-command.ts";
import { jsonOption } from "../config/option.ts";
import type { Preset } from "../config/config-files.ts";

/** A preset with what it is a preset of: `run`, or a kind of configuration of rollouts. */
interface Listed extends Preset {
  readonly kind: string;
  readonly brief: string;
}

/** `tau2 config list` */
export const configList = defineCommand({
  brief: "list the presets",
  usage: "[options]",
  options: jsonOption,
  async work({ printer }, flags) {
    const { listPresets } = await import("../config/config-files.ts");
    const { configGroups } = await import("../config/tables/rollout-options.ts");
    const { formatTable } = await import("../ui/table.ts");

    const folders = [...new Set(Object.values(configGroups).map(({ folder }) => folder))];
    const kinds = ["run", ...folders].map((folder) => [folder, listPresets(folder)] as const);
    const presets = kinds.flatMap(([kind, list]) => list.map((preset): Listed => ({ kind, ...preset, brief: getBrief(preset) })));
    if (flags.json) {
      printer.json(presets);
      return;
    }
    const columns = [
      { title: "of", value: ({ kind }: Listed) => kind },
      { title: "preset", value: ({ name }: Listed) => name, style: (text: string) => printer.paint("bold", text) },
      { title: "what for", value: ({ brief }: Listed) => brief },
    ];
    printer.lines(formatTable(columns, presets, printer));
  },
});

/** Returns the comment at the top of the file. */
function getBrief({ path }: Preset): string {
  return /^#\s*(.*)/.exec(readFileSync(path, "utf8"))?.[1] ?? "";
}
