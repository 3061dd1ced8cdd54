import { getErrorMessage, type Usage } from "@tau2/domains/internal";
import { isTau2Error, Tau2Error, type JsonObject, type Message, type Task } from "@tau2/domains";
import { ModelError, type ChatMessage, type ChatModel, type ChatReply } from "@tau2/user-sim";
import { z } from "zod";
import { prompts } from "../prompts.ts";
import { createListResult, createUncheckedResult, NOTHING_TO_CHECK, type ComponentResult } from "./component-result.ts";
import type { JudgeEffort } from "./evaluation.ts";

/** Verdict of a judge on one assertion. */
export interface Verdict {
  met: boolean;
  justification: string;
}

/** Verdicts of a judge, one for each assertion in their order. */
export interface Judgement {
  verdicts: readonly Verdict[];
  effort: JudgeEffort;
}

/** Judge of natural-language assertions. {@link nlJudge} creates one from a chat model. */
export interface NlJudge {
  /** Judges the assertions. Returns a promise only if the judge has to wait for something. @throws ModelError */
  judge(request: {
    assertions: readonly string[];
    messages: readonly Message[];
    signal?: AbortSignal | undefined;
  }): Judgement | Promise<Judgement>;
}

/**
 * Creates the result of the natural-language assertions (docs/spec/core.md#7-6).
 * @param isWanted whether the evaluation looks at them
 * @param isDecided whether a rule decides the reward without the components
 */
export function evaluateNlAssertions(
  task: Task,
  { judgement, isWanted, isDecided }: { judgement: Judgement | null; isWanted: boolean; isDecided: boolean },
): ComponentResult {
  const assertions = task.evaluation_criteria?.nl_assertions ?? [];
  if (assertions.length === 0) {
    return isWanted
      ? createListResult([], { nl_assertions: [] }, "No nl_assertions to evaluate")
      : createUncheckedResult("vacuous", NOTHING_TO_CHECK);
  }
  if (judgement) {
    const checks = assertions.map((nl_assertion, i) => {
      const { met = false, justification = "" } = judgement.verdicts[i] ?? {};
      return { nl_assertion, met, justification };
    });
    const items = checks.map(({ met, nl_assertion }) => ({ met, text: nl_assertion }));
    return createListResult(items, { nl_assertions: checks });
  }
  if (isDecided) return createUncheckedResult("not_graded", "the reward was settled before; no judge was asked"); // prose-ok: results files hold this text
  if (!isWanted) return createUncheckedResult("not_graded", "not asked for by this evaluation");
  return createUncheckedResult("not_graded", "no judge model", { info: "Natural-language assertions were not graded: no judge model" });
}

/** Options of {@link nlJudge}. */
export interface NlJudgeOptions {
  model: ChatModel;
  /** Parameters of every request, in the endpoint's names. Default `{ temperature: 0 }`. */
  parameters?: JsonObject | undefined;
  /** Replaces the instructions of the judge. */
  prompt?: string | undefined;
}

const MAX_ATTEMPTS = 2;

/**
 * Creates a judge from a chat model. One request covers all assertions, and an unusable answer is sent back once with the problem.
 * Unlike tau2-bench's judge, it insists on one verdict for each assertion.
 * @example
 * ```ts
 * import { nlJudge } from "@tau2/orchestrator/evaluate";
 * import { openAiModel } from "@tau2/user-sim";
 *
 * const judge = nlJudge({ model: openAiModel({ model: "gpt-4.1" }) });
 * ```
 */
export function nlJudge({ model, parameters = { temperature: 0 }, prompt }: NlJudgeOptions): NlJudge {
  return {
    async judge({ assertions, messages, signal }) {
      const chat: ChatMessage[] = [
        { role: "system", content: prompt ?? getJudgePrompt() },
        { role: "user", content: createQuestion(assertions, messages) },
      ];
      const responseSchema = { name: "verdicts", schema: getResponseSchema() };
      const replies: ChatReply[] = [];
      for (;;) {
        const reply = await model.complete({ messages: [...chat], parameters, responseSchema, signal });
        replies.push(reply);
        const verdicts = parseVerdicts(reply.content, assertions);
        if (!(verdicts instanceof Error)) return { verdicts, effort: sumEffort(model, replies) };
        if (replies.length >= MAX_ATTEMPTS) {
          throw new ModelError("reply", `judge '${model.name}' gave no usable verdicts in ${MAX_ATTEMPTS} attempts: ${verdicts.message}`, {
            cause: verdicts,
          });
        }
        chat.push(
          { role: "assistant", content: reply.content ?? "", tool_calls: null },
          { role: "user", content: createComplaint(verdicts) },
        );
      }
    },
  };
}

/** Returns the default prompt of {@link nlJudge}. */
export function getJudgePrompt(): string {
  return prompts["nl-judge"];
}

function createQuestion(assertions: readonly string[], messages: readonly Message[]): string {
  const lines = messages.map(({ role, content }) => `${role}: ${content ?? "None"}`);
  return `<conversation>\n${lines.join("\n")}\n</conversation>\n\n<expected_outcomes>\n${JSON.stringify(assertions, null, 2)}\n</expected_outcomes>`;
}

function createComplaint(error: Error): string {
  return `That answer cannot be used: ${error.message}. Give the whole answer again, as one JSON object of the form described, and nothing else.`;
}

/** Form of a judge's answer. */
const verdictsSchema = z.object({
  results: z.array(z.object({ expectedOutcome: z.string(), reasoning: z.string(), metExpectation: z.boolean() })),
});

let responseSchema: JsonObject | undefined;

function getResponseSchema(): JsonObject {
  if (!responseSchema) {
    const { $schema: _, ...schema } = z.toJSONSchema(verdictsSchema);
    responseSchema = schema as JsonObject;
  }
  return responseSchema;
}

/**
 * Parses the verdicts in a judge's answer. Code fences and text around the JSON are ignored. Entries are matched by the texts of the
 * assertions if they repeat them, otherwise by position. Returns an error for the judge if they cannot be used.
 */
function parseVerdicts(content: string | null, assertions: readonly string[]): Verdict[] | Error {
  let value: unknown;
  try {
    value = findJson(content ?? "");
  } catch (thrown) {
    if (isTau2Error(thrown)) return thrown;
    throw thrown;
  }
  const parsed = verdictsSchema.safeParse(value);
  if (!parsed.success) {
    const places = parsed.error.issues.slice(0, 3).map(({ path, message }) => `${path.map(String).join(".") || "the whole"}: ${message}`);
    return new Tau2Error("invalid", `the JSON does not have the requested form (${places.join("; ")})`);
  }
  const { results } = parsed.data;
  if (results.length !== assertions.length) {
    return new Tau2Error(
      "invalid",
      `results has ${results.length} entries where ${assertions.length} statements were given; each needs exactly one`,
    );
  }
  const named = assertions.map((assertion) => results.filter(({ expectedOutcome }) => expectedOutcome === assertion));
  const inOrder = named.every((entries) => entries.length === 1) ? named.flat() : results;
  return inOrder.map(({ metExpectation, reasoning }) => ({ met: metExpectation, justification: reasoning }));
}

function findJson(content: string): unknown {
  const text = content.trim();
  const fenced = /```(?:json)?\s*([\s\S]*?)```/.exec(text)?.[1];
  const braced = text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1);
  let problem: unknown;
  for (const candidate of [text, fenced, braced]) {
    if (!candidate) continue;
    try {
      return JSON.parse(candidate);
    } catch (thrown) {
      problem ??= thrown;
    }
  }
  throw new Tau2Error("invalid", text === "" ? "the answer is empty" : `the answer is not JSON: ${getErrorMessage(problem)}`);
}

function sumEffort(model: ChatModel, replies: readonly ChatReply[]): JudgeEffort {
  const costs = replies.map(({ cost }) => cost);
  const usages = replies.map(({ usage }) => usage);
  return {
    model: model.name,
    attempts: replies.length,
    cost: costs.some((cost) => cost === null) ? null : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0),
    usage: usages.reduce<Usage | null>((sum, usage) => (sum && usage ? addUsage(sum, usage) : null), {
      prompt_tokens: 0,
      completion_tokens: 0,
    }),
  };
}

function addUsage(a: Usage, b: Usage): Usage {
  return { prompt_tokens: a.prompt_tokens + b.prompt_tokens, completion_tokens: a.completion_tokens + b.completion_tokens };
}
