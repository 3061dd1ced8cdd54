import { Tau2Error } from "@tau2/domains";
import type { UserSimulator } from "./user.ts";

/** Creates the placeholder for the user in solo mode. Its `respond` throws Tau2Error `unsupported`. */
export function dummyUser(): UserSimulator {
  return {
    implementation: "dummy_user",
    model: null,
    respond() {
      throw new Tau2Error(
        "unsupported",
        "the dummy user cannot speak: it is for solo mode, where the agent works alone; choose another user",
      );
    },
  };
}
