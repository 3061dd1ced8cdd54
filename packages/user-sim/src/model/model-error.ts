import { isTau2Error, Tau2Error } from "@tau2/domains";
import { redactText } from "@tau2/domains/internal";

/**
 * Class of a failed model call.
 * - `transient`: overload, rate limit or broken connection; a later attempt may succeed.
 * - `timeout`: the model did not answer before the deadline.
 * - `cancelled`: the caller aborted the call.
 * - `context`: the conversation is too long for the model.
 * - `configuration`: bad key, unknown model or refused parameters, or an empty answer because of a token limit or a content filter.
 * - `too_large`: the answer is longer than the limit and was cut off.
 * - `reply`: the answer is not a usable assistant message.
 */
export type ModelFault = "transient" | "timeout" | "cancelled" | "context" | "configuration" | "too_large" | "reply";

/** Error of a model call after all retries. The message quotes the endpoint, without keys, and says what would help. */
export class ModelError extends Tau2Error<"model"> {
  readonly fault: ModelFault;
  /** HTTP status of the answer; null without an answer. */
  readonly status: number | null;
  /** The tool call whose arguments are not a JSON object, as the model wrote it, if that is the fault. */
  readonly call: { readonly id: string; readonly name: string; readonly arguments: string } | null;

  constructor(
    fault: ModelFault,
    message: string,
    options: ErrorOptions & { status?: number | null | undefined; call?: ModelError["call"] | undefined } = {},
  ) {
    // Endpoints repeat keys in their error texts.
    super("model", redactText(message), options);
    this.name = "ModelError";
    this.fault = fault;
    this.status = options.status ?? null;
    this.call = options.call ?? null;
  }
}

/** Returns whether an error is a {@link ModelError}, also one of another copy of this package. */
export function isModelError(error: unknown): error is ModelError {
  return isTau2Error(error, "model") && "fault" in error;
}
