import type { CommandHelp } from "./define-command.ts";
import { toFlagName, type Option, type OptionTable } from "../config/option.ts";
import { commands, groups } from "../commands.ts";
import { exitCodes } from "../errors.ts";

/** Columns of help that is read well; a wider terminal is not used up. */
const widestHelp = 120;
/** Columns of help that does not go to a terminal. */
const plainHelp = 100;

type Rows = readonly (readonly [string, string])[];

const codes: Rows = [
  [String(exitCodes.ok), "done, whatever the rewards are"],
  [String(exitCodes.failed), "something failed, or a run ended with nothing that could be graded"],
  [String(exitCodes.usage), "the command line or a configuration is wrong; nothing was started"],
  [String(exitCodes.interrupted), "stopped by Ctrl-C; finished work is stored"],
];

/**
 * The help for the words after `tau2`: of a command, of a group of commands, or of all.
 * @param columns of the terminal; undefined elsewhere
 */
export function formatHelp(words: readonly string[], terminal: number | undefined): string {
  const width = Math.max(40, Math.min(terminal ?? plainHelp, widestHelp));
  const name = words.join(" ");
  const command = Object.hasOwn(commands, name) ? (commands as Readonly<Record<string, { help: CommandHelp }>>)[name] : undefined;
  return `${(command ? commandHelp(name, command.help, width) : overview(name, width)).join("\n")}\n`;
}

function overview(group: string, width: number): string[] {
  const columns = (rows: Rows) => formatColumns(rows, width);
  const shown = Object.entries(commands).filter(([name]) => group === "" || name.startsWith(`${group} `));
  const title = group === "" ? "tau2: customer-service work as an environment for agents" : `tau2 ${group}: ${groups[group]}`;
  return [
    title,
    ...section("Usage", [`tau2 ${group === "" ? "" : `${group} `}COMMAND [options]`]),
    ...section("Commands", columns(shown.map(([name, { help }]) => [name, help.brief]))),
    ...(group === ""
      ? [
          ...section(
            "To begin with",
            columns([
              ["tau2 run airline", "play the solutions of all tasks: no model, no key"],
              ["tau2 tasks list airline", "see what there is to do"],
              ["tau2 tools call airline list_all_airports", "try a tool"],
            ]),
          ),
          ...section("Exit codes", columns(codes)),
          ...section(
            "Everywhere",
            columns([
              ["-h, --help", "this help; `tau2 COMMAND --help`, or `tau2 help COMMAND`, for more"],
              ["-v, --version", "the version"],
            ]),
          ),
        ]
      : []),
    "",
    ...wrap("A .env file in the current directory is read; variables that are set already keep their values.", width),
  ];
}

function commandHelp(
  name: string,
  { brief, usage, about, options, letters = {}, positional = [], wordOption, examples = [] }: CommandHelp,
  width: number,
): string[] {
  const columns = (rows: Rows) => formatColumns(rows, width);
  const titles = [...new Set(Object.values(options).map(({ group }) => group))];
  return [
    ...wrap(`tau2 ${name}: ${brief}`, width),
    ...section("Usage", [`tau2 ${name} ${usage}`]),
    ...(about ? ["", ...wrap(about, width)] : []),
    ...section(
      "Examples",
      examples.flatMap(([line, what]) => [line, `    ${what}`]),
    ),
    ...section(
      "Words",
      columns(
        [...positional, ...(wordOption ? [wordOption] : [])].map(({ placeholder, brief: what }) => [placeholder.toUpperCase(), what]),
      ),
    ),
    ...titles.flatMap((title) => section(title, columns(optionRows(options, title, letters)))),
    ...section("Exit codes", columns(codes)),
  ];
}

function optionRows(options: OptionTable, group: string, letters: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(options)
    .filter(([, option]) => option.group === group)
    .map(([key, option]) => {
      const letter = Object.keys(letters).find((known) => letters[known] === key);
      const value = option.kind === "switch" ? "" : ` ${option.placeholder ?? "VALUE"}`;
      return [`${letter ? `-${letter}, ` : ""}${toFlagName(key)}${value}`, describe(option)];
    });
}

function describe({ brief, defaultText, default: preset }: Option): string {
  const shown = defaultText ?? (preset === undefined || preset === false ? undefined : String(preset));
  return shown === undefined ? brief : `${brief} [${shown}]`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? ["", title, ...lines.map((line) => `  ${line}`)] : [];
}

/** Two columns; long left sides get a line of their own. */
function formatColumns(rows: Rows, width: number): string[] {
  const left = Math.min(Math.floor(width * 0.3), Math.max(...rows.map(([name]) => name.length), 0));
  return rows.flatMap(([name, what]) => {
    const lines = wrap(what, width - 2 - left - 2);
    const indented = lines.map((line) => `${" ".repeat(left + 2)}${line}`);
    return name.length > left ? [name, ...indented] : [name.padEnd(left) + indented[0]!.slice(left), ...indented.slice(1)];
  });
}

/** Help is our own plain text: one column a character. */
function wrap(text: string, columnsWide: number): string[] {
  const lines: string[] = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1)!;
    if (line === "") lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= columnsWide) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
