import {
  diffStates,
  createInitialState,
  hasToolCalls,
  executeToolCall,
  type EnvironmentConfig,
  type EnvironmentState,
  type Message,
  type ToolCall,
} from "@tau2/domains";
import { toolOutputsEqual, isParticipantMessage, type DiffEntry, type InitialState } from "@tau2/domains/internal";
import type { SimulationRun } from "@tau2/orchestrator/results";
import { formatComponents } from "../run/format-metrics.ts";
import { type Paint, count, fit, formatDuration, formatReward, oneLine, wrap } from "../ui/text.ts";

/** A place of the databases that a call changed. */
export interface StateChange extends DiffEntry {
  readonly side: "agent" | "user";
}

/** One message of a trajectory, and for the answer of a tool what the call does when it is made again. */
export interface ReplayedStep {
  readonly message: Message;
  /** True for a message from before the conversation began. */
  readonly isHistory: boolean;
  readonly changes: readonly StateChange[];
  /** Answer of the tool now; null if it equals the recorded one. */
  readonly answersNow: string | null;
}

/** Plays a trajectory's calls once more, one after the other. Where even its beginning cannot be made any more, the messages come alone. */
export function replaySteps(setup: EnvironmentConfig, initial: InitialState | null, messages: readonly Message[]): ReplayedStep[] {
  const historyLength = initial?.message_history?.length ?? 0;
  let state = beginning(setup, initial);
  let calls: ToolCall[] = [];
  return messages.map((message, i): ReplayedStep => {
    const isHistory = i < historyLength;
    if (hasToolCalls(message)) calls = [...message.tool_calls];
    const call = message.role === "tool" ? calls.shift() : undefined;
    if (message.role !== "tool" || !call || !state || isHistory) return { message, isHistory, changes: [], answersNow: null };
    const { state: next, message: answer } = executeToolCall(setup, state, call);
    const changes = changesBetween(state, next);
    state = next;
    return { message, isHistory, changes, answersNow: toolOutputsEqual(answer, message) ? null : (answer.content ?? "") };
  });
}

function beginning(setup: EnvironmentConfig, initial: InitialState | null): EnvironmentState | null {
  try {
    return createInitialState(setup, initial ?? {}, { strict: false });
  } catch {
    return null;
  }
}

function changesBetween(before: EnvironmentState, after: EnvironmentState): StateChange[] {
  return (["agent", "user"] as const).flatMap((side) => diffStates(before[side], after[side]).map((entry) => ({ side, ...entry })));
}

/** Style of printed steps. */
export interface StepStyle {
  readonly paint: Paint;
  readonly width: number | undefined;
  /** Long answers in full. */
  readonly full: boolean;
}

const margin = " ".repeat(12);
const longestAnswer = 300;

/** Formats the outcome of a trajectory in two lines. */
export function formatReplayHeadline(simulation: SimulationRun, messages: number, paint: Paint): string[] {
  const { task_id, trial, reward_info, termination_reason, duration } = simulation;
  const components = formatComponents(simulation);
  return [
    paint("bold", `task ${task_id}, trial ${(trial ?? 0) + 1}: reward ${formatReward(reward_info?.reward)}`),
    `${count(messages, "message")}, ${termination_reason}, ${formatDuration(duration)}${components === "" ? "" : `; ${components}`}`,
  ];
}

/** Formats one step: speaker, text, calls, and changes of the databases. */
export function formatStep({ message, isHistory, changes, answersNow }: ReplayedStep, style: StepStyle): string[] {
  const { paint, width = 120 } = style;
  const room = Math.max(20, width - margin.length);
  const lines = (text: string) => wrap(text, room).map(clean);
  const [head, ...rest] = formatBody(message, style).flatMap(lines);
  return [
    `${String(message.turn_idx ?? "").padStart(3)} ${paint(isHistory ? "dim" : "bold", speaker(message).padEnd(7))} ${head ?? ""}`,
    ...rest.map((line) => margin + line),
    ...changes.map((change) => margin + paint("green", fit(formatChange(change), room))),
    ...(answersNow === null ? [] : [margin + paint("yellow", fit(`! answers now: ${oneLine(answersNow)}`, room))]),
  ];
}

function formatBody(message: Message, { full }: StepStyle): string[] {
  if (message.role === "tool") return [`${message.error ? "✗" : "←"} ${shortened(message.content ?? "", full)}`];
  const said = message.content === null || message.content === "" ? [] : [message.content];
  return isParticipantMessage(message) ? [...said, ...(message.tool_calls ?? []).map((call) => `→ ${formatCall(call)}`)] : said;
}

function speaker({ role }: Message): string {
  return { assistant: "agent", user: "user", tool: "", system: "system" }[role];
}

/** `get_user(user_id="x", flags=[1])` */
function formatCall({ name, arguments: args }: ToolCall): string {
  return `${name}(${Object.entries(args)
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join(", ")})`;
}

function formatChange({ side, op, path, value }: StateChange): string {
  const place = [side, ...path].join("/");
  return op === "remove" ? `- ${place}` : `${op === "add" ? "+" : "~"} ${place} = ${JSON.stringify(value)}`;
}

function shortened(content: string, full: boolean): string {
  if (full || content.length <= longestAnswer) return content;
  return `${fit(oneLine(content), longestAnswer)} (${content.length} characters; --full shows all)`;
}

/** A line of a model's text, without anything that would steer the terminal. */
function clean(line: string): string {
  return line.replaceAll(/\p{Cc}/gu, " ").trimEnd();
}
