import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { peerEnvironment } from "./peer/peer.ts";

/** A program of its own process that serves something. */
export interface Program {
  /** Address: the first line that it wrote. */
  readonly url: string;
  /** Ends it. */
  close(): Promise<void>;
}

/** Starts a JavaScript file whose first line of output is an address. @throws Error with what it said, when it ends before */
export async function startProgram(file: string, args: readonly string[]): Promise<Program> {
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...peerEnvironment(), TAU2_TOKEN: undefined },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close");
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const [url] = (await Promise.race([once(createInterface(child.stdout), "line"), ended.then(() => [])])) as [string?];
  if (url === undefined) throw new Error(`${file} ended before it served: ${said.trim()}`);
  return {
    url,
    async close() {
      child.kill();
      await ended;
    },
  };
}
