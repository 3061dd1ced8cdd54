import type { Requestor } from "@tau2/domains";
import { checkGiven } from "../config/check-value.ts";
import type { Option } from "../config/option.ts";

/** The side that `--as` names; undefined where it is not given. @throws UsageError for another word. */
export function sideOf(option: Option, as: string | undefined): Requestor | undefined {
  if (as !== undefined) checkGiven({ as: option }, { as });
  return as as Requestor | undefined;
}
