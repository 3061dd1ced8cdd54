/** Options of tau2-bench's `run` that do not exist here, each with the alternative (docs/spec/core.md#12). */
const words: Readonly<Record<string, string>> = {
  workers: "one process plays many simulations at a time; raise --max-concurrency",
  "provider-limit": "there is one limit for all models: --max-concurrency",
  "log-level": "progress and errors go to standard error",
  "verbose-logs": "the results file has every message and call; `tau2 replay RUN` shows them",
  "llm-log-mode": "the answers of models are in the results file, under raw_data; --record FILE stores the requests too",
  "user-persona": "the persona is part of the task (tau2-bench reads this option and does not use it)",
  "auto-review": "reviews by a model are not part of this package; `tau2 replay RUN --failed` shows why simulations failed",
  "review-mode": "reviews by a model are not part of this package; `tau2 replay RUN --failed` shows why simulations failed",
  "review-model": "reviews by a model are not part of this package; `tau2 replay RUN --failed` shows why simulations failed",
  "hallucination-retries": "they belong to the spoken mode; here people and agents write. --max-retries is for faults",
  "reasoning-effort": `it is a parameter of requests: --agent-llm-args '{"reasoning_effort": "high"}'`,
  "xml-prompt": "the instructions of the agent's model have one form; --agent-prompt FILE replaces them",
  "no-xml-prompt": "the instructions of the agent's model have one form; --agent-prompt FILE replaces them",
  "text-streaming-config": "messages are not streamed; leave it out, since it does not change results in text",
  "max-steps-seconds": "it belongs to the spoken mode; --max-steps limits the steps, --timeout SECONDS the time",
};

const spoken = "spoken conversations are not part of this package; leave it out, and people and agents write";

/** Words in the names of options for the spoken mode. */
const spokenWords =
  /(^|-)(audio|voice|voices|speech|spoken|streaming|tick|ticks|vad|duplex|cascaded|pcm|telephony|respond|yield|interrupt\w*|integration|silence|backchannel|buffer|forward|noise|transcription|realtime|tts|stt|asr)(-|$)/;

const retrieval = "the domain that retrieves documents is not part of this package; leave it out, and choose another --domain";

/** Returns the alternative to an option of tau2-bench that does not exist here; null for an option that tau2-bench does not know either. */
export function findUnsupportedOption(name: string): string | null {
  const kebab = name.replaceAll("_", "-");
  if (Object.hasOwn(words, kebab)) return words[kebab]!;
  if (spokenWords.test(kebab)) return spoken;
  return /^retrieval(-|$)/.test(kebab) ? retrieval : null;
}

const commands: Readonly<Record<string, string>> = {
  view: "`tau2 metrics RUN` shows a run, and `tau2 replay RUN` a conversation",
  play: "`tau2 tools call DOMAIN TOOL` calls tools by hand, and `tau2 mcp DOMAIN` serves them to a client",
  domain: "`tau2 tools openapi DOMAIN` describes a domain's tools, and `tau2 mcp DOMAIN` serves its tools and policy",
  start: "`tau2 serve` starts the server",
  intro: "`tau2 --help` lists the commands",
  review: "reviews by a model are not part of this package; `tau2 replay RUN --failed` shows why simulations failed",
  leaderboard: "`tau2 metrics RUN` shows one run, and `tau2 compare A B` two",
  submit: "`tau2 convert RUN` writes the layouts that tau2-bench submits",
  worker: "one process plays many simulations at a time; `tau2 run --max-concurrency N`",
};

/** Returns the alternative to a command of tau2-bench that does not exist here; null for an unknown word. */
export function findUnsupportedCommand(name: string): string | null {
  return Object.hasOwn(commands, name) ? commands[name]! : null;
}
