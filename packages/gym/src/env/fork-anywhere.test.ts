import type { Domain, Message } from "@tau2/domains";
import { airline } from "@tau2/domains/airline";
import { loadData } from "@tau2/domains/data";
import { retail } from "@tau2/domains/retail";
import { telecom } from "@tau2/domains/telecom";
import { agentKinds, runSimulations, userKinds } from "@tau2/orchestrator";
import { describe, expect, test } from "vitest";
import type { ActionMessage } from "../action/action.ts";
import { AgentEnv } from "./agent-env.ts";
import { UserEnv } from "./user-env.ts";

/** Returns messages without timestamps and other values that differ between runs. */
const said = (messages: readonly Message[]) =>
  messages.map((message) => ({ ...message, timestamp: null, turn_idx: null, raw_data: null, cost: null }));

/** A conversation that ends well, the learner's part of it as actions. */
async function solved(domain: Domain, taskId: string, learner: "assistant" | "user") {
  const data = loadData(domain, { dataDir: null });
  const { simulations } = await runSimulations({
    domain,
    data,
    tasks: [data.task(taskId)!],
    trials: 1,
    seed: 300,
    agent: agentKinds.gold.factory({}),
    user: userKinds.scripted.factory({}),
  });
  const messages = simulations[0]!.messages!;
  const own = messages.filter(({ role }) => role === learner).slice(learner === "assistant" ? 1 : 0) as ActionMessage[];
  return { data, messages, actions: own.map(({ content, tool_calls }) => ({ content: content ?? null, tool_calls: tool_calls ?? null })) };
}

const places: [string, Domain][] = [
  ["airline", airline],
  ["retail", retail],
  ["telecom", telecom],
];

describe.each(places)("at every step of a conversation in %s", (_, domain) => {
  test.each(["assistant", "user"] as const)(
    "a branch of the %s's environment ends as the trunk does, whatever others do",
    async (learner) => {
      const taskId = loadData(domain, { dataDir: null }).taskIds()[0]!;
      const { data, messages, actions } = await solved(domain, taskId, learner);
      const trunk = learner === "assistant" ? new AgentEnv({ domain, data, taskId }) : new UserEnv({ domain, data, taskId });
      await trunk.reset();
      for (const [i, action] of actions.entries()) {
        const [branch, stray] = trunk.fork(2) as [typeof trunk, typeof trunk];
        const early = await stray.step("Forget it, goodbye. ###STOP###");
        expect(early.terminated).toBe(true);
        let last = await branch.step(action);
        for (const next of actions.slice(i + 1)) last = await branch.step(next);
        expect({ reward: last.reward, terminated: last.terminated }).toEqual({ reward: 1, terminated: true });
        expect(said(branch.snapshot().conversation.messages)).toEqual(said(messages));
        const result = await trunk.step(action);
        expect(result.terminated).toBe(i === actions.length - 1);
      }
      expect(said(trunk.snapshot().conversation.messages)).toEqual(said(messages));
    },
  );
});
