import { defineCommand } from "../command-line/define-command.ts";
import { getGivenValues } from "../config/flags.ts";
import { jsonOption } from "../config/option.ts";
import { exitCodes } from "../errors.ts";
import { rolloutOptions } from "../config/tables/rollout-options.ts";

/** `tau2 rollout` */
export const rollout = defineCommand({
  brief: "play episodes of the training environment, and keep them for training",
  usage: "--env-config NAME [options]",
  about:
    "Plays several attempts at each task, with a model behind an OpenAI-compatible endpoint as the policy, or with a policy that does not need one. Each episode is stored in <log-path>/<run>/rollouts.jsonl as soon as it is over; metrics are in metrics.jsonl beside it. Options may be written with underscores, as in --env_config, and override the keys of their name in all configurations.",
  options: { ...rolloutOptions, ...jsonOption },
  examples: [
    ["tau2 rollout --env-config tau2bench/smoke --policy gold", "the solutions of four tasks, without a model or a key"],
    [
      "tau2 rollout --env-config tau2bench/airline --model-name M --base-url http://127.0.0.1:8000/v1",
      "each train task, by a model of your own endpoint; --group-size 8 for eight attempts",
    ],
    ["tau2 rollout --env-config tau2bench/retail --split test --model-name gpt-4.1", "an evaluation on the test list"],
    ["tau2 rollout --resume-run --run-name NAME", "resume a run that was interrupted"],
  ],
  async work({ io, printer }, flags) {
    const { composeRollout } = await import("../config/compose-rollout.ts");
    const { formatRolloutEnd, formatRolloutStart } = await import("../rollout/format-rollout.ts");
    const { applySavedConfig, openNamed, openRollout } = await import("../rollout/open-rollout.ts");
    const { playRollouts } = await import("../rollout/play-rollouts.ts");
    const { prepareRollout } = await import("../rollout/prepare.ts");
    const { rolloutProgress } = await import("../rollout/progress.ts");

    const said = getGivenValues(rolloutOptions, flags);
    const named = await openNamed(said, io.cwd);
    try {
      const given = applySavedConfig(said, named?.claim ?? null);
      const composed = composeRollout(given, io.cwd);
      const { verbose, streamer } = composed.generator.values;
      const progress = rolloutProgress(io, streamer ? "full" : verbose ? "brief" : null);
      const prepared = await prepareRollout(composed, io, (line) => progress.note(line));
      const opened = await openRollout(prepared, given, named, io);
      for (const line of formatRolloutStart(prepared, opened)) progress.note(line);

      const outcome = await playRollouts(prepared, opened, progress, io);
      const { figures, interrupted } = outcome;
      const { name, folder, checkpoints } = opened;
      if (flags.json) printer.json({ run: name, folder, checkpoints, interrupted, figures });
      else printer.lines(formatRolloutEnd(prepared, opened, outcome, { cwd: io.cwd, style: printer }));

      if (interrupted) return exitCodes.interrupted;
      return figures.some(({ episodes, errors }) => episodes > errors) ? exitCodes.ok : exitCodes.failed;
    } catch (thrown) {
      await named?.claim.release();
      throw thrown;
    }
  },
});
