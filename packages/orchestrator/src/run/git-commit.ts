import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** The commit that a folder's files are of; `unknown` outside of repositories and where git is missing. */
export async function getGitCommit(directory: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)("git", ["rev-parse", "HEAD"], { cwd: directory });
    return stdout.trim();
  } catch {
    return "unknown";
  }
}
