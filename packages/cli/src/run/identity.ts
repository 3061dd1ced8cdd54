import type { EnvironmentConfig } from "@tau2/domains";
import { createRunIdentity, type RunIdentity } from "@tau2/orchestrator/store";
import { getAgentPrompt, getJudgePrompt, type PromptName, type RoleInfo } from "@tau2/orchestrator/internal";
import type { UserGuidelines } from "@tau2/user-sim/internal";
import type { RunValues } from "../config/tables/run-options.ts";
import type { RoleEndpoint } from "../config/endpoint.ts";
import { readText } from "./models.ts";

/** Input of {@link createIdentity}. */
export interface IdentityParts {
  readonly environment: EnvironmentConfig;
  readonly agent: RoleInfo;
  readonly user: RoleInfo;
  readonly judge: RoleEndpoint | null;
  readonly guidelines: UserGuidelines;
  readonly seed: number | null;
}

const prompts: Readonly<Record<string, PromptName>> = {
  llm_agent: "agent",
  llm_agent_gt: "agent-gt",
  llm_agent_solo: "agent-solo",
  http_agent: "agent",
};

/** Creates the identity of a run: the settings that its results depend on, prompts as they are sent. */
export function createIdentity(
  { environment, agent, user, judge, guidelines, seed }: IdentityParts,
  values: RunValues,
  cwd: string,
): RunIdentity {
  const prompt = prompts[agent.implementation];
  return createRunIdentity({
    environment,
    agent: { ...agent, prompt: prompt ? (readText(values.agent_prompt, cwd) ?? getAgentPrompt(prompt)) : null },
    user: { ...user, prompt: user.llm === null ? null : `${guidelines.plain}\n${guidelines.tools}` },
    judge: judge && {
      llm: judge.model,
      llmArgs: judge.parameters,
      prompt: readText(values.judge_prompt, cwd) ?? getJudgePrompt(),
    },
    seed,
    maxSteps: values.max_steps,
    maxErrors: values.max_errors,
    timeoutSeconds: values.timeout,
    enforceProtocol: values.enforce_communication_protocol,
  });
}
