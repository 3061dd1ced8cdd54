import { Tau2Error } from "@tau2/domains";

/**
 * Why a model did not answer.
 * - `transient`: overload, rate limit, dropped connection; asking again later may help.
 * - `timeout`: no answer within the deadline.
 * - `cancelled`: the caller gave up.
 * - `context`: the conversation is too long for the model; asking again cannot help.
 * - `configuration`: bad key, unknown model, refused parameters; asking again cannot help.
 * - `reply`: it answered, but with something that is not a usable message.
 */
export type ModelFault = "transient" | "timeout" | "cancelled" | "context" | "configuration" | "reply";

/** A model call that failed for good. The message says what the endpoint said and what would help. */
export class ModelError extends Tau2Error<"model"> {
  readonly fault: ModelFault;
  /** HTTP status, when there was an answer. */
  readonly status: number | null;
  /** The call that the model made, when what is wrong is that its arguments are no JSON object: `arguments` is what they are. */
  readonly call: { name: string; arguments: string } | null;

  constructor(
    fault: ModelFault,
    message: string,
    options: ErrorOptions & { status?: number | null; call?: { name: string; arguments: string } } = {},
  ) {
    super("model", message, options);
    this.name = "ModelError";
    this.fault = fault;
    this.status = options.status ?? null;
    this.call = options.call ?? null;
  }
}
