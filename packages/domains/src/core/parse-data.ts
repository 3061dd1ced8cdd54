import type { z } from "zod";
import { Tau2Error } from "./errors.ts";

/** Parses a value from outside. @throws Tau2Error `invalid` naming the first places that are wrong. */
export function parseData<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.slice(0, 3).map((issue) => `${issue.path.map(String).join(".") || "(root)"}: ${issue.message}`);
  const more = parsed.error.issues.length - issues.length;
  throw new Tau2Error("invalid", `${what} is not valid: ${issues.join("; ")}${more > 0 ? `; and ${more} more` : ""}`);
}
