/**
 * Options as the originals write them, with underscores; and `tau2 config show` with options of rollouts, which is a command of its own to the
 * parser.
 */
export function normalizeRolloutArgv(argv: readonly string[]): string[] {
  const words = argv.map((word) => (/^--\w+_\w+/.test(word) ? kebab(word) : word));
  if (words[0] !== "config" || words[1] !== "show") return words;
  const rest = words.slice(2);
  if (rest[0] === "rollout") return ["config", "rollout", ...rest.slice(1)];
  const isRollout = rest.some((word) => /^--(env|generator|trainer|replay-buffer|model|lora|eval-env|base-env)-config\b/.test(word));
  return isRollout ? ["config", "rollout", ...rest] : words;
}

/** The name alone: a value behind `=` stays as it is. */
function kebab(word: string): string {
  const [name, ...value] = word.split("=");
  return [name!.replaceAll("_", "-"), ...value].join("=");
}
