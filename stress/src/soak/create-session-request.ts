import type { JsonObject } from "@tau2/domains";

/** A session whose user knows itself by the marker, and which ends neither by steps nor by failed calls. */
export function createSessionRequest(domain: string, marker: string): JsonObject {
  return {
    domain,
    task: {
      id: marker,
      user_scenario: { instructions: `You are ${marker}, and you want to talk.` },
      evaluation_criteria: { actions: [], reward_basis: ["DB"] },
    },
    max_steps: 1000,
    max_errors: 1000,
    metadata: { marker },
  };
}
