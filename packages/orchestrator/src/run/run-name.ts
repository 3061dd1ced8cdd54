import { formatTimestamp } from "../conversation/clock.ts";
import type { RoleInfo } from "./run-info.ts";

/**
 * The name of a run that was given none: `20250131_103000_airline_llm_agent_gpt-4.1_user_simulator_gpt-4.1` (spec core 9.2).
 * Of a model's name the last part of its path stands in it; roles without a model leave it out.
 */
export function createRunName(domain: string, agent: RoleInfo, user: RoleInfo, started: Date): string {
  return [compactTime(started), domain, ...roleParts(agent), ...roleParts(user)].join("_");
}

function roleParts({ implementation, llm }: RoleInfo): string[] {
  const model = llm?.split("/").findLast((part) => part !== "");
  return model === undefined ? [implementation] : [implementation, model];
}

function compactTime(time: Date): string {
  return formatTimestamp(time).slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "_");
}
