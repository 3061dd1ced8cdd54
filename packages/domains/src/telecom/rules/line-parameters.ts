import { z } from "zod";

/** How calls name a line: by its owner and its id. */
export const lineParameters = {
  customer_id: z.string().describe("Whose line it is, such as C1001."),
  line_id: z.string().describe("The line, such as L1001."),
};
