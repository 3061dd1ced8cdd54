import { Tau2Error, type JsonObject } from "@tau2/domains";
import { dummyUser, llmUser, scriptedUser, type ChatModel, type UserGuidelines } from "@tau2/user-sim";
import type { UserFactory } from "../agent/agent.ts";

/** What a user chosen by name is given. */
export interface UserRole {
  /** Needed by the kinds that say so. */
  model?: ChatModel | undefined;
  /** Sent with every request, in the endpoint's own names. */
  parameters?: JsonObject | undefined;
  /** In place of the package's own. */
  guidelines?: string | UserGuidelines | undefined;
}

/** A user that can be chosen by name. */
export interface UserKind {
  needsModel: boolean;
  /** Whether it is for agents that work alone. */
  solo: boolean;
  /** @throws Tau2Error `invalid` when the model it needs is missing */
  factory(role: UserRole): UserFactory;
}

/** Users by the names that the reference knows, and ours. A table of one's own may add to it: `{ ...userKinds, mine: … }`. */
export const userKinds: Readonly<Record<"user_simulator" | "dummy_user" | "scripted", UserKind>> = {
  user_simulator: {
    needsModel: true,
    solo: false,
    factory({ model, parameters, guidelines }) {
      if (!model) throw new Tau2Error("invalid", "user 'user_simulator' needs a model");
      return ({ task, tools, seed }) => llmUser({ model, scenario: task.user_scenario, tools, guidelines, parameters, seed });
    },
  },
  dummy_user: { needsModel: false, solo: true, factory: () => () => dummyUser() },
  scripted: {
    needsModel: false,
    solo: false,
    factory:
      () =>
      ({ task }) =>
        scriptedUser({ task }),
  },
};
