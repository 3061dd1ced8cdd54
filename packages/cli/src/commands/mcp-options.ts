import type { OptionTable } from "../config/option.ts";
import { inspectOptions } from "./inspect-options.ts";

/** Options of `tau2 mcp`. */
export const mcpOptions = {
  domain: {
    group: "What to serve",
    kind: "text",
    placeholder: "NAME|FILE",
    brief: "a domain by name, or a module that exports one of your own",
  },
  task: {
    group: "What to serve",
    kind: "text",
    placeholder: "ID",
    brief: "begin where this task begins",
    defaultText: "with the untouched data",
  },
  as: {
    group: "What to serve",
    kind: "text",
    placeholder: "SIDE",
    choices: ["assistant", "user"],
    brief: "whose tools: assistant or user",
    defaultText: "assistant",
  },
  solo: { group: "What to serve", kind: "switch", brief: "the agent works alone and has the user's tools too" },
  data: { ...inspectOptions.data, group: "What to serve" },
  http: {
    group: "Where",
    kind: "switch",
    brief: "listen on 127.0.0.1, a database for each session, in place of standard input and output",
  },
  port: { group: "Where", kind: "integer", placeholder: "N", brief: "the port to listen on; implies --http", defaultText: "a free one" },
} as const satisfies OptionTable;
