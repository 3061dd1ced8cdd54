import type { Rollout, RolloutEvent } from "@tau2/gym/training";
import type { RolloutKey } from "@tau2/gym/internal";
import { durationText, rewardText } from "../../ui/format.ts";
import type { Paint } from "../../ui/paint.ts";
import { count, oneLine } from "../../ui/text.ts";

/** What stays on the screen of an event: one line of those that end an episode, nothing of others. */
export function episodeLine(event: RolloutEvent, paint: Paint): string[] {
  if (event.type === "failed") {
    const { rollout } = event;
    return [`${paint("red", "!")} ${taskName(rollout)}: ${rollout.error!.class} fault, no reward: ${oneLine(rollout.error!.message)}`];
  }
  return event.type === "finished" ? [finished(event.rollout, paint)] : [];
}

/** Place and attempt, counted from 0 as trainers do. */
export function episodeName({ split, sample_id, generation_id, try_step }: RolloutKey): string {
  return `${split} ${sample_id}, generation ${generation_id}${try_step > 0 ? `, try ${try_step}` : ""}`;
}

function finished(rollout: Rollout, paint: Paint): string {
  const { final_reward: reward, episode_steps: steps, simulation, seconds } = rollout;
  const mark = reward === 1 ? paint("green", "✓") : reward === 0 ? paint("red", "✗") : paint("yellow", "~");
  const end = steps.at(-1)?.truncated ? "truncated" : (simulation?.termination_reason ?? "ended");
  return `${mark} reward ${rewardText(reward)}, ${taskName(rollout)}: ${count(steps.length, "turn")}, ${end}, ${durationText(seconds)}`;
}

function taskName(rollout: Rollout): string {
  return `task ${oneLine(rollout.task_id)} (${episodeName(rollout)})`;
}
