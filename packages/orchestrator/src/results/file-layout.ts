import { findFloatKeys, pyFloat, pyJsonDumps, pyNumber } from "@tau2/domains/internal";
import type { Results } from "./results.ts";

/** Form of texts and numbers: tau2-bench's files come in two forms (docs/spec/core.md#0-1). */
export interface JsonDialect {
  text(value: string): string;
  /** A number that is declared as a float. */
  float(value: number): string;
  /** A number of no declared kind: whole ones plain. */
  number(value: number): string;
}

/** PYJSON: all in ASCII. The one-file form, and the file of the directory form that names its simulations. */
export const pythonDialect: JsonDialect = {
  text: (value) => pyJsonDumps(value),
  float: (value) => (Number.isFinite(value) ? pyFloat(value) : pyJsonDumps(value)),
  number: (value) => pyJsonDumps(value),
};

/** PDJSON: texts in UTF-8, small numbers longer without an exponent, null for values that are not numbers. The files of single simulations. */
export const pydanticDialect: JsonDialect = {
  text: (value) => JSON.stringify(value),
  float: formatPydanticFloat,
  number: (value) => (Number.isInteger(value) && !Object.is(value, -0) ? pyNumber(value) : formatPydanticFloat(value)),
};

function formatPydanticFloat(value: number): string {
  if (!Number.isFinite(value)) return "null";
  const [mantissa = "", exponentText = "0"] = value.toExponential().split("e");
  const exponent = Number(exponentText);
  if (value !== 0 && exponent < -5) return `${mantissa}e${exponent}`;
  if (exponent >= 16) return `${mantissa}e+${exponent}`;
  // Between them both forms agree, but for 0.00001 to 0.0001.
  return exponent === -5 ? `${value < 0 ? "-" : ""}0.0000${mantissa.replace(/[-.]/g, "")}` : pyFloat(value);
}

/** Layout of a value in a file: its fields in their order, and the numbers that are floats. */
export type Layout =
  /** Any value; numbers by their remembered kind. `floats` names keys that are floats without one. */
  | { kind: "any"; floats?: ReadonlySet<string> }
  | { kind: "float" }
  /** The same for every value. */
  | { kind: "constant"; value: unknown }
  | { kind: "list"; of: Layout }
  /** Own keys, one layout. */
  | { kind: "map"; of: Layout }
  /** Exactly these fields, in this order; what a value lacks is null. */
  | { kind: "record"; fields: Readonly<Record<string, Layout>> }
  | { kind: "choice"; of: (value: object) => Layout };

export const any: Layout = { kind: "any" };
export const float: Layout = { kind: "float" };
export const constant = (value: unknown): Layout => ({ kind: "constant", value });
export const list = (of: Layout): Layout => ({ kind: "list", of });
export const map = (of: Layout): Layout => ({ kind: "map", of });
export const record = (fields: Readonly<Record<string, Layout>>): Layout => ({ kind: "record", fields });
export const choice = (of: (value: object) => Layout): Layout => ({ kind: "choice", of });

/** Formats a value with an indent of 2. */
export function formatLayout(layout: Layout, value: unknown, dialect: JsonDialect = pythonDialect): string {
  return formatValueAt({ dialect, margin: "" }, layout, value);
}

/** Formats a value that stands deeper in a text. */
export function formatAt(margin: string, layout: Layout, value: unknown, dialect: JsonDialect): string {
  return formatValueAt({ dialect, margin }, layout, value);
}

interface Place {
  readonly dialect: JsonDialect;
  readonly margin: string;
}

function formatValueAt(place: Place, layout: Layout, value: unknown): string {
  const { dialect } = place;
  if (layout.kind === "constant") return formatValueAt(place, any, layout.value);
  if (value === null || value === undefined) return "null";
  if (typeof value === "number") return layout.kind === "float" ? dialect.float(value) : dialect.number(value);
  if (typeof value === "string") return dialect.text(value);
  if (typeof value !== "object") return pyJsonDumps(value);
  switch (layout.kind) {
    case "choice":
      return formatValueAt(place, layout.of(value), value);
    case "record":
      return formatObject(place, Object.entries(layout.fields), ([key, field], inner) => [
        key,
        formatValueAt(inner, field, getField(value, key)),
      ]);
    case "map":
      return formatObject(place, Object.entries(value), ([key, item], inner) => [key, formatValueAt(inner, layout.of, item)]);
    case "list":
      return formatArray(place, value as unknown[], (item, inner) => formatValueAt(inner, layout.of, item));
    case "any":
    case "float":
      return formatUntyped(place, value, layout.kind === "any" ? layout.floats : undefined);
  }
}

function formatUntyped(place: Place, value: object, named: ReadonlySet<string> | undefined): string {
  const keys = findFloatKeys(value) ?? named;
  const chooseLayout = (key: string) => (keys?.has(key) ? float : any);
  if (Array.isArray(value)) return formatArray(place, value, (item, inner, i) => formatValueAt(inner, chooseLayout(String(i)), item));
  const present = Object.entries(value).filter(([, item]) => item !== undefined);
  return formatObject(place, present, ([key, item], inner) => [key, formatValueAt(inner, chooseLayout(key), item)]);
}

function getField(value: object, key: string): unknown {
  return (value as Record<string, unknown>)[key];
}

function formatArray<T>({ dialect, margin }: Place, items: readonly T[], text: (item: T, inner: Place, i: number) => string): string {
  const inner = { dialect, margin: `${margin}  ` };
  return items.length === 0 ? "[]" : `[\n${items.map((item, i) => inner.margin + text(item, inner, i)).join(",\n")}\n${margin}]`;
}

function formatObject<T>(
  { dialect, margin }: Place,
  items: readonly T[],
  text: (item: T, inner: Place) => [key: string, text: string],
): string {
  const inner = { dialect, margin: `${margin}  ` };
  const lines = items.map((item) => {
    const [key, value] = text(item, inner);
    return `${inner.margin}${dialect.text(key)}: ${value}`;
  });
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n${margin}}`;
}

/** tau2-bench's results file, field by field (docs/spec/core.md#1-1, #1-2, #1-4, #1-5). Constants are the same in every text simulation. */

const nothing = constant(null);

const toolCall = record({ id: any, name: any, arguments: any, requestor: any });

const participantMessage = record({
  role: any,
  content: any,
  tool_calls: list(toolCall),
  is_audio: constant(false),
  turn_idx: any,
  timestamp: any,
  cost: float,
  usage: any,
  raw_data: any,
  generation_time_seconds: float,
  audio_format: nothing,
  audio_path: nothing,
  audio_script_gold: nothing,
  speech_effects: nothing,
  source_effects: nothing,
  channel_effects: nothing,
  turn_taking_action: nothing,
  utterance_ids: nothing,
  chunk_id: nothing,
  is_final_chunk: constant(true),
  source: nothing,
  contains_speech: constant(true),
});
const toolMessage = record({ id: any, role: any, content: any, requestor: any, error: any, turn_idx: any, timestamp: any });
const systemMessage = record({ role: any, content: any, turn_idx: any, timestamp: any });

const message = choice((value) => {
  const { role } = value as { role: string };
  return role === "tool" ? toolMessage : role === "system" ? systemMessage : participantMessage;
});

const environmentCall = { env_type: any, func_name: any, arguments: any };
const assertion = record({ ...environmentCall, assert_value: any, message: any });
const action = record({ action_id: any, requestor: any, name: any, arguments: any, info: any, compare_args: any });

/** A task, as files embed it. */
const taskLayout: Layout = record({
  id: any,
  description: record({ purpose: any, relevant_policies: any, notes: any }),
  user_scenario: record({
    persona: any,
    instructions: record({ domain: any, reason_for_call: any, known_info: any, unknown_info: any, task_instructions: any }),
  }),
  ticket: any,
  initial_state: record({
    initialization_data: record({ agent_data: any, user_data: any }),
    initialization_actions: list(record(environmentCall)),
    message_history: list(message),
  }),
  evaluation_criteria: record({
    actions: list(action),
    env_assertions: list(assertion),
    communicate_info: any,
    nl_assertions: any,
    reward_basis: any,
  }),
  issues: list(
    record({
      id: any,
      title: any,
      description: any,
      status: any,
      resolution: any,
      created_at: any,
      resolved_at: any,
      author_email: any,
      pr_link: any,
      simulation_file: any,
    }),
  ),
  required_documents: any,
  user_tools: any,
});

const rewardInfo = record({
  reward: float,
  db_check: record({ db_match: any, db_reward: float }),
  env_assertions: list(record({ env_assertion: assertion, met: any, reward: float })),
  action_checks: list(record({ action, action_match: any, action_reward: float, tool_type: any })),
  nl_assertions: list(record({ nl_assertion: any, met: any, justification: any })),
  communicate_checks: list(record({ info: any, met: any, justification: any })),
  reward_basis: any,
  reward_breakdown: map(float),
  info: any,
});

/** One simulation. */
export const simulationLayout: Layout = record({
  id: any,
  task_id: any,
  timestamp: any,
  start_time: any,
  end_time: any,
  duration: float,
  termination_reason: any,
  agent_cost: float,
  user_cost: float,
  agent_usage: nothing,
  reward_info: rewardInfo,
  messages: list(message),
  ticks: nothing,
  trial: any,
  seed: any,
  mode: constant("half_duplex"),
  speech_environment: nothing,
  review: any,
  user_only_review: any,
  info: any,
  auth_classification: any,
  hallucination_retries_used: any,
  hallucination_check: nothing,
  provider_session_id: nothing,
  policy: any,
  effect_timeline: nothing,
});

const llmArgs: Layout = {
  kind: "any",
  floats: new Set(["temperature", "top_p", "min_p", "presence_penalty", "frequency_penalty", "repetition_penalty"]),
};

/** Settings of the run. */
const infoLayout: Layout = record({
  git_commit: any,
  num_trials: any,
  max_steps: any,
  max_errors: any,
  user_info: record({
    implementation: any,
    llm: any,
    llm_args: llmArgs,
    global_simulation_guidelines: any,
    voice_settings: nothing,
    persona_config: nothing,
  }),
  agent_info: record({ implementation: any, llm: any, llm_args: llmArgs, voice_settings: nothing }),
  environment_info: record({ domain_name: any, policy: any, tool_defs: nothing }),
  seed: any,
  text_streaming_config: constant({ chunk_by: "words", chunk_size: 1 }),
  speech_complexity: nothing,
  audio_native_config: nothing,
  retrieval_config: nothing,
  retrieval_config_kwargs: nothing,
});

/** The whole file, by its keys. */
export const resultsFields: Readonly<Record<keyof Results, Layout>> = {
  timestamp: any,
  info: infoLayout,
  tasks: list(taskLayout),
  simulations: list(simulationLayout),
  simulation_index: list(
    record({ id: any, task_id: any, trial: any, reward: float, termination_reason: any, agent_cost: float, duration: float }),
  ),
};
