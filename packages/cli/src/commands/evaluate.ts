import { resolve } from "node:path";
import { getErrorMessage } from "@tau2/domains/internal";
import { defineCommand } from "../command-line/define-command.ts";
import { getGivenValues } from "../config/flags.ts";
import { jsonOption, type OptionTable } from "../config/option.ts";
import { runOptions } from "../config/tables/run-options.ts";
import { roleOptions } from "../config/tables/model-options.ts";
import { exitCodes } from "../errors.ts";
import type { GradedFile } from "../results/grade-file.ts";
import { runDomainOptions } from "./shared.ts";

const {
  judge_llm,
  judge_llm_args,
  judge_prompt,
  base_url,
  judge_base_url,
  api_key_env,
  judge_api_key_env,
  request_timeout,
  max_response_bytes,
} = runOptions;

const options = {
  output: {
    group: "Options",
    kind: "text",
    placeholder: "DIR",
    brief: "write each outcome as updated_<file> into this directory",
    defaultText: "nothing is written",
  },
  fresh_tasks: {
    group: "Options",
    kind: "switch",
    default: false,
    brief: "grade by the tasks of the domain's data, not by those stored with the run",
  },
  lenient: {
    group: "Options",
    kind: "switch",
    default: false,
    brief: "ignore tools that no longer answer as recorded, as tau2-bench does",
  },
  ...runDomainOptions,
  judge_llm: {
    ...judge_llm,
    group: "Judge",
    brief: "the model that judges natural-language assertions again",
    defaultText: "the recorded verdicts are kept",
  },
  judge_llm_args: { ...judge_llm_args, group: "Judge" },
  judge_prompt: { ...judge_prompt, group: "Judge" },
  base_url: { ...base_url, group: "Judge" },
  judge_base_url: { ...judge_base_url, group: "Judge" },
  api_key_env: { ...api_key_env, group: "Judge" },
  judge_api_key_env: { ...judge_api_key_env, group: "Judge" },
  judge_header: { ...runOptions.judge_header, group: "Judge", brief: roleOptions.header.brief },
  request_timeout: { ...request_timeout, group: "Judge" },
  max_response_bytes: { ...max_response_bytes, group: "Judge" },
  ...jsonOption,
} as const satisfies OptionTable;

/** `tau2 evaluate PATH…` */
export const evaluate = defineCommand({
  brief: "grade stored trajectories again",
  usage: "PATH… [options]",
  about:
    "Grades stored trajectories again and shows what changed; the trajectories stay as they are. Where a tool no longer answers as recorded, the simulation keeps its grade and the exit code is 1; --lenient ignores that. Also called evaluate-trajs.",
  options,
  letters: { o: "output" },
  positional: [{ placeholder: "path", brief: "a run, a results file, a directory of them, or a pattern such as 'runs/*/results.json'" }],
  more: true,
  examples: [
    ["tau2 evaluate my-run", "what would this run be graded today?"],
    ["tau2 evaluate data/simulations -o graded --fresh-tasks", "all runs, by the tasks as they are now"],
  ],
  async work({ io, printer }, flags, ...paths) {
    const { compose } = await import("../config/compose.ts");
    const { shortenPath } = await import("../config/config-files.ts");
    const { expandPaths } = await import("../results/find-run.ts");
    const { createGradedDocument, createRegradeJudge, formatGradedFile, getGradeTargets, gradeFile } =
      await import("../results/grade-file.ts");

    const files = await expandPaths(io.cwd, paths);
    const { values } = compose({ options, given: getGivenValues(options, flags), cwd: io.cwd });
    const judge = createRegradeJudge(values, io);
    const targets = getGradeTargets(files, flags.output === undefined ? null : resolve(io.cwd, flags.output));
    const graded: GradedFile[] = [];
    const failed: { file: string; error: string }[] = [];
    for (const file of files) {
      try {
        const one = await gradeFile(io, file, { ...flags, judge, target: targets.get(file) ?? null });
        graded.push(one);
        if (!flags.json) printer.lines([...formatGradedFile(one, io.cwd, printer), ...(files.length > 1 ? [""] : [])]);
      } catch (thrown) {
        if (files.length === 1) throw thrown;
        failed.push({ file, error: getErrorMessage(thrown) });
        io.stderr.write(`${shortenPath(file, io.cwd)}: ${getErrorMessage(thrown)}\n`);
      }
    }
    if (flags.json) printer.json({ files: graded.map(createGradedDocument), failed });
    const faults = graded.flatMap(({ gradings }) => gradings.filter(({ fault }) => fault !== null));
    return failed.length > 0 || faults.length > 0 ? exitCodes.failed : exitCodes.ok;
  },
});
