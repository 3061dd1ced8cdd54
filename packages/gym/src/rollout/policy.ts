import type { MaybePromise } from "../maybe-promise.ts";
import type { FlatTool, ModelMessage, ModelToolCall } from "../training/messages.ts";
import type { EpisodeState } from "../training/state.ts";

/** What a policy gets to answer. */
export interface PolicyTurn {
  /** What the model is shown, the system prompt first. */
  messages: readonly ModelMessage[];
  tools: readonly FlatTool[];
  /** Where the episode stands. */
  state: EpisodeState;
  /** Null: the policy's own. */
  temperature: number | null;
  /** Null: the policy's own. */
  maxTokens: number | null;
  /** Of this episode; null for none. */
  seed: number | null;
  signal?: AbortSignal;
}

/** What a policy answers: text, in which calls stand between `<tool_call>` and `</tool_call>`, or calls beside it. */
export interface PolicyReply {
  content: string | null;
  tool_calls?: readonly ModelToolCall[] | null;
  /** Log-probabilities of the ids that were said, where they are known. */
  logprobs?: readonly number[];
}

/** Whoever is evaluated or trained. It holds no state of its own: what it says is a function of its turn. */
export interface Policy {
  /** For people and files. */
  readonly name: string;
  /** What it does; null when it has nothing more to say, which ends the episode as it stands. */
  act(turn: PolicyTurn): MaybePromise<PolicyReply | string | null>;
  /** The log-probability of each of these ids after those before it, for policies that can tell. */
  score?(tokens: readonly number[]): MaybePromise<readonly number[]>;
}
