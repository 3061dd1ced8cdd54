import type { JsonObject, Message, ToolDeclaration, UserMessage, UserScenario } from "@tau2/domains";
import type { Judgement } from "@tau2/orchestrator/evaluate";
import type { ModelFault, OpenAiModelOptions, UserGuidelines } from "@tau2/user-sim";

/** What the worker is asked for: the next message of a user, or a judge's verdicts. It travels between threads, so it is plain data. */
export type Request = { endpoint: OpenAiModelOptions; parameters: JsonObject; messages: readonly Message[] } & (
  | {
      role: "user";
      scenario: UserScenario;
      tools: readonly ToolDeclaration[] | null;
      guidelines: string | UserGuidelines | undefined;
      seed: number | null;
    }
  | { role: "judge"; assertions: readonly string[] }
);

/** What it answers. */
export type Answer = { value: UserMessage | Judgement } | { failure: Failure };

/** Something that was thrown, as it travels between threads. */
export interface Failure {
  name: string;
  message: string;
  /** Of a `ModelError`; null for anything else. */
  model: { fault: ModelFault; status: number | null } | null;
}
