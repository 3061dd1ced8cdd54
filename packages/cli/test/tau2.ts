import { mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CliIo, Output } from "../src/io.ts";
import { runCli } from "../src/run-cli.ts";

/** Outcome of a command line. */
export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Surroundings of a command line in a test. */
export interface Place {
  cwd?: string;
  env?: CliIo["env"];
  /** Columns of the terminal that both outputs are; left out: they are pipes. */
  terminal?: number;
  onInterrupt?: NonNullable<CliIo["onInterrupt"]>;
}

/** An empty folder of its own. */
export function emptyFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), "tau2-cli-")));
}

/** Runs a command line in this process, with streams of its own and nothing of the real environment. */
export async function tau2(argv: readonly string[], { cwd = emptyFolder(), env = {}, terminal, onInterrupt }: Place = {}): Promise<Ran> {
  const [stdout, stderr] = [collector(terminal), collector(terminal)];
  const code = await runCli(argv, { stdout, stderr, cwd, env, ...(onInterrupt ? { onInterrupt } : {}) });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

/** The command line of a test, in words. */
export function line(text: string, place?: Place): Promise<Ran> {
  return tau2(
    text.split(" ").filter((word) => word !== ""),
    place,
  );
}

function collector(columns: number | undefined): Output & { text(): string } {
  let all = "";
  return {
    write: (text) => void (all += text),
    text: () => all,
    isTTY: columns !== undefined,
    columns,
  };
}
