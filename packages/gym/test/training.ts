import type { DomainData } from "@tau2/domains";
import { mock } from "@tau2/domains/mock";
import type { Tau2BenchKeywords } from "../src/training/config.ts";
import type { ActionInput } from "../src/training/messages.ts";
import { chores, userSaying } from "./chores.ts";

/** The chores with splits: three tasks to train on, one to test. */
export const training: DomainData = {
  ...chores,
  splits: () => ({ train: ["milk", "note", "polite"], test: ["resumed"], base: ["milk", "note", "polite"] }),
};

/** Keywords of a training environment over them, in which the user wants milk and hangs up after the next words. */
export const onChores = { domain: mock, data: training, user: userSaying("Milk, please.") } satisfies Tau2BenchKeywords;

/** The call that the task `milk` wants. */
export const buyMilk: ActionInput = {
  type: "function_call",
  name: "create_task",
  arguments: { user_id: "user_1", title: "Buy milk" },
  call_id: "c1",
};

/** Words for the user. */
export function say(text: string): ActionInput {
  return { type: "function_call", name: "respond_user", arguments: { text }, call_id: "c2" };
}

/** A call as a model writes it in its text. */
export function written(name: string, args: object): string {
  return `<tool_call>${JSON.stringify({ name, arguments: args })}</tool_call>`;
}
