import { Tau2Error } from "@tau2/domains";
import type { UserSimulator } from "./user.ts";

/** Nobody: stands in for the user in solo mode. @throws Tau2Error `unsupported` when it is asked to speak. */
export function dummyUser(): UserSimulator {
  return {
    implementation: "dummy_user",
    model: null,
    respond() {
      throw new Tau2Error(
        "unsupported",
        "the dummy user cannot speak: it is for solo mode, where the agent talks to nobody; choose another user",
      );
    },
  };
}
