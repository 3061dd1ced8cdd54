// A consumer who still has zod 3 declares a tool. The error must name the remedy.
import { createToolFactory } from "@tau2/domains";
import { z } from "zod3";

try {
  createToolFactory()({ name: "greet", kind: "read", description: "", parameters: z.object({}), result: z.string(), run: () => "" });
} catch (error) {
  console.log(`${error.code}: ${error.message}`);
}
