import type { Requestor } from "@tau2/domains/core";
import { UsageError } from "../cli-error.ts";
import { checkValue } from "../config/check-value.ts";
import type { Option } from "../config/option.ts";

/** The side that `--as` names; undefined where it is not given. @throws UsageError for another word. */
export function sideOf(option: Option, as: string | undefined): Requestor | undefined {
  if (as === undefined) return undefined;
  const checked = checkValue(option, as);
  if ("problem" in checked) throw new UsageError(`--as ${checked.problem}`);
  return as as Requestor;
}
