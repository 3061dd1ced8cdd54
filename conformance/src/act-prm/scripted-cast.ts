import type { Message, ToolCall } from "@tau2/domains";
import type { NlJudge } from "@tau2/orchestrator/evaluate";
import type { UserSimulator } from "@tau2/user-sim";

/** Recorded behaviour of a model that fails. */
interface Failing {
  error: { type: string; message: string };
}

/** The n-th is the user's answer to a conversation in which it has spoken n times. */
export type UserScript = readonly ({ content: string | null; tool_calls?: readonly Omit<ToolCall, "requestor">[] } | Failing)[];

/** True: all assertions are met. Verdicts: in their order. */
export type JudgeScript = boolean | readonly boolean[] | Failing;

/** Scripted user and judge. Both answer synchronously, and log each request. */
export function scriptedCast(user: UserScript, judge: JudgeScript, log: string[]): { user: UserSimulator; judge: NlJudge } {
  return {
    user: {
      implementation: "scripted",
      model: null,
      respond({ messages }) {
        log.push("user");
        const line = user[spoken(messages)] ?? { content: "I see." };
        if ("error" in line) throw failure(line);
        const calls = line.tool_calls?.map((call) => Object.assign({}, call, { requestor: "user" as const })) ?? null;
        return { role: "user", content: line.content, tool_calls: calls, cost: 0 };
      },
    },
    judge: {
      judge({ assertions }) {
        log.push("judge");
        if (typeof judge === "object" && "error" in judge) throw failure(judge);
        const verdicts = assertions.map((_, i) => ({ met: typeof judge === "boolean" ? judge : (judge[i] ?? false), justification: "" }));
        return { verdicts, effort: { model: "scripted", attempts: 1, cost: 0, usage: null } };
      },
    },
  };
}

function spoken(messages: readonly Message[]): number {
  return messages.filter(({ role }) => role === "user").length;
}

function failure({ error }: Failing): Error {
  return Object.assign(new Error(error.message), { name: error.type });
}
