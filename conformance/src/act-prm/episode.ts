import type { JsonObject } from "@tau2/domains";
import { toModelMessages, type EpisodeState, type ModelMessage } from "@tau2/gym/training";
import type { ContextMessage, NewMessage, ActionInput, TrainingStep } from "@tau2/gym/internal";
import { asJson, differences } from "../compare.ts";
import type { Subject } from "../domains.ts";
import type { Line } from "../kind.ts";
import { judged, skipped, type Difference, type Outcome } from "../outcome.ts";
import { messageDigest, withoutPrompt } from "./message-digest.ts";
import { allReasons, reasons } from "./reasons.ts";
import { comparableText, refusesMore, sameRefusal, textOf } from "./refusals.ts";
import { comparableTool, toolForm, type ToolForm } from "./tool-form.ts";
import { environmentOf, type EnvLine } from "./training-env.ts";

/** A state as records hold it, as far as it is compared as it is. */
interface StateForm {
  new_messages: NewMessage[];
  metadata: JsonObject;
  prior_messages?: ContextMessage[];
  prior_messages_digest?: { count: number; sha256: string };
  tools?: ToolForm[];
  [key: string]: unknown;
}

interface StepForm {
  state: StateForm;
  reward: number;
  done: boolean;
  truncated: boolean;
  info: JsonObject;
  info_keys: string[];
  tau2: { info_keys: string[]; [key: string]: unknown };
}

/** A recorded episode of the training environment. */
export interface TrainingLine extends Line, EnvLine {
  split: "train" | "eval" | "test";
  sample_idx: number;
  generation_idx: number;
  try_step: number;
  batch_idx: number;
  env_len: number;
  reset: { state: StateForm; llm_calls: string[]; tau2: { info_keys: string[] } };
  steps: {
    parsed_actions: ActionInput[];
    model_response: ModelMessage[] | null;
    context: "generator" | "none";
    llm_calls: string[];
    result?: StepForm;
    exception?: { type: string; message: string };
  }[];
}

/** Plays a recorded episode again, and compares every state. */
export async function episodeOutcome(line: TrainingLine, subject: Subject): Promise<Outcome> {
  const log: string[] = [];
  const asked = () => log.splice(0);
  const env = environmentOf(line, subject, log);
  env.split = line.split;
  const { sample_idx, generation_idx, try_step, batch_idx, reset } = line;
  const found: Difference[] = differences(line.env_len, env.length, { path: "env_len" });
  const left = new Set<string>();
  let state = await env.reset({ sample_idx, generation_idx, try_step, batch_idx });
  if (state.metadata.error) left.add(reasons.fault);
  found.push(...differences(reset.llm_calls, asked(), { path: "reset.llm_calls" }));
  found.push(...differences(recordedReset(reset), resetForm(state), { path: "reset" }));
  const first = state;
  let recorded = reset.state.new_messages;
  for (const [i, step] of line.steps.entries()) {
    // The model's conversation continues with the recorded words, so that a refusal in our words is one difference, not many.
    const current_messages = step.context === "none" ? null : toModelMessages({ ...state, new_messages: recorded });
    const { parsed_actions, model_response } = step;
    const result = await env.step({ parsed_actions, model_response, current_state: state, current_messages });
    const path = `steps[${i}] ${JSON.stringify(parsed_actions.map(({ name, text }) => name ?? text))}`;
    if (result.info.error) left.add(reasons.fault);
    found.push(...differences(step.llm_calls, asked(), { path: `${path}.llm_calls` }));
    if (!step.result) {
      found.push(...differences(step.exception?.message, result.info.error?.message, { path: `${path}.exception` }));
      break;
    }
    const said = result.state.new_messages;
    if (refusesMore(step.result.state.new_messages, said)) return skipped("malformed: refused a call that tau2-bench lets through");
    found.push(...differences(...stepForms(step.result, result, first, left), { path }));
    ({ state } = result);
    recorded = step.result.state.new_messages;
  }
  return judged(found, allReasons(left));
}

function recordedReset({ state, tau2 }: TrainingLine["reset"]): object {
  const { system_prompt_sha256: _, system_prompt_chars: __, tools = [], ...rest } = state;
  return { state: { ...rest, tools: tools.map(comparableTool) }, tau2 };
}

function resetForm(state: EpisodeState): unknown {
  const { system_prompt: _, tools, metadata, ...rest } = asJson(state) as EpisodeState;
  const { error: __, ...plain } = metadata;
  const info_keys = infoKeys(state).filter((key) => key !== "reward_info");
  return { state: { ...rest, metadata: plain, tools: tools.map(toolForm) }, tau2: { info_keys } };
}

/** A recorded step and ours, as they are compared. */
function stepForms(
  recorded: StepForm,
  { state, info, ...result }: TrainingStep,
  first: EpisodeState,
  left: Set<string>,
): [expected: unknown, actual: unknown] {
  const { error, ...plain } = info;
  const broken = error !== undefined && result.reward === null;
  // A reward of 0 represents the unknown one, in the result and in the metadata.
  const reward = broken ? recorded.reward : result.reward;
  const metadata = { ...plain, ...("reward" in plain ? { reward } : {}) };
  const { system_prompt, tools: _, prior_messages, ...rest } = asJson(state) as EpisodeState;
  const same = { same_system_prompt: system_prompt === first.system_prompt, same_tools: state.tools === first.tools };
  const prior = recorded.state.prior_messages
    ? { prior_messages: prior_messages.map(withoutPrompt) }
    : { prior_messages_digest: messageDigest(prior_messages) };
  const [expected, said] = comparableMessages(recorded.state.new_messages, rest.new_messages, left);
  return [
    { ...recorded, state: { ...recorded.state, new_messages: expected }, tau2: broken ? null : recorded.tau2 },
    {
      ...result,
      reward,
      state: { ...rest, ...same, ...prior, metadata, new_messages: said },
      info: metadata,
      info_keys: Object.keys(plain),
      tau2: broken ? null : tau2Form(state),
    },
  ];
}

function comparableMessages(recorded: readonly NewMessage[], said: readonly NewMessage[], left: Set<string>): [unknown, unknown] {
  const masked = recorded.map((message, i) => {
    const other = said[i];
    const mask = other !== undefined && sameRefusal(textOf(message), textOf(other));
    if (mask) left.add(reasons.refusal);
    return mask;
  });
  const form = (messages: readonly NewMessage[]) =>
    messages.map((message, i) => withText(message, masked[i] ? "(refused)" : comparableText(textOf(message))));
  return [form(recorded), form(said)];
}

function withText(message: NewMessage, text: string): NewMessage {
  return "output" in message ? { ...message, output: text } : { ...message, content: text };
}

function infoKeys({ tau2_info }: EpisodeState): string[] {
  return Object.keys(tau2_info)
    .filter((key) => !["report", "error", "invalid_action"].includes(key))
    .toSorted();
}

function tau2Form(state: EpisodeState): object {
  const { simulation_run, reward_info } = state.tau2_info;
  const over = simulation_run
    ? { termination_reason: simulation_run.termination_reason, num_messages: simulation_run.messages?.length ?? 0 }
    : {};
  const graded = reward_info
    ? { reward: reward_info.reward, reward_basis: reward_info.reward_basis, reward_breakdown: reward_info.reward_breakdown }
    : {};
  return { info_keys: infoKeys(state), ...over, ...graded };
}
