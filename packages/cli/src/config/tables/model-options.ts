import { modelDefaults } from "@tau2/user-sim/defaults";
import type { OptionTable } from "../option.ts";

/** Parameters of a model's requests unless others are given, as in tau2-bench. */
export const defaultParameters = { temperature: 0 } as const;

/** Environment variable with the key of a model unless another one is named. */
export const DEFAULT_KEY_VARIABLE = "OPENAI_API_KEY";

const group = "Models";

/** Options of a role's model and its endpoint, for every table that has roles. A table adds group and brief. */
export const roleOptions = {
  llm: { group, kind: "text", placeholder: "MODEL", brief: "the model" },
  llm_args: { group, kind: "object", placeholder: "JSON", brief: "parameters of its requests" },
  base_url: { group, kind: "text", placeholder: "URL", brief: "the endpoint of its model" },
  api_key_env: {
    group,
    kind: "text",
    placeholder: "VARIABLE",
    brief: "the environment variable that holds its key",
  },
  header: {
    group,
    kind: "list",
    placeholder: "NAME=VALUE",
    secret: true,
    brief: "a header of its requests, such as api-key=…; repeat it for more. Headers are never stored",
  },
  reasoning: {
    group,
    kind: "text",
    placeholder: "HOW",
    choices: ["none", "since_last_user", "all"],
    default: "none",
    brief: "earlier reasoning text sent back to its model: none, since_last_user or all; signatures always are",
  },
  request_timeout: {
    group,
    kind: "number",
    placeholder: "SECONDS",
    min: 0,
    default: modelDefaults.timeoutMs / 1000,
    brief: "the longest that one request to a model may take",
  },
  max_response_bytes: {
    group,
    kind: "integer",
    placeholder: "N",
    min: 1,
    default: modelDefaults.maxResponseBytes,
    brief: "the size at which an answer of a model is cut off, a fault that is not retried",
  },
} as const satisfies OptionTable;
