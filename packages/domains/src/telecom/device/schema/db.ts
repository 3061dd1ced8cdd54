import { z } from "zod";
import { createToolFactory } from "../../../core/tool.ts";
import { phone } from "./phone.ts";
import { surroundings } from "./surroundings.ts";

/** The user's side: a phone and the world around it. */
export type TelecomUserDb = z.output<typeof telecomUserDb>;
export const telecomUserDb = z.strictObject({ device: phone.prefault({}), surroundings: surroundings.prefault({}) });

export const userTool = createToolFactory<TelecomUserDb>();
