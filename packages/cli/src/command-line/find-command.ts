import { commands } from "../commands.ts";
import type { CommandHelp } from "./define-command.ts";

/** Commands of tau2-bench that have another name here. */
export const tau2BenchNames: ReadonlyMap<string, readonly string[]> = new Map([
  ["check-data", ["data", "check"]],
  ["evaluate-trajs", ["evaluate"]],
  ["convert-results", ["convert"]],
]);

/** A command that begins a command line. */
export interface FoundCommand {
  /** Words that call it, `tools call`. */
  readonly name: string;
  /** Number of these words. */
  readonly length: number;
  readonly help: CommandHelp;
}

/** Finds the command that a command line begins with. */
export function findCommand(argv: readonly string[]): FoundCommand | undefined {
  for (const length of [2, 1]) {
    const name = argv.slice(0, length).join(" ");
    if (Object.hasOwn(commands, name)) return { name, length, help: commands[name as keyof typeof commands].help };
  }
  return undefined;
}
