const brand: unique symbol = Symbol.for("tau2.error") as never;

/** What went wrong, as a word that programs can branch on. */
export type ErrorCode =
  /** A tool refused the call; the text is part of the domain's behaviour. */
  | "tool"
  /** Arguments do not fit the tool's declaration. */
  | "arguments"
  /** No such domain, task, split, tool, function or file. */
  | "not_found"
  /** A value has the wrong shape; the message names the place and what would be right. */
  | "invalid"
  /** The requested combination is not supported, such as solo mode in a domain without it. */
  | "unsupported"
  /** A recorded conversation does not replay to the recorded answers. */
  | "replay_mismatch"
  /** Messages do not alternate as the protocol demands. */
  | "protocol";

/**
 * Base of every error thrown on purpose by the tau2 packages.
 * Branded, so that {@link isTau2Error} holds across two copies of a package (ESM beside CJS, two versions).
 */
export class Tau2Error<Code extends string = string> extends Error {
  readonly code: Code;
  readonly [brand] = true;

  constructor(code: Code, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "Tau2Error";
    this.code = code;
  }
}

/**
 * Thrown by a tool to refuse a call. The message goes to the model as `Error: <message>`.
 * Changes made before the throw stay, as in the reference (docs/spec/core.md#2-3).
 */
export class ToolError extends Tau2Error<"tool"> {
  constructor(message: string) {
    super("tool", message);
    this.name = "ToolError";
  }
}

/** True for errors of any copy of these packages. */
export function isTau2Error(error: unknown): error is Tau2Error {
  return error instanceof Error && brand in error;
}

/** True for {@link ToolError} of any copy of these packages. */
export function isToolError(error: unknown): error is ToolError {
  return isTau2Error(error) && error.code === "tool";
}

/** The message of anything that was thrown. */
export function getErrorMessage(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
