import { selectTasks, Tau2Error } from "@tau2/domains";
import { episodeDefaults } from "@tau2/orchestrator/defaults";
import { scriptedUser } from "@tau2/user-sim";
import { AgentEnv } from "../env/agent-env.ts";
import { chooseTask, getDomainData, type UserOption } from "../env/options.ts";
import { defaultConfig } from "./config.ts";
import { AsyncTrainingEnv, type AsyncTau2BenchEnv, type Tau2BenchEnv } from "./tau2bench-env.ts";

/** Environment in which rollouts are played. An `AgentEnv` gives its own task, or all tasks of its domain's default split. */
export type RolloutEnv = AgentEnv | Tau2BenchEnv | AsyncTau2BenchEnv;

/**
 * Returns the training environment for rollouts.
 * An `AgentEnv` gets one that plays in copies of it, so that the episode in the `AgentEnv` itself does not change.
 * @throws Tau2Error `unsupported` for an `AgentEnv` in solo mode, where the policy could not talk to a user
 */
export function toTrainingEnv(env: RolloutEnv | AsyncTrainingEnv): Tau2BenchEnv | AsyncTrainingEnv {
  return "isAsync" in env ? env : new AgentTrainingEnv(env);
}

/** Training environment that plays in copies of an `AgentEnv`. */
class AgentTrainingEnv extends AsyncTrainingEnv {
  constructor({ options }: AgentEnv) {
    if (options.solo) {
      throw new Tau2Error("unsupported", "rollouts need a user: give an AgentEnv without `solo`");
    }
    const { domain, task, taskId, maxSteps = episodeDefaults.maxSteps, judge = null, withoutJudge = "error" } = options;
    const user: UserOption = options.user ?? (({ task: played }) => scriptedUser({ task: played }));
    const data = getDomainData(options);
    const tasks = task || taskId !== undefined ? [chooseTask({ task, taskId }, domain, data)] : [...selectTasks(domain, data)];
    // Every turn takes at least one step, so `maxSteps` ends an episode before this limit of turns would.
    const config = { ...defaultConfig, domain, data, user, judge, without_judge: withoutJudge, max_steps: maxSteps, max_turns: maxSteps };
    super(config, () => ({ user, judge }), {
      datasets: { train: tasks, eval: tasks, test: tasks },
      createAgentEnv: () => new AgentEnv({ ...options, data, allMessagesAsObservation: false }),
    });
  }
}
