import { defineCommand } from "../command-line/define-command.ts";
import { getGivenValues } from "../config/flags.ts";
import { jsonOption } from "../config/option.ts";
import { runOptions } from "../config/tables/run-options.ts";
import { exitCodes } from "../errors.ts";
import { configOption, domainOptionWord } from "./shared.ts";

/** `tau2 run` */
export const run = defineCommand({
  brief: "play tasks and score them",
  usage: "DOMAIN [options]",
  about:
    "Plays tasks of a domain, grades every conversation, and prints rewards and pass^k. Without a model it plays the solution with a scripted user, which does not need a key. Everything is stored in data/simulations/<run>/results.json under the current directory.",
  options: { ...runOptions, ...configOption, ...jsonOption },
  letters: { d: "domain" },
  wordOption: domainOptionWord,
  examples: [
    ["tau2 run --domain airline", "the solutions, without a model or a key"],
    ["tau2 run -d airline --agent-llm gpt-4.1 --user-llm gpt-4.1 --num-trials 4", "a model as the agent, one as the user"],
    ["tau2 run -d airline --agent-llm qwen3 --user-llm qwen3 --base-url http://127.0.0.1:8000/v1", "models of your own endpoint"],
    ["tau2 run --config openai --num-tasks 5", "a preset, and one thing changed"],
  ],
  async work({ io, printer }, flags) {
    const { compose } = await import("../config/compose.ts");
    const { formatRunEnd, formatRunStart } = await import("../run/format-run.ts");
    const { openPreparedRun, playRun } = await import("../run/play-run.ts");
    const { createProgress } = await import("../run/progress.ts");
    const { computeRunMetrics, createJsonReport } = await import("../run/run-metrics.ts");
    const { createSavedLayer, findRunToResume } = await import("../run/saved-config.ts");

    const request = { options: runOptions, configs: flags.config ?? [], given: getGivenValues(runOptions, flags), cwd: io.cwd };
    const composed = compose(request);
    const earlier = await findRunToResume(composed.values, io.cwd);
    const opened = await openPreparedRun(earlier ? compose({ ...request, base: createSavedLayer(earlier) }) : composed, earlier, io);
    const progress = createProgress(io);
    for (const line of formatRunStart(opened)) progress.note(line);

    const { outcome, results } = await playRun(opened, progress, io);
    const metrics = computeRunMetrics(results);
    const { name, path } = opened.prepared;
    if (flags.json) printer.json(createJsonReport(name, path, results, metrics, outcome.cancelled));
    else printer.lines(formatRunEnd(opened, results, metrics, io.cwd, printer));

    if (outcome.cancelled) return exitCodes.interrupted;
    return metrics.coverage.graded > 0 ? exitCodes.ok : exitCodes.failed;
  },
});
