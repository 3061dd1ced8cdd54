import { runHere } from "./command.mjs";
import { buildCommand, setUp } from "./setup.mjs";
import { withoutMachineSettings } from "./toolchain.mjs";

/**
 * Builds the command, then runs a program of `stress`, which starts its server.
 * @param {string} name
 * @returns {Promise<number>} its exit code
 */
export async function runStress(name) {
  const toolchain = await setUp(buildCommand);
  if (!toolchain) return 1;
  const words = process.argv.slice(2).filter((word) => word !== "--");
  const program = ["--conditions=@tau2/source", `stress/src/${name}/main.ts`, ...words];
  return runHere("tsx", program, { env: withoutMachineSettings(toolchain.env) });
}
