import { Tau2Error } from "@tau2/domains";
import type { ChatModel } from "@tau2/user-sim";
import type { MaybePromise } from "../maybe-promise.ts";
import type { FlatTool, ModelMessage, ModelToolCall } from "../tau2bench/messages.ts";
import type { EpisodeState } from "../tau2bench/state.ts";
import { modelPolicy } from "./model-policy.ts";

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

/** A policy, a model that is made one with `modelPolicy`, or just what a policy does. */
export type PolicyOption = Policy | ChatModel | Policy["act"];

/** @throws Tau2Error `invalid` for what is none of them */
export function toPolicy(policy: PolicyOption): Policy {
  if (typeof policy === "function") return { name: policy.name || "function", act: policy };
  if (typeof policy !== "object" || policy === null) throw new Tau2Error("invalid", "no policy: give a policy, a model, or a function");
  return "complete" in policy ? modelPolicy({ model: policy }) : policy;
}
