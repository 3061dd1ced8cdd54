import { defineCommand, type BuiltCommand } from "../command.ts";
import { serveOptions } from "../serve/serve-options.ts";

/** Commands that serve trainers. */
export const serveCommands = {
  serve: defineCommand({
    brief: "serve environments to trainers over HTTP and WebSockets",
    usage: "[options]",
    about:
      "Sessions with reset, step, reward, snapshots and forks, at the printed address; /docs shows every route, and OpenEnv's clients connect to /ws. Without a model a script plays the user, which does not need a key. Ctrl-C, or SIGTERM, ends it when the running steps are answered.",
    options: serveOptions,
    examples: [
      ["tau2 serve --domains airline,retail", "at http://127.0.0.1:8000, without a key"],
      ["tau2 serve --user-llm gpt-4.1 --judge-llm gpt-4.1", "a model as the user, one as the judge"],
      ["tau2 serve --host 0.0.0.0 --token SECRET --state-dir sessions", "for other machines; sessions survive a restart"],
    ],
    load: async () => (await import("./serve.ts")).serve,
  }),
} as const satisfies Readonly<Record<string, BuiltCommand>>;
