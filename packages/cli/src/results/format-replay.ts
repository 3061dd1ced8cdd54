import type { Message, ToolCall } from "@tau2/domains";
import { isParticipantMessage } from "@tau2/domains/internal";
import type { SimulationRun } from "@tau2/orchestrator/results";
import { formatComponents } from "../run/format-metrics.ts";
import { type Paint, count, fit, formatDuration, formatReward, oneLine, wrap } from "../ui/text.ts";
import type { ReplayedStep, StateChange } from "./replay-steps.ts";

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
export function formatReplayHeadline(
  simulation: SimulationRun,
  messages: number,
  { paint, width = 120 }: { readonly paint: Paint; readonly width: number | undefined },
): string[] {
  const { task_id, trial, reward_info, termination_reason, duration } = simulation;
  const components = formatComponents(simulation);
  return [
    paint("bold", `task ${task_id}, trial ${(trial ?? 0) + 1}: reward ${formatReward(reward_info?.reward)}`),
    ...wrap(
      `${count(messages, "message")}, ${termination_reason}, ${formatDuration(duration)}${components === "" ? "" : `; ${components}`}`,
      width,
    ),
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

/** Formats a call: `get_user(user_id="x", flags=[1])`. */
export function formatCall({ name, arguments: args }: Pick<ToolCall, "name" | "arguments">): string {
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
