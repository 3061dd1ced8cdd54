import { z } from "zod";
import type { JsonObject } from "../json/json.ts";

const json = z.record(z.string(), z.json());

/**
 * Schema of a JSON object whose keys come from a model. Returns the object with every key: `z.record` drops `__proto__`, so that a record
 * of a call would differ from the call.
 */
export const jsonObject: z.ZodType<JsonObject> = z.unknown().superRefine((value, context) => {
  const parsed = json.safeParse(value);
  for (const issue of parsed.error?.issues ?? []) context.addIssue(issue as never);
}) as unknown as z.ZodType<JsonObject>;
