import { UsageError } from "../cli-error.ts";
import { checkValue } from "./check-value.ts";
import { flagOf, type OptionTable, type ValuesOf } from "./option.ts";

/** The options that were given on the command line, checked. @throws UsageError naming every one that is wrong */
export function checkGiven<T extends OptionTable>(options: T, given: ValuesOf<T>): [key: string, value: unknown][] {
  const checked = Object.entries(given).map(([key, value]) => [key, checkValue(options[key]!, value)] as const);
  const problems = checked.flatMap(([key, result]) => ("problem" in result ? [`${flagOf(key)} ${result.problem}`] : []));
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  return checked.flatMap(([key, result]): [string, unknown][] => ("value" in result ? [[key, result.value]] : []));
}
