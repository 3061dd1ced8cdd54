import type { UserMessage } from "@tau2/domains";
import type { UserFactory } from "@tau2/orchestrator";
import type { Judgement, NlJudge } from "@tau2/orchestrator/evaluate";
import type { Tau2BenchConfig } from "../config.ts";
import {
  createModel,
  getGivenJudge,
  getGivenUser,
  getGuidelines,
  getRemoteCounterparts,
  type Counterparts,
  type RemoteModel,
} from "../counterparts.ts";
import { BlockingThread } from "./blocking-thread.ts";

/**
 * Creates user and judge for synchronous environments: another thread calls models while this one blocks.
 * @throws ModelError `configuration` without a key or an address
 */
export function createBlockingCounterparts(config: Tau2BenchConfig): { counterparts: Counterparts; close(): void } {
  const { user, judge } = getRemoteCounterparts(config);
  const attempts = 2 * (config.max_retries + 1);
  const thread = new BlockingThread(attempts * (config.request_timeout + 60) * 1000);
  return {
    counterparts: {
      user: user ? createBlockingUser(thread, user, getGuidelines(config)) : getGivenUser(config),
      judge: judge ? createBlockingJudge(thread, judge) : getGivenJudge(config),
    },
    close: () => thread.close(),
  };
}

function createBlockingUser(thread: BlockingThread, remote: RemoteModel, guidelines: ReturnType<typeof getGuidelines>): UserFactory {
  createModel("user", remote);
  const { endpoint, parameters } = remote;
  return ({ task, tools, seed }) => ({
    implementation: "user_simulator",
    model: endpoint.model,
    respond({ messages }) {
      return thread.ask({
        role: "user",
        endpoint,
        parameters,
        messages,
        scenario: task.user_scenario,
        tools,
        guidelines,
        seed,
      }) as UserMessage;
    },
  });
}

function createBlockingJudge(thread: BlockingThread, remote: RemoteModel): (episode: { seed: number | null }) => NlJudge {
  createModel("judge", remote);
  const { endpoint, parameters } = remote;
  return ({ seed }) => ({
    judge: ({ assertions, messages }) => {
      const sent = seed === null ? parameters : { ...parameters, seed };
      return thread.ask({ role: "judge", endpoint, parameters: sent, assertions, messages }) as Judgement;
    },
  });
}
