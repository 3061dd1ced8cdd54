import { z } from "zod";
import { evaluateExpression } from "../calculate/evaluate.ts";
import { createToolFactory } from "./tool.ts";

/** Tools of several domains. They do not use a database. */

/** Transfers the conversation to a human agent. The policy says when; the tool does not change the database. */
export const transferToHumanAgents = createToolFactory<unknown>()({
  name: "transfer_to_human_agents",
  kind: "generic",
  description: "Hand the conversation over to a human colleague. Only for what the policy says needs one.",
  parameters: z.strictObject({ summary: z.string().describe("What the user wants and what was done so far.") }),
  result: z.string(),
  run: () => "Transfer successful",
});

/** Calculates an arithmetic expression. */
export const calculate = createToolFactory<unknown>()({
  name: "calculate",
  kind: "generic",
  description: "Work out an arithmetic expression, to two decimals.",
  parameters: z.strictObject({ expression: z.string().describe("Numbers, + - * / and parentheses, such as (120 + 85) * 3.") }),
  result: z.string(),
  run: (_, { expression }) => evaluateExpression(expression),
});
