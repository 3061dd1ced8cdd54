import { isTau2Error, type JsonObject, type Message, type Usage } from "@tau2/domains";
import { type ChatMessage, type ChatModel, type ChatReply, ModelError } from "@tau2/user-sim";
import { z } from "zod";
import { promptFile } from "../prompt-file.ts";
import type { JudgeEffort } from "./evaluation.ts";
import { judgeReply, judgeReplySchema } from "./judge-reply.ts";
import type { NlJudge, Verdict } from "./nl-assertions.ts";

/** Options of {@link nlJudge}. */
export interface NlJudgeOptions {
  model: ChatModel;
  /** Sent on to the endpoint; by default temperature 0. */
  parameters?: JsonObject | undefined;
  /** What the judge is told; by default this package's `prompts/nl-judge.md`. */
  prompt?: string | undefined;
}

const ATTEMPTS = 2;

/**
 * A judge behind a chat model. It is asked once for all assertions; an answer of the wrong form is sent back once with what is wrong.
 * Unlike the reference's, it insists on one verdict for each assertion.
 */
export function nlJudge({ model, parameters = { temperature: 0 }, prompt }: NlJudgeOptions): NlJudge {
  return {
    async judge({ assertions, messages, signal }) {
      const chat: ChatMessage[] = [
        { role: "system", content: prompt ?? getJudgePrompt() },
        { role: "user", content: question(assertions, messages) },
      ];
      const replies: ChatReply[] = [];
      for (;;) {
        const responseSchema = { name: "verdicts", schema: replyForm() };
        const reply = await model.complete({ messages: [...chat], parameters, responseSchema, ...(signal ? { signal } : {}) });
        replies.push(reply);
        const outcome = read(reply, assertions);
        if (!(outcome instanceof Error)) return { verdicts: outcome, effort: effortOf(model, replies) };
        if (replies.length >= ATTEMPTS) {
          throw new ModelError("reply", `judge '${model.name}' gave no usable verdicts in ${ATTEMPTS} attempts: ${outcome.message}`, {
            cause: outcome,
          });
        }
        chat.push({ role: "assistant", content: reply.content ?? "", tool_calls: null }, { role: "user", content: complaint(outcome) });
      }
    },
  };
}

function read(reply: ChatReply, assertions: readonly string[]): Verdict[] | Error {
  try {
    return judgeReply(reply.content, assertions);
  } catch (thrown) {
    if (isTau2Error(thrown)) return thrown;
    throw thrown;
  }
}

function question(assertions: readonly string[], messages: readonly Message[]): string {
  const lines = messages.map(({ role, content }) => `${role}: ${content ?? "None"}`);
  return `<conversation>\n${lines.join("\n")}\n</conversation>\n\n<expected_outcomes>\n${JSON.stringify(assertions, null, 2)}\n</expected_outcomes>`;
}

function complaint(error: Error): string {
  return `That answer cannot be used: ${error.message}. Give the whole answer again, as one JSON object of the form described, and nothing else.`;
}

function effortOf(model: ChatModel, replies: readonly ChatReply[]): JudgeEffort {
  const [costs, usages] = [replies.map(({ cost }) => cost), replies.map(({ usage }) => usage)];
  return {
    model: model.name,
    attempts: replies.length,
    cost: costs.some((cost) => cost === null) ? null : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0),
    usage: usages.reduce<Usage | null>((sum, usage) => (sum && usage ? added(sum, usage) : null), {
      prompt_tokens: 0,
      completion_tokens: 0,
    }),
  };
}

function added(a: Usage, b: Usage): Usage {
  return { prompt_tokens: a.prompt_tokens + b.prompt_tokens, completion_tokens: a.completion_tokens + b.completion_tokens };
}

let form: JsonObject | undefined;

function replyForm(): JsonObject {
  if (!form) {
    const { $schema: _, ...schema } = z.toJSONSchema(judgeReplySchema);
    form = schema as JsonObject;
  }
  return form;
}

/** What a judge is told where nothing else is given: this package's `prompts/nl-judge.md`. */
export function getJudgePrompt(): string {
  return promptFile("nl-judge");
}
