// Nonsense for the built server, by every way in: schemathesis for its REST routes (an environment of Python is made for it), messages and bytes for
// its WebSockets: `pnpm fuzz [--seconds N] [--messages N] [--seed N]`. Ends with exit code 1 when there is a 500, a crash, a hang or a wrong answer.
import { runStress } from "./lib/stress.mjs";

process.exitCode = await runStress("fuzz");
