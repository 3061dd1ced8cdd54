import { getActions, getEnv, type Tau2BenchKeywords } from "@tau2/gym/training";
import {
  parseObservation,
  getTaskLists,
  type ContextMessage,
  type TaskListOptions,
  type TrainingEnv,
  type ActionFromLLM,
} from "@tau2/gym/internal";
import { differences } from "../compare.ts";
import type { Subject } from "../domains.ts";
import type { Line } from "../kind.ts";
import { judged, type Outcome } from "../outcome.ts";
import { reasons } from "./reasons.ts";

/** A recorded reading of a model's text. */
export interface ActionsLine extends Line {
  text: string;
  actions: ActionFromLLM[];
}

/** Effect of a model's text. */
export function actionsOutcome({ text, actions }: ActionsLine): Outcome {
  const ours = getActions(text);
  const theirs = ours.map(withArgument);
  return judged(differences(actions, theirs), ours.some(({ arguments: args }) => isEmpty(args)) ? reasons.emptyArguments : null);
}

/** Reads an action as act-prm does: it makes an argument of an empty object of arguments. */
export function withArgument(action: ActionFromLLM): ActionFromLLM {
  return isEmpty(action.arguments) ? { ...action, arguments: { arguments: "{}" } } : action;
}

function isEmpty(args: ActionFromLLM["arguments"]): boolean {
  return args !== null && Object.keys(args).length === 0;
}

/** A recorded reading of an observation. */
export interface ObservationLine extends Line {
  in: string;
  out: string;
}

/** An observation's text without the roles. */
export function observationOutcome({ in: text, out }: ObservationLine): Outcome {
  return judged(differences(out, parseObservation(text)));
}

/** Messages before and after hiding. */
export interface HideLine extends Line {
  ctor: Tau2BenchKeywords;
  call: Parameters<TrainingEnv["maybeHideObservations"]>[1];
  messages: ContextMessage[];
  out: ContextMessage[];
}

/** Which observations are hidden, by the environment's keywords and those of the call. */
export function hideOutcome({ ctor, call, messages, out }: HideLine): Outcome {
  const env = getEnv("tau2bench", { ...ctor, is_async: false, user: "scripted", domain: "mock", data_dir: null });
  return judged(differences(out, env.maybeHideObservations(messages, call)));
}

/** Recorded task lists. */
export interface SplitsLine extends Line {
  config: TaskListOptions & { domain: string };
  out: Record<"train" | "eval" | "test", string[]>;
}

/** Which tasks are in which list. */
export function splitsOutcome({ config, out }: SplitsLine, { domain, data }: Subject): Outcome {
  const lists = getTaskLists(domain, data, config);
  const ids = (list: keyof typeof lists) => lists[list].map(({ id }) => id);
  // Where no validation tasks are cut off, eval is the test list.
  const cut = config.num_val_tasks === null && out.eval.length > out.test.length;
  const expected = cut ? { ...out, eval: out.eval.slice(0, config.num_test_tasks) } : out;
  return judged(differences(expected, { train: ids("train"), eval: ids("eval"), test: ids("test") }), cut ? reasons.evalList : null);
}
