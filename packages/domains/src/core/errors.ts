import { redactText } from "./secrets/known-secrets.ts";

const brand: unique symbol = Symbol.for("tau2.error") as never;

/** Reason for an error, as a word that programs can branch on. This list is closed: a `switch` over it can be exhaustive. */
export type ErrorCode =
  // Domains, tools and data
  /** A tool refused the call. Its text is part of the domain's behaviour and goes to the model. */
  | "tool"
  /** Arguments do not fit the tool's declaration. */
  | "arguments"
  /** A domain, task, split, tool, function, file or route does not exist. */
  | "not_found"
  /** A value has the wrong shape. The message names the place and what would be right. */
  | "invalid"
  /** The requested combination is not supported, such as solo mode in a domain without it. */
  | "unsupported"
  // Conversations, models and episodes
  /** Messages do not alternate as the protocol demands. */
  | "protocol"
  /** A recorded conversation does not replay to the recorded answers. */
  | "replay_mismatch"
  /** A model call failed. `fault` of the `ModelError` says how. */
  | "model"
  /** A scripted model or user ran out of replies, or got a request that its script does not expect. */
  | "script"
  /** A stored simulation ended with an error, which is replayed. */
  | "recorded"
  /** An environment in a batch threw an error that is not a `Tau2Error`; see `cause`. */
  | "failed"
  // Runs, files and the command line
  /** A file cannot be written. The message says whether the disk is full. */
  | "storage"
  /** A stored run was made with other settings than the ones given. */
  | "incompatible"
  /** Another process uses the same run, or a step of the same session is in progress. */
  | "busy"
  /** Official data could not be downloaded. */
  | "download"
  /** The trainer's own code threw. */
  | "trainer"
  /** The command line or configuration is wrong. Nothing was started. */
  | "usage"
  // Server
  /** The request body is not JSON, or is nested too deeply. */
  | "invalid_json"
  /** The request's token is missing or wrong. */
  | "unauthorized"
  /** The request's `Host` or `Origin` header is not allowed. */
  | "forbidden"
  /** The path exists, for other HTTP methods. */
  | "method_not_allowed"
  /** The session has expired or was deleted. */
  | "gone"
  /** The episode has ended, so it takes no more steps. */
  | "episode_over"
  /** The session has as many snapshots as it can keep. Waiting does not help. */
  | "too_many_snapshots"
  /** The request id was used for a different request. */
  | "request_id_reused"
  /** The request body is larger than the limit. */
  | "too_large"
  /** The request body has another media type than JSON. */
  | "unsupported_media_type"
  /** The server's sessions are all in use. */
  | "capacity"
  /** The client disconnected before the answer. */
  | "cancelled"
  /** The client's own time limit has passed. */
  | "deadline"
  /** The model of the counterpart or of a judge failed. `class` and `retryable` say how. */
  | "upstream_failed"
  /** The server is shutting down. */
  | "draining"
  /** The disk of the server is full. The session could not be stored, so it has not changed. */
  | "storage_full"
  /** The server cannot store sessions for another reason, so the session has not changed. */
  | "storage_failed";

/**
 * Base of every error that the tau2 packages throw on purpose. Recognise it with {@link isTau2Error}, not with `instanceof`:
 * a program may load two copies of a package (ESM beside CommonJS, or two versions).
 */
export class Tau2Error<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code;
  readonly [brand] = true;

  constructor(code: Code, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "Tau2Error";
    this.code = code;
  }
}

/**
 * Refusal of a call, thrown by a tool. The message goes to the model as `Error: <message>`.
 * Changes that the tool made before the throw stay, as in tau2-bench (docs/spec/core.md#2-3).
 */
export class ToolError extends Tau2Error<"tool"> {
  constructor(message: string) {
    super("tool", message);
    this.name = "ToolError";
  }
}

/**
 * Returns whether a value is a {@link Tau2Error}, and of this code if one is given. Errors of another copy of the package count, too.
 *
 * @example
 * ```ts
 * import { isTau2Error } from "@tau2/domains";
 * import { loadData } from "@tau2/domains/data";
 * import { retail } from "@tau2/domains/retail";
 *
 * try {
 *   loadData(retail, { dataDir: "no-such-folder" });
 * } catch (error) {
 *   if (!isTau2Error(error, "not_found")) throw error;
 *   console.error(error.message);
 * }
 * ```
 */
export function isTau2Error(error: unknown): error is Tau2Error;
export function isTau2Error<const Code extends ErrorCode>(error: unknown, code: Code): error is Tau2Error<Code>;
export function isTau2Error(error: unknown, code?: ErrorCode): boolean {
  return error instanceof Error && brand in error && (code === undefined || (error as Tau2Error).code === code);
}

/** Returns whether a value is a {@link ToolError}, also one of another copy of this package. */
export function isToolError(error: unknown): error is ToolError {
  return isTau2Error(error, "tool");
}

/** Returns the message of an error, or the text of any other thrown value, without the secrets of the process. */
export function getErrorMessage(thrown: unknown): string {
  return redactText(thrown instanceof Error ? thrown.message : String(thrown));
}
