import { Tau2Error } from "@tau2/domains";
import type { Agent, AgentFactory, UserFactory } from "@tau2/orchestrator";
import type { ChatModel, UserSimulator } from "@tau2/user-sim";

/** Whoever plays the user: a model behind the usual prompt, a user, or a function that makes one for each episode. */
export type UserOption = ChatModel | UserSimulator | UserFactory;

/** Whoever plays the agent: a model behind the usual prompt, an agent, or a function that makes one for each episode. */
export type AgentOption = ChatModel | Agent | AgentFactory;

/** Takes the learner's place among the participants. Whoever asks it has overlooked that it is the learner's turn. */
export function learnerPlace(): Agent & UserSimulator {
  return {
    implementation: "gym_learner",
    model: null,
    respond() {
      throw new Tau2Error("protocol", "the learner speaks through step() only");
    },
  };
}

/** Whether somebody is a model rather than a participant. @throws Tau2Error `invalid` for the name of one, which types let nobody give */
export function isModel(role: object): role is ChatModel {
  if (typeof role === "object" || typeof role === "function") return "complete" in role;
  throw new Tau2Error(
    "invalid",
    `'${String(role)}' cannot take part: give a model, such as openAiModel({ model: "…" }) of "@tau2/user-sim"`,
  );
}
