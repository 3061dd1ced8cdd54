import type { JsonObject } from "@tau2/domains";
import { getActions, goldPolicy, modelPolicy, noopPolicy, type Policy } from "@tau2/gym/training";
import type { ActionFromLLM, RolloutStage } from "@tau2/gym/internal";
import { openAiModel } from "@tau2/user-sim";
import { UsageError } from "../errors.ts";
import type { CliIo } from "../io.ts";
import type { ComposedRollout } from "../config/compose-rollout.ts";
import { type RoleEndpoint, createModelOptions, resolveEndpoint } from "../config/endpoint.ts";

/** A policy and the settings of its requests. */
export interface ChosenPolicy {
  readonly policy: Policy;
  readonly kind: "model" | "gold" | "noop";
  /** Null for a policy without a model. */
  readonly endpoint: RoleEndpoint | null;
  /** Sent with every request, beside the seed. */
  readonly samplingArgs: JsonObject;
  /** Reading of the model's text. */
  parse(text: string): ActionFromLLM[];
}

/** Model of the policy, as a trainer changed it. */
export type PolicyChange = NonNullable<RolloutStage["policy"]>;

/**
 * Creates the policy that the options name. Nothing replaces a missing model silently.
 * @throws UsageError if no model is named, or no endpoint has it; the message says how to start one
 */
export function choosePolicy(composed: ComposedRollout, env: CliIo["env"], change: PolicyChange = {}): ChosenPolicy {
  const { policy: kind, policy_args: args = {}, policy_tools: tools, policy_api_key_env: keyVariable } = composed.program.values;
  const { policy_header: headers, policy_reasoning: reasoning } = composed.program.values;
  const parse = reader(composed);
  if (kind === "gold" || kind === "noop") {
    return { policy: kind === "gold" ? goldPolicy() : noopPolicy(), kind, endpoint: null, samplingArgs: {}, parse };
  }
  const { trainer } = composed;
  const samplingArgs = { ...sampling(composed), ...args };
  const endpoint = resolveEndpoint(
    {
      role: "policy",
      model: change.model_name ?? modelName(composed),
      baseUrl: change.base_url ?? trainer.values.base_url,
      keyVariable,
      parameters: samplingArgs,
      headers,
      reasoning,
      alternative: "--policy gold does not need them",
    },
    env,
  );
  const { values } = composed.environment;
  const model = openAiModel({ ...createModelOptions(endpoint, values), maxRetries: values.max_retries });
  return {
    policy: modelPolicy({ model, parameters: samplingArgs, tools: tools as "native" | "text", keepReasoning: reasoning !== "none" }),
    kind: "model",
    endpoint,
    samplingArgs,
    parse,
  };
}

/** The model's name: from the command line, else the model that a file for it names, else the trainer's. */
function modelName({ trainer, model }: ComposedRollout): string {
  const named = trainer.values.model_name ?? null;
  const given = trainer.sources.get("model_name")?.source.startsWith("--") ?? false;
  const inFile = model?.values.model_config?.["pretrained_model_name_or_path"];
  const name = given ? named : typeof inFile === "string" ? inFile : named;
  if (name !== null) return name;
  throw new UsageError(
    "the policy's model is missing: --model-name NAME, --model-config NAME, or a trainer config that names one; --policy gold does not need one",
  );
}

function sampling({ trainer, generator, model }: ComposedRollout): JsonObject {
  const { temperature, max_tokens, stop_condition } = trainer.values;
  const generation = model?.values.generation_config ?? {};
  const inFile = generation["do_sample"] === false ? 0 : generation["temperature"];
  const used = temperature ?? (typeof inFile === "number" ? inFile : null);
  const { enable_thinking } = generator.values;
  return {
    ...(used === null ? {} : { temperature: used }),
    ...(max_tokens === undefined || max_tokens === null ? {} : { max_tokens }),
    ...(stop_condition ? { stop: [...stop_condition] } : {}),
    ...(enable_thinking === undefined || enable_thinking === null ? {} : { chat_template_kwargs: { enable_thinking } }),
  };
}

/** Words are read with the generator's marks of calls, where it has other ones than the usual. */
function reader({ generator }: ComposedRollout): (text: string) => ActionFromLLM[] {
  const { action_bos: bos = "<tool_call>", action_eos: eos = "</tool_call>" } = generator.values;
  return (text) => getActions(text.replaceAll(bos, "<tool_call>").replaceAll(eos, "</tool_call>"));
}
