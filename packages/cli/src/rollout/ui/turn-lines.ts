import type { EpisodeStep, ModelMessage, RolloutEvent } from "@tau2/gym/training";
import type { Paint } from "../../ui/paint.ts";
import { fit, oneLine } from "../../ui/text.ts";
import { episodeName } from "./episode-line.ts";

/** How much of a turn is shown: `brief` is a line for each message, `full` is all of it. */
export type TurnDetail = "brief" | "full";

const briefColumns = 160;

/** What the policy said in a turn and what came back, under a line that says where that was (docs/spec/act-prm.md#11-4). */
export function turnLines(event: RolloutEvent, detail: TurnDetail | null, paint: Paint): string[] {
  if (event.type !== "step" || detail === null) return [];
  const { step } = event;
  const cut = (text: string) => (detail === "full" ? printable(text) : fit(oneLine(text), briefColumns));
  const said = [step.action, ...step.next_obs].map((message) => `  ${paint("dim", `${message.role}:`)} ${cut(messageText(message))}`);
  return [paint("dim", header(step)), ...said];
}

function header(step: EpisodeStep): string {
  const { timestep, generation_id, try_step, batch_id, unique_data_sample_id: sample_id, split } = step;
  return `${episodeName({ split, sample_id, generation_id, try_step })}, turn ${timestep + 1}, batch ${batch_id}`;
}

function messageText({ content, tool_calls = [] }: ModelMessage): string {
  const calls = tool_calls.map(({ function: { name, arguments: args } }) => `${name}(${args})`);
  return [...(content === null ? [] : [content]), ...calls].join("\n");
}

/** Every line of a text, without anything that would steer the terminal. */
function printable(text: string): string {
  return text.split("\n").map(oneLine).join("\n    ");
}
