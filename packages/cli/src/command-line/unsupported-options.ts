/** Options of tau2-bench's `run` that do not exist here, each with the alternative. */
const words: Readonly<Record<string, string>> = {
  workers: "one process plays many simulations at a time; raise --max-concurrency",
  "provider-limit": "there is one limit for all models: --max-concurrency",
  "log-level": "progress and errors go to standard error",
  "verbose-logs": "everything a simulation said and did is in its results file",
  "llm-log-mode": "the answers of models are in the results file, under raw_data",
  "user-persona": "the persona is part of the task (tau2-bench reads this option and does not use it)",
  "auto-review": "reviews by a model are not part of this package",
  "review-mode": "reviews by a model are not part of this package",
  "review-model": "reviews by a model are not part of this package",
  "hallucination-retries": "they belong to the spoken mode; here people and agents write",
};

const families: readonly (readonly [RegExp, string])[] = [
  [
    /^(audio|voice|speech|streaming|tick|vad|full-duplex)/,
    "spoken conversations are not part of this package; here people and agents write",
  ],
  [/^retrieval/, "the domain that retrieves documents is not part of this package"],
];

/** Returns the reason why an option of tau2-bench does not exist here; null for an option that tau2-bench does not know either. */
export function unsupportedOption(name: string): string | null {
  const kebab = name.replaceAll("_", "-");
  return (Object.hasOwn(words, kebab) ? words[kebab] : undefined) ?? families.find(([pattern]) => pattern.test(kebab))?.[1] ?? null;
}
