import { initialStateSchema, type InitialState } from "@tau2/domains/internal";
import type { EnvironmentConfig, Message, Task } from "@tau2/domains";
import { startConversation, runConversation, toTrajectory, type Conversation, type Trajectory } from "@tau2/orchestrator";
import { evaluateWithoutJudge } from "@tau2/orchestrator/evaluate";
import { asJson, differences } from "../compare.ts";
import { unknownSidesAtWork, withoutEnvironment, type RewardRecord } from "../evaluation-rules.ts";
import { stateDifferences, type FinalState } from "../final-state.ts";
import { furthestState } from "../furthest-state.ts";
import { lineKind, type Line } from "../kind.ts";
import { judged, skipped, type Difference } from "../outcome.ts";
import { scriptedAgent, scriptedUser, type ScriptItem } from "../script.ts";
import { MERGED_SIDES, unknownSides } from "../sides.ts";
import { maskAnswersOf, maskErrorTexts, messageForm, refusedMore, type MessageForm } from "../transcript.ts";

interface OrchestratorLine extends Line, FinalState {
  task_id: string;
  initial_state: Partial<InitialState> | null;
  solo_mode: boolean;
  max_steps: number;
  max_errors: number;
  validate_communication: boolean;
  agent_stop_token: string | null;
  agent_script: ScriptItem[];
  user_script: ScriptItem[];
  raises: { type: string; message: string } | null;
  termination_reason: string | null;
  messages: Message[] | null;
  num_errors: number | null;
  step_count: number | null;
  reward_info: RewardRecord | null;
  reward_raises: { type: string; message: string } | null;
  malformed: boolean;
}

/** Outcome of a conversation: its end, or the exception with the messages so far (null: it could not begin). */
interface Course {
  conversation: Conversation | null;
  trajectory: Trajectory | null;
  thrown: unknown;
}

/** Scripted conversations: who speaks when, how they end, what they leave behind and what they are worth. */
export const orchestrator = lineKind<OrchestratorLine>("orchestrator", async (line, subject) => {
  const own = subject.task(line.task_id);
  const task: Task = line.initial_state ? { ...own, initial_state: initialStateSchema.parse(line.initial_state) } : own;
  const setup = subject.setup({ solo: line.solo_mode });
  const course = await hold(line, setup, task);
  const recorded = line.messages?.map(messageForm) ?? null;
  const ours = (course.trajectory?.messages ?? course.conversation?.messages)?.map(messageForm) ?? null;
  const found = courseDifferences(line, setup, task, course, recorded, ours);
  if (found.length > 0 && line.malformed && refusedMore(recorded ?? [], ours ?? [])) {
    return skipped("malformed: refused a call that tau2-bench lets through");
  }
  return judged(found, unknownSides(setup, task.initial_state).size > 0 ? MERGED_SIDES : null);
});

async function hold(line: OrchestratorLine, environment: EnvironmentConfig, task: Task): Promise<Course> {
  const agent = scriptedAgent(line.agent_script, { solo: line.solo_mode, stopToken: line.agent_stop_token });
  const clock = () => ({ timestamp: "2025-01-01T00:00:00", elapsed: 0 });
  let conversation: Conversation | null = null;
  try {
    const rules = {
      environment,
      task,
      maxSteps: line.max_steps,
      maxErrors: line.max_errors,
      timeoutSeconds: null,
      enforceProtocol: line.validate_communication,
      isAgentStop: (message: Parameters<NonNullable<typeof agent.isStop>>[0]) => agent.isStop?.(message) ?? false,
    };
    conversation = startConversation(rules, clock());
    conversation = await runConversation(conversation, {
      agent,
      user: scriptedUser(line.user_script),
      clock,
      onStep: (next) => void (conversation = next),
    });
    return { conversation, trajectory: toTrajectory(conversation), thrown: null };
  } catch (thrown) {
    return { conversation, trajectory: null, thrown };
  }
}

function courseDifferences(
  line: OrchestratorLine,
  setup: EnvironmentConfig,
  task: Task,
  course: Course,
  recorded: MessageForm[] | null,
  ours: MessageForm[] | null,
): Difference[] {
  const { conversation, trajectory, thrown } = course;
  if ((line.raises === null) !== (thrown === null)) return [{ path: "raises", expected: line.raises, actual: thrown }];
  const unknown = unknownSides(setup, task.initial_state);
  const masked = (messages: MessageForm[] | null) => {
    const texts = line.malformed && messages ? maskErrorTexts(messages) : messages;
    return unknown.size > 0 && texts ? maskAnswersOf(unknown, setup, texts) : texts;
  };
  const state = conversation?.state ?? furthestState(setup, task.initial_state ?? {});
  return [
    ...differences(masked(recorded), masked(ours), { path: "messages" }),
    ...differences(line.termination_reason, trajectory?.terminationReason ?? null, { path: "termination_reason" }),
    ...stateDifferences(line, setup, state, { path: "", without: unknown }),
    ...(conversation && trajectory ? countDifferences(line, conversation, refusedOtherwise(recorded, ours)) : []),
    ...(trajectory ? rewardDifferences(line, setup, task, trajectory) : []),
  ];
}

/** Returns true if calls of a side that the record does not determine were refused here and not there, or the reverse. */
function refusedOtherwise(recorded: MessageForm[] | null, ours: MessageForm[] | null): boolean {
  return (recorded ?? []).some((message, i) => message["error"] !== ours?.[i]?.["error"]);
}

function countDifferences(line: OrchestratorLine, { errors, steps }: Conversation, otherwise: boolean): Difference[] {
  return [
    ...(otherwise ? [] : differences(line.num_errors, errors, { path: "num_errors" })),
    ...differences(line.step_count, steps, { path: "step_count" }),
  ];
}

function rewardDifferences(line: OrchestratorLine, environment: EnvironmentConfig, task: Task, trajectory: Trajectory): Difference[] {
  if (!line.reward_info && !line.reward_raises) return [];
  const { messages, terminationReason } = trajectory;
  const merged = unknownSidesAtWork(environment, task, messages).size > 0;
  let actual: RewardRecord;
  try {
    actual = asJson(evaluateWithoutJudge({ environment, task, messages, terminationReason }).rewardInfo) as RewardRecord;
  } catch (thrown) {
    return line.reward_raises || merged ? [] : [{ path: "reward_info", expected: line.reward_info, actual: thrown }];
  }
  if (!line.reward_info) return merged ? [] : [{ path: "reward_raises", expected: line.reward_raises, actual }];
  return merged
    ? differences(withoutEnvironment(line.reward_info), withoutEnvironment(actual), { path: "reward_info" })
    : differences(line.reward_info, actual, { path: "reward_info" });
}
