/**
 * How the options that would help are called in error messages. A program's have other names than those of a command line, so whoever sets a
 * model up for somebody may say it in their words.
 */
export interface ModelAdvice {
  /** What gives a request more time, to follow `raise`. */
  readonly timeout: string;
  /** Where a key is given. */
  readonly key: string;
  /** Where the parameters of requests are given. */
  readonly parameters: string;
  /** What limits how much is asked at once. */
  readonly concurrency: string;
}

/** In the words of a program. */
export const ownAdvice: ModelAdvice = {
  timeout: "timeoutMs",
  key: "`apiKey`, or the environment variable OPENAI_API_KEY",
  parameters: "the `parameters`",
  concurrency: "concurrency",
};
