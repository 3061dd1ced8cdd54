import type { JsonObject } from "../../core/json/json.ts";
import type { Requestor } from "../../core/task/message.ts";

/** A function or tool, the side it is on, and its arguments. */
export interface Step {
  side: Requestor;
  name: string;
  arguments: JsonObject;
}

/** A single thing that is wrong, from which tasks are composed. */
export interface Issue {
  /** Letters, digits and `_`; part of task ids. */
  name: string;
  /** What breaks it, on a phone that works and knows its line. */
  breaks: readonly Step[];
  /** What repairs it, in order; null when nothing at hand does, so that the case goes to a human. */
  repairs: readonly Step[] | null;
  /** Yes-or-no functions that must hold once it is broken, as a check of `breaks`. */
  shows: readonly Step[];
}

/** A step on the customer's phone. */
export const phone = (name: string, args: JsonObject = {}): Step => ({ side: "user", name, arguments: args });

/** A step at the carrier. */
export const carrier = (name: string, args: JsonObject = {}): Step => ({ side: "assistant", name, arguments: args });
