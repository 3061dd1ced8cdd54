import { defineCommand, type BuiltCommand } from "./command.ts";
import { dataCheckOptions, dataPullOptions } from "./commands/data-options.ts";
import { inspectOptions, tasksListOptions, toolsCallOptions } from "./commands/inspect-options.ts";
import { mcpOptions } from "./commands/mcp-options.ts";
import { resultsCommands } from "./commands/results-commands.ts";
import { serveCommands } from "./commands/serve-commands.ts";
import { runOptions } from "./config/run-options.ts";
import { jsonOption, type OptionTable } from "./config/option.ts";
import { domainNames } from "./load-domain.ts";
import { rolloutCommands, rolloutConfigCommands } from "./commands/rollout-commands.ts";

const config = {
  config: {
    group: "Files",
    kind: "list",
    placeholder: "PRESET|FILE",
    brief: "take options from a preset (`tau2 config list`) or a YAML file; give several and the last one wins",
  },
} as const satisfies OptionTable;
const domain = { placeholder: "domain", brief: `${domainNames.join(", ")}, or a module with a domain of your own` };

/** All commands, by the words that call them. The one place to add another. */
export const commands = {
  run: defineCommand({
    brief: "play tasks and score them",
    usage: "--domain NAME [options]",
    about: `Plays tasks of a domain, grades every conversation, and prints rewards and pass^k. Without a model it plays the solution with a scripted user, which does not need a key. Everything is stored in data/simulations/<run>/results.json under the current directory.`,
    options: { ...runOptions, ...config, ...jsonOption },
    letters: { d: "domain" },
    examples: [
      ["tau2 run --domain airline", "the solutions, without a model or a key"],
      ["tau2 run -d airline --agent-llm gpt-4.1 --user-llm gpt-4.1 --num-trials 4", "a model as the agent, one as the user"],
      ["tau2 run -d airline --agent-llm qwen3 --user-llm qwen3 --base-url http://127.0.0.1:8000/v1", "models of your own endpoint"],
      ["tau2 run --config openai --num-tasks 5", "a preset, and one thing changed"],
    ],
    load: async () => (await import("./commands/run.ts")).run,
  }),
  ...resultsCommands,
  ...rolloutCommands,
  ...serveCommands,
  "tasks list": defineCommand({
    brief: "list the tasks of a domain",
    usage: "DOMAIN [options]",
    options: { ...tasksListOptions, ...jsonOption },
    positional: [domain],
    load: async () => (await import("./commands/tasks-list.ts")).tasksList,
  }),
  "tasks show": defineCommand({
    brief: "show a task: the user's request, the solution, and the grading criteria",
    usage: "DOMAIN ID [options]",
    options: { ...inspectOptions, ...jsonOption },
    positional: [domain, { placeholder: "id", brief: "the task's id" }],
    load: async () => (await import("./commands/tasks-show.ts")).tasksShow,
  }),
  "tools list": defineCommand({
    brief: "list the tools of a domain, the agent's and the user's",
    usage: "DOMAIN [options]",
    options: jsonOption,
    positional: [domain],
    load: async () => (await import("./commands/tools-list.ts")).toolsList,
  }),
  "tools show": defineCommand({
    brief: "show a tool and its arguments",
    usage: "DOMAIN TOOL [options]",
    options: jsonOption,
    positional: [domain, { placeholder: "tool", brief: "the tool's name" }],
    load: async () => (await import("./commands/tools-show.ts")).toolsShow,
  }),
  "tools call": defineCommand({
    brief: "call a tool on the database",
    usage: "DOMAIN TOOL [--NAME VALUE]… [options]",
    about:
      "Prints what a model would be answered. The exit code is 1 when the tool refuses. Without --state each call begins with the untouched data.",
    options: { ...toolsCallOptions, ...jsonOption },
    positional: [domain, { placeholder: "tool", brief: "the tool's name" }],
    more: true,
    examples: [
      ["tau2 tools call mock create_task --user_id user_1 --title Milk", "single arguments"],
      [
        'tau2 tools call mock create_task --args \'{"user_id":"user_1","title":"Milk"}\' --state mock.json',
        "as JSON, and the databases are kept",
      ],
    ],
    load: async () => (await import("./commands/tools-call.ts")).toolsCall,
  }),
  "tools openapi": defineCommand({
    brief: "print an OpenAPI document of a domain's tools",
    usage: "DOMAIN",
    about:
      "OpenAPI 3.1 with the JSON Schema of every tool's arguments, the agent's and the user's. Also as `tau2 tools --openapi --domain NAME`.",
    options: {},
    positional: [domain],
    load: async () => (await import("./commands/tools-openapi.ts")).toolsOpenapi,
  }),
  mcp: defineCommand({
    brief: "serve a domain's tools and policy over the Model Context Protocol",
    usage: "--domain NAME [options]",
    about:
      "Over standard input and output, for programs that start their servers, or with --http for programs that connect. A session is a database of its own, which goes when the session ends.",
    options: mcpOptions,
    letters: { d: "domain" },
    examples: [
      ["tau2 mcp --domain retail", "what a client's configuration calls"],
      ["tau2 mcp --domain telecom --http --port 8090", "at http://127.0.0.1:8090/mcp"],
      ["tau2 mcp --domain airline --task ID", "the database as the task has it"],
    ],
    load: async () => (await import("./commands/mcp.ts")).mcp,
  }),
  "data pull": defineCommand({
    brief: "get the official data of tau2-bench",
    usage: "[options]",
    about:
      "Published versions are recognised by the hashes of their files. The old data stays until all of the new data is here and recognised.",
    options: { ...dataPullOptions, ...jsonOption },
    examples: [
      ["tau2 data pull && tau2 run -d airline --data official", "tau2-bench 1.0.1, from GitHub"],
      ["tau2 data pull --from tau2-bench.zip --to data", "from a file, into a directory of your own"],
    ],
    load: async () => (await import("./commands/data-pull.ts")).dataPull,
  }),
  "data check": defineCommand({
    brief: "compare every file of a data directory with the published versions, and read it",
    usage: "[options]",
    about: "The exit code is 1 when a file is missing, changed, or cannot be read.",
    options: { ...dataCheckOptions, ...jsonOption },
    load: async () => (await import("./commands/data-check.ts")).dataCheck,
  }),
  "data where": defineCommand({
    brief: "show the default data, and the pulled data",
    usage: "[options]",
    options: jsonOption,
    load: async () => (await import("./commands/data-where.ts")).dataWhere,
  }),
  "config show": defineCommand({
    brief: "show the options of a run, and where each comes from",
    usage: "[options of tau2 run]",
    options: { ...runOptions, ...config, ...jsonOption },
    letters: { d: "domain" },
    load: async () => (await import("./commands/config-show.ts")).configShow,
  }),
  ...rolloutConfigCommands,
  "config list": defineCommand({
    brief: "list the presets",
    usage: "[options]",
    options: jsonOption,
    load: async () => (await import("./commands/config-list.ts")).configList,
  }),
} as const satisfies Readonly<Record<string, BuiltCommand>>;

/** Briefs of the groups of commands. */
export const groups: Readonly<Record<string, string>> = {
  tasks: "look at tasks",
  tools: "look at tools, and call them",
  data: "get the official data, and check it",
  config: "look at configurations",
};
