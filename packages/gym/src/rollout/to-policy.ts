import { Tau2Error } from "@tau2/domains";
import type { ChatModel } from "@tau2/user-sim";
import { modelPolicy } from "./model-policy.ts";
import type { Policy } from "./policy.ts";

/** A policy, a model that is made one with `modelPolicy`, or just what a policy does. */
export type PolicyOption = Policy | ChatModel | Policy["act"];

/** @throws Tau2Error `invalid` for what is none of them */
export function toPolicy(policy: PolicyOption): Policy {
  if (typeof policy === "function") return { name: policy.name || "function", act: policy };
  if (typeof policy !== "object" || policy === null) throw new Tau2Error("invalid", "no policy: give a policy, a model, or a function");
  return "complete" in policy ? modelPolicy({ model: policy }) : policy;
}
