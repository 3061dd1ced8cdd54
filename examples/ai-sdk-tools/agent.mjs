import { aiSdkTools } from "@tau2/domains/ai-sdk";
import { stepCountIs, ToolLoopAgent } from "ai";

/**
 * A customer-service agent: works under the environment's policy, with the environment's tools.
 * @param {{ model: import("ai").LanguageModel, env: import("@tau2/domains").Environment }} options
 */
export function customerService({ model, env }) {
  return new ToolLoopAgent({ model, instructions: env.policy, tools: aiSdkTools(env), stopWhen: stepCountIs(20) });
}
