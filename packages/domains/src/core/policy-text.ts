import type { PolicyFiles } from "./domain.ts";

/** The policy that a domain's files make, each between its tags where there are several. */
export function formatPolicy(policy: PolicyFiles, read: (file: string) => string): string {
  if (typeof policy === "string") return read(policy);
  return policy.map(({ tag, file }) => `<${tag}>\n${read(file)}\n</${tag}>`).join("\n");
}
