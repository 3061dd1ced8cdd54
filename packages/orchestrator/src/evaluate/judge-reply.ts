import { getErrorMessage, Tau2Error } from "@tau2/domains";
import { z } from "zod";
import type { Verdict } from "./nl-assertions.ts";

/** The form of a judge's answer (spec core 7.6). */
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
