import type { BuiltCommand } from "./command-line/define-command.ts";
import { baselines } from "./commands/baselines.ts";
import { compare } from "./commands/compare.ts";
import { configList } from "./commands/config-list.ts";
import { configRollout } from "./commands/config-rollout.ts";
import { configShow } from "./commands/config-show.ts";
import { convert } from "./commands/convert.ts";
import { dataCheck } from "./commands/data-check.ts";
import { dataPull } from "./commands/data-pull.ts";
import { dataWhere } from "./commands/data-where.ts";
import { evaluate } from "./commands/evaluate.ts";
import { exportRollouts } from "./commands/export.ts";
import { mcp } from "./commands/mcp.ts";
import { metrics } from "./commands/metrics.ts";
import { replay } from "./commands/replay.ts";
import { rollout } from "./commands/rollout.ts";
import { run } from "./commands/run.ts";
import { serve } from "./commands/serve.ts";
import { tasksList } from "./commands/tasks-list.ts";
import { tasksShow } from "./commands/tasks-show.ts";
import { toolsCall } from "./commands/tools-call.ts";
import { toolsList } from "./commands/tools-list.ts";
import { toolsOpenapi } from "./commands/tools-openapi.ts";
import { toolsShow } from "./commands/tools-show.ts";

/** All commands, by the words that call them, in the order of the help. */
export const commands = {
  run,
  metrics,
  evaluate,
  compare,
  replay,
  convert,
  baselines,
  rollout,
  export: exportRollouts,
  serve,
  "tasks list": tasksList,
  "tasks show": tasksShow,
  "tools list": toolsList,
  "tools show": toolsShow,
  "tools call": toolsCall,
  "tools openapi": toolsOpenapi,
  mcp,
  "data pull": dataPull,
  "data check": dataCheck,
  "data where": dataWhere,
  "config show": configShow,
  "config rollout": configRollout,
  "config list": configList,
} as const satisfies Readonly<Record<string, BuiltCommand>>;

/** Briefs of the groups of commands. */
export const groups: Readonly<Record<string, string>> = {
  tasks: "look at tasks",
  tools: "look at tools, and call them",
  data: "get the official data, and check it",
  config: "look at configurations",
};
