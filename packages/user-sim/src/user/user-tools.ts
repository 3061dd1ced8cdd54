import type { ToolDeclaration } from "@tau2/domains";

/**
 * The tools that a simulated user is offered: all of the domain's user tools, or those that the task names in `user_tools`.
 * Null, never an empty list, when there are none, also when the task names a tool that does not exist (docs/spec/core.md#5, builder).
 * It limits only what is offered: the environment runs every user tool.
 */
export function filterUserTools(tools: readonly ToolDeclaration[], names: readonly string[] | null | undefined): ToolDeclaration[] | null {
  const known = new Set(tools.map((tool) => tool.function.name));
  if (names?.some((name) => !known.has(name))) return null;
  const offered = names ? tools.filter((tool) => names.includes(tool.function.name)) : [...tools];
  return offered.length > 0 ? offered : null;
}
