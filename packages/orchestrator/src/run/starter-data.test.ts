import { airline } from "@tau2/domains/airline";
import { loadData } from "@tau2/domains/data";
import { mock } from "@tau2/domains/mock";
import type { Domain } from "@tau2/domains";
import { describe, expect, test } from "vitest";
import { agentKinds, userKinds } from "./kinds.ts";
import { runSimulations } from "./run-simulations.ts";
const domains = [mock, airline] as unknown as readonly Domain[];

describe.each(domains.map((domain) => ({ domain, name: domain.name })))("the starter data of $name", ({ domain }) => {
  const data = loadData(domain, { dataDir: null });
  const basics = { domain, data, trials: 1, seed: 300, user: userKinds.scripted.factory({}), withoutJudge: "not_graded" as const };

  test("every solution earns the full reward with the scripted user", async () => {
    const { simulations } = await runSimulations({ ...basics, tasks: data.tasks(), agent: agentKinds.gold.factory({}) });
    expect(simulations.filter(({ reward_info }) => reward_info?.reward !== 1).map(({ task_id }) => task_id)).toEqual([]);
  });

  test.runIf(domain.solo)("every solution earns the full reward in solo mode", async () => {
    const tasks = data.tasks().filter((task) => agentKinds.llm_agent_solo.accepts!(task));
    const alone = { ...basics, solo: true, user: userKinds.dummy_user.factory({}) };
    const { simulations } = await runSimulations({ ...alone, tasks, agent: agentKinds.gold.factory({}) });
    expect(simulations.filter(({ reward_info }) => reward_info?.reward !== 1).map(({ task_id }) => task_id)).toEqual([]);
  });
});
