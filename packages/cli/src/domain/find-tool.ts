import { didYouMean } from "@tau2/domains/internal";
import type { Domain, Requestor, Tool } from "@tau2/domains";
import { UsageError } from "../errors.ts";
import { checkGiven } from "../config/check-value.ts";
import type { Option } from "../config/option.ts";

/** A tool with the side that has it. */
export interface OwnedTool {
  readonly side: Requestor;
  readonly tool: Tool;
}

/** All tools of a domain: the agent's, then the user's. */
export function getOwnedTools(domain: Domain): OwnedTool[] {
  const owned = (side: Requestor, tools: readonly unknown[]) => tools.map((tool) => ({ side, tool: tool as Tool }));
  return [...owned("assistant", domain.agent.tools), ...owned("user", domain.user?.tools ?? [])];
}

/** A tool by its name; the agent's where both sides have one, unless a side is named. @throws UsageError with the nearest name. */
export function findTool(domain: Domain, name: string, side?: Requestor): OwnedTool {
  const tools = getOwnedTools(domain).filter((owned) => side === undefined || owned.side === side);
  const found = tools.find(({ tool }) => tool.name === name);
  if (found) return found;
  const names = tools.map(({ tool }) => tool.name);
  const whose = side === undefined ? "" : side === "user" ? " on the user's side" : " on the agent's side";
  throw new UsageError(
    `no tool '${name}'${whose} in domain ${domain.name}${didYouMean(name, names) || `. There are ${names.join(", ") || "none"}`}`,
  );
}

/** The side that `--as` names; undefined where it is not given. @throws UsageError for another word. */
export function getSide(option: Option, as: string | undefined): Requestor | undefined {
  if (as !== undefined) checkGiven({ as: option }, { as });
  return as as Requestor | undefined;
}
