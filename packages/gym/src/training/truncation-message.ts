import { Tau2Error } from "@tau2/domains";

/**
 * The text that tells a model that its turns are used up, with `{max_turns}` filled in (docs/spec/act-prm.md#2). `{{` and `}}` stand for braces.
 * @throws Tau2Error `invalid` for any other placeholder
 */
export function truncationText(template: string, max_turns: number): string {
  return template.replaceAll(/\{\{|\}\}|\{max_turns\}|[{}][^{}]*/g, (part) => {
    if (part === "{{" || part === "}}") return part.charAt(0);
    if (part === "{max_turns}") return String(max_turns);
    throw new Tau2Error(
      "invalid",
      `truncation_message has '${part.slice(0, 40)}': only {max_turns} can be filled in; write {{ and }} for braces`,
    );
  });
}
