import type { z } from "zod";

/** The first places of a value that are wrong, and what is wrong there. */
export function describeIssues(issues: readonly z.core.$ZodIssue[]): string {
  const lines = issues.flatMap(innermost);
  const more = lines.length - 3;
  return `${lines.slice(0, 3).join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}

/** Where one of several forms would do, what is wrong in the form that was most likely meant: the one with the least or the deepest faults. */
function innermost(issue: z.core.$ZodIssue, _?: number, __?: unknown, path: readonly PropertyKey[] = issue.path): string[] {
  // What a schema says in its own words is said for people.
  const unnamed = issue.message === "Invalid input";
  if (issue.code !== "invalid_union" || issue.errors.length === 0 || !unnamed) {
    return [`${path.map(String).join(".") || "(the whole)"}: ${issue.message}`];
  }
  const depth = (branch: readonly z.core.$ZodIssue[]) => Math.max(...branch.map((inner) => inner.path.length));
  const [best] = issue.errors.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length);
  return (best ?? []).flatMap((inner) => innermost(inner, 0, null, [...path, ...inner.path]));
}
