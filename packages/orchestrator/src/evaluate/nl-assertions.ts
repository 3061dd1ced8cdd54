import type { Message, Task } from "@tau2/domains";
import type { JudgeEffort, Part } from "./evaluation.ts";

/** Whether one assertion holds of a conversation, and why. */
export interface Verdict {
  met: boolean;
  justification: string;
}

/** What a judge says: one verdict for each assertion, in their order. */
export interface Judgement {
  verdicts: readonly Verdict[];
  effort: JudgeEffort;
}

/** Judges what no program can check. `nlJudge` makes one from a chat model; one that asks nobody may answer at once. */
export interface NlJudge {
  judge(request: { assertions: readonly string[]; messages: readonly Message[]; signal?: AbortSignal }): Judgement | Promise<Judgement>;
}

/** The part of the natural-language assertions (docs/spec/core.md#7-6). Null judgement: nobody was asked, and the part is no number. */
export function evaluateNlAssertions(task: Task, judgement: Judgement | null): Part | null {
  const assertions = task.evaluation_criteria?.nl_assertions ?? [];
  if (assertions.length === 0) {
    return { reward: 1, breakdown: { NL_ASSERTION: 1 }, note: "No nl_assertions to evaluate", checks: { nl_assertions: [] } };
  }
  if (!judgement) return null;
  const checks = assertions.map((nl_assertion, i) => {
    const { met = false, justification = "" } = judgement.verdicts[i] ?? {};
    return { nl_assertion, met, justification };
  });
  const reward = checks.every(({ met }) => met) ? 1 : 0;
  return { reward, breakdown: { NL_ASSERTION: reward }, note: null, checks: { nl_assertions: checks } };
}
