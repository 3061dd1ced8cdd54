import { hashText } from "@tau2/domains/internal";
import type { Message, Task, ToolDeclaration } from "@tau2/domains";
import type { SimulationRun } from "@tau2/orchestrator/results";
import { messageForm, type MessageForm } from "./transcript.ts";

/** `info` of a gym as records hold it: names and hashes in place of long values, `{}` before there is a value. */
export type GymInfoForm = Record<string, unknown>;

/** A simulation as records of a gym hold it. */
export type SimulationForm = Record<string, unknown> & { messages?: MessageForm[] };

/** Converts our `info` to tau2-bench's form, as records hold it. */
export function gymInfoForm(info: object): GymInfoForm {
  const { task, simulation_run, reward_info, policy, ...lists } = info as {
    task: Task;
    simulation_run: object;
    reward_info?: object;
    policy: string;
  };
  const tools = Object.entries<readonly ToolDeclaration[]>(lists);
  return {
    task: task.id,
    simulation_run: simulationForm(simulation_run),
    policy_sha256: hashText(policy),
    ...Object.fromEntries(tools.map(([key, declarations]) => [key, declarations.map((declaration) => declaration.function.name)])),
    ...(reward_info === undefined ? {} : { reward_info }),
  };
}

/** A simulation, ours or a record's, as far as it is compared. */
export function simulationForm(run: object): SimulationForm {
  if (!("messages" in run)) return {};
  const { task_id, termination_reason, reward_info, agent_cost, user_cost, messages } = run as SimulationRun;
  return { task_id, termination_reason, reward_info, agent_cost, user_cost, messages: ((messages ?? []) as Message[]).map(messageForm) };
}

/** Splits an observation into entries. A text of several lines is one entry, as long as none of its lines looks like a new one. */
function entriesOf(observation: string): string[] {
  return observation.split(/\n(?=(?:user|assistant|tool): )/);
}

const refusal = /^tool: Error: /;

/** The texts of refusals taken out of an observation. */
export function maskRefusals(observation: string): string {
  return entriesOf(observation)
    .map((entry) => (refusal.test(entry) ? "tool: Error: (not compared)" : entry))
    .join("\n");
}

/** The answers of tools taken out of an observation. */
export function maskAnswers(observation: string): string {
  return entriesOf(observation)
    .map((entry) => (entry.startsWith("tool: ") ? "tool: (not compared)" : entry))
    .join("\n");
}

/** Returns true if our observation shows a refusal where the record shows an answer. */
export function showsMoreRefusals(recorded: string, ours: string): boolean {
  const entries = entriesOf(ours);
  return entriesOf(recorded).some((entry, i) => entry.startsWith("tool: ") && !refusal.test(entry) && refusal.test(entries[i] ?? ""));
}
