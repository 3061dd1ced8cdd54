import { getErrorMessage, Tau2Error, isTau2Error, type JsonObject, type Message, type Usage } from "@tau2/domains";
import { z } from "zod";
import type { Verdict, NlJudge } from "./nl-assertions.ts";
import { type ChatMessage, type ChatModel, type ChatReply, ModelError } from "@tau2/user-sim";
import { prompts } from "../prompts.ts";
import type { JudgeEffort } from "./evaluation.ts";

/** The form of a judge's answer (docs/spec/core.md#7-6). */
export const judgeReplySchema = z.object({
  results: z.array(z.object({ expectedOutcome: z.string(), reasoning: z.string(), metExpectation: z.boolean() })),
});

/**
 * The verdicts in a judge's answer, one for each assertion, in the order of the assertions. Code fences and words around the JSON are
 * passed over. Entries that repeat the assertions' texts are matched by them, others by position.
 * @throws Tau2Error `invalid` that tells the judge what is wrong with the answer.
 */
export function judgeReply(content: string | null, assertions: readonly string[]): Verdict[] {
  const parsed = judgeReplySchema.safeParse(jsonIn(content ?? ""));
  if (!parsed.success) {
    const places = parsed.error.issues.slice(0, 3).map(({ path, message }) => `${path.map(String).join(".") || "the whole"}: ${message}`);
    throw new Tau2Error("invalid", `the JSON does not have the form that was asked for (${places.join("; ")})`);
  }
  const { results } = parsed.data;
  if (results.length !== assertions.length) {
    throw new Tau2Error(
      "invalid",
      `results has ${results.length} entries where ${assertions.length} statements were given; each needs exactly one`,
    );
  }
  const named = assertions.map((assertion) => results.filter(({ expectedOutcome }) => expectedOutcome === assertion));
  const inOrder = named.every((entries) => entries.length === 1) ? named.flat() : results;
  return inOrder.map(({ metExpectation, reasoning }) => ({ met: metExpectation, justification: reasoning }));
}

function jsonIn(content: string): unknown {
  const text = content.trim();
  const fenced = /```(?:json)?\s*([\s\S]*?)```/.exec(text)?.[1];
  const braced = text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1);
  let fault: unknown;
  for (const candidate of [text, fenced, braced]) {
    if (!candidate) continue;
    try {
      return JSON.parse(candidate);
    } catch (thrown) {
      fault ??= thrown;
    }
  }
  throw new Tau2Error("invalid", text === "" ? "the answer is empty" : `the answer is not JSON: ${getErrorMessage(fault)}`);
}

/** Options of {@link nlJudge}. */
export interface NlJudgeOptions {
  model: ChatModel;
  /** Sent on to the endpoint; by default temperature 0. */
  parameters?: JsonObject | undefined;
  /** What the judge is told; by default `getJudgePrompt()`. */
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

/** Returns what a judge is told where no other prompt is given. */
export function getJudgePrompt(): string {
  return prompts["nl-judge"];
}
