import { z } from "zod";

/** Somebody who has to-dos. */
export type UserRecord = z.output<typeof userRecord>;
export const userRecord = z.object({
  user_id: z.string(),
  name: z.string(),
  /** Ids of the user's to-dos, oldest first. */
  tasks: z.array(z.string()),
});
