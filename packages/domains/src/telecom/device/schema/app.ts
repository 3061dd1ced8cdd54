import { z } from "zod";

/** What an app may use. */
export type AppPermissions = z.output<typeof appPermissions>;
export const appPermissions = z.strictObject({
  sms: z.boolean().default(false),
  storage: z.boolean().default(false),
  phone: z.boolean().default(false),
  network: z.boolean().default(false),
});

/** An app on the phone. */
export type AppStatus = z.output<typeof appStatus>;
export const appStatus = z.strictObject({ app_name: z.string(), permissions: appPermissions.prefault({}) });
