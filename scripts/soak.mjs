// The built server under many clients, hostile ones among them, and a user model that fails: `pnpm soak [--sessions N] [--rounds N] [--seed TEXT]`.
// Prints the actions and their results, and ends with exit code 1 when something is not as it should be. A small soak is a unit test.
import { runStress } from "./lib/stress.mjs";

process.exitCode = await runStress("soak");
