import { z } from "@hono/zod-openapi";
import { isRecord } from "@tau2/domains/internal";
import type { JsonObject } from "@tau2/domains";

/** An object of any JSON: what comes in has been read as JSON, so that only its outermost form is to be looked at. */
export const jsonObject = z.custom<JsonObject>(isRecord, "must be an object").openapi({ type: "object" });
